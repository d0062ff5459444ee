"""Who is in the cohort, and under which contract."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from ecf_core.errors import RowProblem
from ecf_core.rules.opening_a_cohort.files import (
    CohortFile,
    CohortFiles,
    ContractLine,
    LeadProviderLine,
    Line,
    MentorContractLine,
)
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

_NAME = "lead-provider-name"
_Named = LeadProviderLine | ContractLine | MentorContractLine


class BandCells(NamedTuple):
    """A band as a line has it."""

    letter: str
    min: int | None
    max: int | None
    per_participant: Decimal | None

    @property
    def complete(self) -> bool:
        return None not in (self.min, self.max, self.per_participant)

    @property
    def blank(self) -> bool:
        return {self.min, self.max, self.per_participant} == {None}


def bands_of(line: ContractLine) -> tuple[BandCells, ...]:
    """The bands of a contract, in order; D may be blank."""
    return (
        BandCells("a", line.band_a_min, line.band_a_max, line.band_a_per_participant),
        BandCells("b", line.band_b_min, line.band_b_max, line.band_b_per_participant),
        BandCells("c", line.band_c_min, line.band_c_max, line.band_c_per_participant),
        BandCells("d", line.band_d_min, line.band_d_max, line.band_d_per_participant),
    )


def check_lead_providers(files: CohortFiles, standing: CohortStanding) -> Iterator[RowProblem]:
    """Every lead provider is known, named once in a file, and in the cohort with a contract."""
    mentors = files.mentor_contracts or ()
    for lines in (files.lead_providers, files.contracts, mentors):
        yield from _known_and_once(lines, standing)
    admitted = {lp.name for lp in standing.lead_providers if lp.id in standing.admitted}
    in_cohort = admitted | {line.lead_provider_name for line in files.lead_providers}
    if not in_cohort:
        yield RowProblem(
            file=CohortFile.LEAD_PROVIDERS,
            line=1,
            column=_NAME,
            value="",
            code="empty",
            message="there is no lead provider in the file",
        )
    contracts: tuple[_Named, ...] = (*files.contracts, *mentors)
    for line in contracts:
        if line.lead_provider_name not in in_cohort and standing.named(line.lead_provider_name):
            yield line.problem(_NAME, "not_in_cohort", f"is not in {CohortFile.LEAD_PROVIDERS}")
    yield from _without_a_contract(files, standing)


def _known_and_once(lines: Iterable[_Named], standing: CohortStanding) -> Iterator[RowProblem]:
    first: dict[str, int] = {}
    for line in lines:
        name = line.lead_provider_name
        known = len(standing.named(name))
        if known == 0:
            yield line.problem(_NAME, "unknown", "is no lead provider")
        elif known > 1:
            yield line.problem(_NAME, "ambiguous", f"is the name of {known} lead providers")
        if (before := first.setdefault(name, line.line)) != line.line:
            yield line.problem(_NAME, "duplicate", f"is in the file already, on line {before}")


def _without_a_contract(files: CohortFiles, standing: CohortStanding) -> Iterator[RowProblem]:
    names = {lp.id: lp.name for lp in standing.lead_providers}
    contracted = {line.lead_provider_name for line in files.contracts} | {
        names.get(contract.lead_provider_id, "") for contract in standing.contracts
    }
    mentored = {line.lead_provider_name for line in files.mentor_contracts or ()} | {
        names.get(contract.lead_provider_id, "") for contract in standing.mentor_contracts
    }
    funded = mentor_funding(files, standing)
    for line in files.lead_providers:
        name = line.lead_provider_name
        if not standing.named(name):
            continue
        if name not in contracted:
            yield line.problem(_NAME, "no_contract", f"has no line in {CohortFile.CONTRACTS}")
        if funded and files.mentor_contracts and name not in mentored:
            yield line.problem(
                _NAME, "no_mentor_contract", f"has no line in {CohortFile.MENTOR_CONTRACTS}"
            )


def mentor_funding(files: CohortFiles, standing: CohortStanding) -> bool:
    """Whether mentors are funded separately in the cohort, once it is opened."""
    stated = files.cohort[0].mentor_funding if files.cohort else None
    if stated is not None:
        return stated
    return standing.cohort is not None and standing.cohort.mentor_funding


def check_mentor_contracts(files: CohortFiles, standing: CohortStanding) -> Iterator[RowProblem]:
    """There are mentor contracts if and only if the cohort has mentor funding."""
    lines = files.mentor_contracts or ()
    if mentor_funding(files, standing):
        if not lines and not standing.mentor_contracts:
            yield RowProblem(
                file=CohortFile.MENTOR_CONTRACTS,
                line=1,
                column=_NAME,
                value="",
                code="needed",
                message="mentor contracts are needed: the cohort has mentor funding",
            )
        return
    for line in lines:
        yield line.problem(
            _NAME, "not_needed", "there can be no mentor contract: the cohort has no mentor funding"
        )


def check_contracts(lines: Iterable[ContractLine]) -> Iterator[RowProblem]:
    """Bands follow one another without gap or overlap; fractions are fractions."""
    for line in lines:
        if line.uplift_target is not None and line.uplift_target > 1:
            yield line.problem("uplift-target", "range", "is no fraction: it is more than 1")
        yield from _check_bands(line, line)


def _check_bands(line: ContractLine, cells: Line) -> Iterator[RowProblem]:
    highest: int | None = None
    for band in bands_of(line):
        if band.blank:
            continue
        if not band.complete:
            column = next(
                f"band-{band.letter}-{part}"
                for part, value in (
                    ("min", band.min),
                    ("max", band.max),
                    ("per-participant", band.per_participant),
                )
                if value is None
            )
            yield cells.problem(column, "blank", f"is missing: band {band.letter.upper()} is begun")
        if band.min is None or band.max is None:
            continue
        low = f"band-{band.letter}-min"
        if band.max < band.min:
            yield cells.problem(
                f"band-{band.letter}-max", "order", f"is less than the band's minimum {band.min}"
            )
        if highest is None and band.min > 1:
            yield cells.problem(low, "gap", "the first band begins with participant 0 or 1")
        if highest is not None and band.min <= highest:
            yield cells.problem(low, "overlap", f"the band before goes up to {highest}")
        if highest is not None and band.min > highest + 1:
            yield cells.problem(low, "gap", f"the band before goes up to {highest} only")
        highest = band.max
