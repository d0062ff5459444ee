"""Who is in the cohort, and that each of them has a contract there."""

from collections.abc import Iterable, Iterator

from ecf_core.errors import WHOLE_FILE, RowProblem
from ecf_core.rules.opening_a_cohort.files import (
    CohortFile,
    CohortFiles,
    ContractLine,
    LeadProviderLine,
    MentorContractLine,
)
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

_NAME = "lead-provider-name"
_Named = LeadProviderLine | ContractLine | MentorContractLine


def check_lead_providers(files: CohortFiles, standing: CohortStanding) -> Iterator[RowProblem]:
    """Every lead provider is known, named once in a file, and in the cohort with a contract."""
    mentors = files.mentor_contracts or ()
    for lines in (files.lead_providers, files.contracts, mentors):
        yield from _known_and_once(lines, standing)
    in_cohort = standing.admitted_names | {line.lead_provider_name for line in files.lead_providers}
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
    """A lead provider of the cohort, named in the files or not, that has no contract there."""
    contracted = standing.names_of(standing.contracts) | {
        line.lead_provider_name for line in files.contracts
    }
    mentored = standing.names_of(standing.mentor_contracts) | {
        line.lead_provider_name for line in files.mentor_contracts or ()
    }
    mentors = bool(files.mentor_contracts) and mentor_funding(files, standing)
    named = {line.lead_provider_name: line for line in files.lead_providers}
    for name in sorted(standing.admitted_names | set(named)):
        if not standing.named(name):
            continue
        if name not in contracted:
            yield _no_line(named.get(name), name, "no_contract", CohortFile.CONTRACTS)
        if mentors and name not in mentored:
            yield _no_line(named.get(name), name, "no_mentor_contract", CohortFile.MENTOR_CONTRACTS)


def _no_line(line: LeadProviderLine | None, name: str, code: str, file: CohortFile) -> RowProblem:
    if line is not None:
        return line.problem(_NAME, code, f"has no line in {file}")
    message = "has no line, and is in the cohort already"
    return RowProblem(file=file, line=1, column=_NAME, value=name, code=code, message=message)


def mentor_funding(files: CohortFiles, standing: CohortStanding) -> bool:
    """Whether mentors are funded separately in the cohort, once it is opened."""
    stated = files.cohort[0].mentor_funding if files.cohort else None
    if stated is not None:
        return stated
    return standing.cohort is not None and standing.cohort.mentor_funding


def check_mentor_contracts(files: CohortFiles, standing: CohortStanding) -> Iterator[RowProblem]:
    """There are lines of mentor contracts if and only if the cohort has mentor funding (D-12)."""
    lines = files.mentor_contracts
    if mentor_funding(files, standing):
        if not lines:
            yield RowProblem(
                file=CohortFile.MENTOR_CONTRACTS,
                line=WHOLE_FILE if lines is None else 1,
                column="" if lines is None else _NAME,
                value="",
                code="needed",
                message="mentor contracts are needed: the cohort has mentor funding",
            )
        return
    for line in lines or ():
        yield line.problem(
            _NAME, "not_needed", "there can be no mentor contract: the cohort has no mentor funding"
        )
    if files.cohort and standing.mentor_contracts:
        yield files.cohort[0].problem(
            "mentor-funding", "conflict", "cannot end: there are mentor contracts already"
        )
