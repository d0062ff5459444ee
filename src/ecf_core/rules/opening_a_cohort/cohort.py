"""What the cohort file must say, and all others of the same year."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ecf_core.errors import RowProblem
from ecf_core.model.cohort import Cohort
from ecf_core.model.instants import midnight
from ecf_core.rules.opening_a_cohort.files import CohortFile, CohortFiles, CohortLine, Line
from ecf_core.rules.opening_a_cohort.intended import cohort_of
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

_FILE = CohortFile.COHORT


def check_cohort(lines: tuple[CohortLine, ...], standing: CohortStanding) -> Iterator[RowProblem]:
    """One cohort, its dates in order: registration, academic year, end of the assignment.

    What a cell that is left blank leaves as it is stored has to be in order too.
    """
    if not lines:
        yield RowProblem(
            file=_FILE,
            line=1,
            column="start-year",
            value="",
            code="empty",
            message="there is no cohort in the file",
        )
    for line in lines[1:]:
        yield line.problem("start-year", "second_cohort", "one cohort is opened at a time")
    for line in lines[:1]:
        yield from _dates_in_order(line, cohort_of(line, standing.cohort))


def _dates_in_order(line: CohortLine, cohort: Cohort) -> Iterator[RowProblem]:
    start = cohort.academic_year_start_date
    if start is None:
        return
    if start.year != line.start_year:
        yield line.problem(
            "academic-year-start-date", "year", f"is not in the year {line.start_year}"
        )
        return
    if (registration := cohort.registration_start_date) and registration > start:
        yield _out_of_order(line, "registration-start-date", registration, "after", start)
    end = cohort.automatic_assignment_period_end_date
    if end and midnight(end) <= start:
        yield _out_of_order(line, "automatic-assignment-period-end-date", end, "not after", start)


def _out_of_order(
    line: CohortLine, column: str, value: date, where: str, start: datetime
) -> RowProblem:
    stays = "" if line.cells.get(column) else f"stays {value:%Y-%m-%d}, and "
    message = f"{stays}is {where} the academic year starts, on {start:%Y-%m-%d}"
    return line.problem(column, "order", message)


def check_years(files: CohortFiles) -> Iterator[RowProblem]:
    """No file has a line of another cohort."""
    if not files.cohort:
        return
    year = files.cohort[0].start_year
    lines: Iterable[tuple[Line, str, int]] = (
        *((line, "cohort-start-year", line.cohort_start_year) for line in files.lead_providers),
        *((line, "cohort-start-year", line.cohort_start_year) for line in files.contracts),
        *(
            (line, "cohort-start-year", line.cohort_start_year)
            for line in files.mentor_contracts or ()
        ),
        *((line, "schedule-cohort-year", line.schedule_cohort_year) for line in files.schedules),
        *((line, "cohort", line.cohort) for line in files.statements),
    )
    for line, column, its_year in lines:
        if its_year != year:
            yield line.problem(column, "year", f"is another cohort than {year}")
