from datetime import datetime
from typing import Protocol

from attrs import frozen

from ecf_core.rules.opening_a_cohort.standing import CohortStanding


@frozen(kw_only=True)
class CohortRow:
    """A cohort, the names of its lead providers, and how much of everything it has."""

    start_year: int
    registration_start_date: datetime | None
    academic_year_start_date: datetime | None
    lead_providers: tuple[str, ...]
    schedules: int
    statements: int
    contracts: int
    mentor_contracts: int

    @classmethod
    def of(cls, standing: CohortStanding) -> "CohortRow | None":
        """How what is there of a cohort is shown; nothing, if there is no such cohort."""
        cohort = standing.cohort
        if cohort is None:
            return None
        names = (lp.name for lp in standing.lead_providers if lp.id in standing.admitted)
        return cls(
            start_year=cohort.start_year,
            registration_start_date=cohort.registration_start_date,
            academic_year_start_date=cohort.academic_year_start_date,
            lead_providers=tuple(sorted(names)),
            schedules=len(standing.schedules),
            statements=len(standing.statements),
            contracts=len(standing.contracts),
            mentor_contracts=len(standing.mentor_contracts),
        )


class CohortQueries(Protocol):
    """Reads cohorts."""

    def one(self, start_year: int) -> CohortRow | None: ...
