"""Whether six files open a cohort: "Cohort creation and opening registration" in the guide.

Each check yields all that it finds; the first one stops nobody.
"""

from ecf_core.errors import RowProblem
from ecf_core.rules.opening_a_cohort.cohort import check_cohort, check_years
from ecf_core.rules.opening_a_cohort.contracts import (
    check_contracts,
    check_lead_providers,
    check_mentor_contracts,
)
from ecf_core.rules.opening_a_cohort.files import CohortFile, CohortFiles
from ecf_core.rules.opening_a_cohort.schedules import check_schedules, warn_of_schedules
from ecf_core.rules.opening_a_cohort.standing import CohortStanding
from ecf_core.rules.opening_a_cohort.statements import check_statements, warn_of_statements

__all__ = ["CohortFile", "CohortFiles", "CohortStanding", "problems", "warnings"]

_ORDER = {file: number for number, file in enumerate(CohortFile)}


def problems(files: CohortFiles, standing: CohortStanding) -> tuple[RowProblem, ...]:
    """Everything for which the cohort cannot be opened, by file and line."""
    return _in_order(
        *check_cohort(files.cohort),
        *check_years(files),
        *check_lead_providers(files, standing),
        *check_mentor_contracts(files, standing),
        *check_contracts(files.contracts),
        *check_schedules(files.schedules, standing),
        *check_statements(files.statements, standing),
    )


def warnings(files: CohortFiles) -> tuple[RowProblem, ...]:
    """What looks wrong, and is known to be so in sound files."""
    return _in_order(*warn_of_schedules(files.schedules), *warn_of_statements(files.statements))


def _in_order(*found: RowProblem) -> tuple[RowProblem, ...]:
    return tuple(sorted(found, key=lambda p: (_ORDER[CohortFile(p.file)], p.line)))
