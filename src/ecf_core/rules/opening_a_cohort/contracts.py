"""What a lead provider's contract must say: bands without gap or overlap, fractions that are."""

from collections.abc import Iterable, Iterator

from ecf_core.errors import RowProblem
from ecf_core.model.contract import BAND_LETTERS
from ecf_core.rules.opening_a_cohort.files import BandCells, ContractLine
from ecf_core.rules.opening_a_cohort.standing import CohortStanding


def check_contracts(
    lines: Iterable[ContractLine], standing: CohortStanding
) -> Iterator[RowProblem]:
    """Bands follow one another; a band D that is left blank, and stays, is one of them."""
    for line in lines:
        if line.uplift_target is not None and line.uplift_target > 1:
            yield line.problem("uplift-target", "range", "is no fraction: it is more than 1")
        highest: int | None = None
        for band in _as_they_will_be(line, standing):
            if band.blank:
                continue
            if missing := band.missing:
                yield line.problem(
                    f"band-{band.letter}-{missing}",
                    "blank",
                    f"is missing: band {band.letter.upper()} is begun",
                )
            if band.min is None or band.max is None:
                continue
            yield from _limits(line, band, highest)
            highest = band.max


def _as_they_will_be(line: ContractLine, standing: CohortStanding) -> Iterator[BandCells]:
    stored = standing.contract_of(line.lead_provider_name)
    kept = dict(zip(BAND_LETTERS, stored.bands if stored else (), strict=False))
    for band in line.bands:
        if band.blank and (before := kept.get(band.letter)):
            yield BandCells(band.letter, before.min, before.max, before.per_participant)
        else:
            yield band


def _limits(line: ContractLine, band: BandCells, highest: int | None) -> Iterator[RowProblem]:
    low, high = band.min or 0, band.max or 0
    column = f"band-{band.letter}-min"
    stays = "" if line.cells.get(column) else f"stays {low}, and "
    if high < low:
        yield line.problem(
            f"band-{band.letter}-max", "order", f"is less than the band's minimum {low}"
        )
    if highest is None:
        if low > 1:
            yield line.problem(column, "gap", "the first band begins with participant 0 or 1")
    elif low <= highest:
        yield line.problem(column, "overlap", f"{stays}the band before goes up to {highest}")
    elif low > highest + 1:
        yield line.problem(column, "gap", f"{stays}the band before goes up to {highest} only")
