"""Schedules, whole and in order."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from ecf_core.errors import RowProblem
from ecf_core.model.schedule import DEFAULT_SCHEDULE, DeclarationType, Schedule, ScheduleType
from ecf_core.rules.opening_a_cohort.files import CohortFile, MilestoneLine
from ecf_core.rules.opening_a_cohort.intended import milestone_of
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

_D = DeclarationType
_TRAINING: Final = (
    _D.STARTED,
    _D.RETAINED_1,
    _D.RETAINED_2,
    _D.RETAINED_3,
    _D.RETAINED_4,
    _D.COMPLETED,
)
_EXTENSION: Final = (_D.STARTED, _D.EXTENDED_1, _D.EXTENDED_2, _D.EXTENDED_3)
_TERMS: Final = ("september", "january", "april")


def _needed(type_: ScheduleType) -> tuple[DeclarationType, ...]:
    return (*_TRAINING, *_EXTENSION[1:]) if type_ is ScheduleType.EXTENDED else _TRAINING


def by_schedule(lines: Iterable[MilestoneLine]) -> dict[str, list[MilestoneLine]]:
    """The milestones of each schedule, in the order of the file."""
    schedules: dict[str, list[MilestoneLine]] = {}
    for line in lines:
        schedules.setdefault(line.schedule_identifier, []).append(line)
    return schedules


def check_schedules(
    lines: Iterable[MilestoneLine], standing: CohortStanding
) -> Iterator[RowProblem]:
    """Every schedule has each of its milestones once, in order, and the default one is there."""
    schedules = by_schedule(lines)
    known = {schedule.identifier: schedule for schedule in standing.schedules}
    if DEFAULT_SCHEDULE not in schedules and DEFAULT_SCHEDULE not in known:
        yield RowProblem(
            file=CohortFile.SCHEDULES,
            line=1,
            column="schedule-identifier",
            value="",
            code="no_default",
            message=f"there is no schedule {DEFAULT_SCHEDULE}",
        )
    for identifier, milestones in schedules.items():
        yield from _same_schedule(milestones)
        yield from _complete(milestones)
        yield from _each_in_order(milestones, known.get(identifier))
        yield from _one_after_another(milestones)


def _same_schedule(milestones: list[MilestoneLine]) -> Iterator[RowProblem]:
    first = milestones[0]
    pace = first.type.removeprefix("ecf_")
    if first.schedule_identifier not in {f"ecf-{pace}-{term}" for term in _TERMS}:
        yield first.problem(
            "schedule-identifier",
            "invalid",
            f"is none of {', '.join(f'ecf-{pace}-{term}' for term in _TERMS)}",
        )
    for line in milestones[1:]:
        if line.type is not first.type:
            yield line.problem("type", "conflict", f"is not as on line {first.line}")
        if line.schedule_name != first.schedule_name:
            yield line.problem("schedule-name", "conflict", f"is not as on line {first.line}")


def _complete(milestones: list[MilestoneLine]) -> Iterator[RowProblem]:
    first = milestones[0]
    seen: dict[DeclarationType, int] = {}
    needed = _needed(first.type)
    column = "milestone-declaration-type"
    for line in milestones:
        kind = line.milestone_declaration_type
        if (before := seen.setdefault(kind, line.line)) != line.line:
            yield line.problem(column, "duplicate", f"is in the schedule already, line {before}")
        elif kind not in needed:
            yield line.problem(
                column, "unexpected", f"a schedule {first.type} has no such milestone"
            )
    if missing := [kind for kind in needed if kind not in seen]:
        yield first.problem(
            "schedule-identifier", "incomplete", f"has no milestone {', '.join(missing)}"
        )


def _each_in_order(
    milestones: list[MilestoneLine], stored: Schedule | None
) -> Iterator[RowProblem]:
    for line in milestones:
        start, end = line.milestone_start_date, milestone_of(line, stored).milestone_date
        if end is not None and end < start:
            stays = "" if line.milestone_date else f"stays {end}, and "
            yield line.problem(
                "milestone-date", "order", f"{stays}is before the milestone's start date"
            )
        if line.milestone_payment_date < start:
            yield line.problem(
                "milestone-payment-date", "order", "is before the milestone's start date"
            )


def _one_after_another(milestones: list[MilestoneLine]) -> Iterator[RowProblem]:
    by_type = {line.milestone_declaration_type: line for line in milestones}
    for sequence in (_TRAINING, _EXTENSION):
        present = [by_type[kind] for kind in sequence if kind in by_type]
        for earlier, later in pairwise(present):
            if later.milestone_start_date < earlier.milestone_start_date:
                yield _before(earlier, later, "milestone-start-date")
        dated = [(line, line.milestone_date) for line in present if line.milestone_date]
        for (earlier, ends), (later, ends_later) in pairwise(dated):
            if ends_later < ends:
                yield _before(earlier, later, "milestone-date")


def _before(earlier: MilestoneLine, later: MilestoneLine, column: str) -> RowProblem:
    kind, date = earlier.milestone_declaration_type, earlier.cells[column]
    return later.problem(column, "order", f"is before that of {kind}, {date}")


def warn_of_schedules(lines: Iterable[MilestoneLine]) -> Iterator[RowProblem]:
    """Real files pay September's "started" before its milestone ends: strange, but meant."""
    for line in lines:
        if line.milestone_date is not None and line.milestone_payment_date < line.milestone_date:
            yield line.problem(
                "milestone-payment-date", "early_payment", "is before the milestone date"
            )
