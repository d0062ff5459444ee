"""Whether six files open a cohort: "Cohort creation and opening registration" in the guide.

Each check yields all that it finds; the first one stops nobody.
"""

from typing import Final

from ecf_core.errors import RowProblem
from ecf_core.rules.opening_a_cohort.cohort import check_cohort, check_years
from ecf_core.rules.opening_a_cohort.contracts import check_contracts
from ecf_core.rules.opening_a_cohort.files import CohortFile, CohortFiles
from ecf_core.rules.opening_a_cohort.lead_providers import (
    check_lead_providers,
    check_mentor_contracts,
)
from ecf_core.rules.opening_a_cohort.schedules import check_schedules, warn_of_schedules
from ecf_core.rules.opening_a_cohort.standing import CohortStanding
from ecf_core.rules.opening_a_cohort.statements import check_statements, warn_of_statements

__all__ = ["CohortFile", "CohortFiles", "CohortStanding", "problems", "warnings"]

# The file that is at fault where something is said to be missing, by the code that says it.
_MISSING_FROM: Final = {
    "not_in_cohort": {CohortFile.LEAD_PROVIDERS},
    "no_contract": {CohortFile.CONTRACTS},
    "no_mentor_contract": {CohortFile.MENTOR_CONTRACTS},
    "needed": {CohortFile.COHORT, CohortFile.MENTOR_CONTRACTS},
    "not_needed": {CohortFile.COHORT},
    "incomplete": {CohortFile.SCHEDULES},
    "no_default": {CohortFile.SCHEDULES},
}

_ORDER = {file: number for number, file in enumerate(CohortFile)}


def problems(files: CohortFiles, standing: CohortStanding) -> tuple[RowProblem, ...]:
    """Everything for which the cohort cannot be opened, by file and line.

    Where lines of a file could not be read, nothing is said to be missing from it.
    """
    unread = {problem.file for problem in files.unreadable}
    found = _in_order(
        *files.unreadable,
        *check_cohort(files.cohort, standing),
        *check_years(files),
        *check_lead_providers(files, standing),
        *check_mentor_contracts(files, standing),
        *check_contracts(files.contracts, standing),
        *check_schedules(files.schedules, standing),
        *check_statements(files.statements, standing),
    )
    return tuple(
        problem
        for problem in found
        if problem in files.unreadable or unread.isdisjoint(_missing_from(problem))
    )


def _missing_from(problem: RowProblem) -> set[CohortFile]:
    if problem.code == "empty":
        return {CohortFile(problem.file)}
    return _MISSING_FROM.get(problem.code, set())


def warnings(files: CohortFiles) -> tuple[RowProblem, ...]:
    """What looks wrong, and is known to be so in sound files."""
    return _in_order(*warn_of_schedules(files.schedules), *warn_of_statements(files.statements))


def _in_order(*found: RowProblem) -> tuple[RowProblem, ...]:
    return tuple(sorted(found, key=lambda p: (_ORDER[CohortFile(p.file)], p.line)))
