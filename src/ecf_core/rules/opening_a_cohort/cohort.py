"""What the cohort file must say, and all others of the same year."""

from collections.abc import Iterable, Iterator

from ecf_core.errors import RowProblem
from ecf_core.model.instants import midnight
from ecf_core.rules.opening_a_cohort.files import CohortFile, CohortFiles, CohortLine, Line

_FILE = CohortFile.COHORT


def check_cohort(lines: tuple[CohortLine, ...]) -> Iterator[RowProblem]:
    """One cohort, its dates in order: registration, academic year, end of the assignment."""
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
    for line in lines:
        registration, start = line.registration_start_date, line.academic_year_start_date
        end = line.automatic_assignment_period_end_date
        if registration and start and registration > start:
            yield line.problem(
                "registration-start-date",
                "order",
                f"is after the academic year starts, on {start:%Y-%m-%d}",
            )
        if start and start.year != line.start_year:
            yield line.problem(
                "academic-year-start-date", "year", f"is not in the year {line.start_year}"
            )
        if start and end and midnight(end) <= start:
            yield line.problem(
                "automatic-assignment-period-end-date",
                "order",
                f"is not after the academic year starts, on {start:%Y-%m-%d}",
            )


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
