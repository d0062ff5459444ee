from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.schedule import Schedule
from ecf_core.model.statement import Statement


class Cohorts(Protocol):
    """The cohorts, and which lead providers are active in each."""

    def find(self, start_year: int) -> Cohort | None: ...

    def put(self, cohort: Cohort, *, at: datetime) -> None:
        """Adds the cohort, or replaces the one of the same year."""
        ...

    def lead_providers(self, start_year: int) -> frozenset[LeadProviderId]: ...

    def admit(
        self, start_year: int, lead_providers: Iterable[LeadProviderId], *, at: datetime
    ) -> None:
        """Makes lead providers active in the cohort that are not yet."""
        ...

    def put_contracts(self, contracts: Iterable[CallOffContract], *, at: datetime) -> None:
        """Adds contracts, or replaces those of the same lead provider, cohort and version."""
        ...

    def put_mentor_contracts(
        self, contracts: Iterable[MentorCallOffContract], *, at: datetime
    ) -> None:
        """Adds contracts, or replaces those of the same lead provider, cohort and version."""
        ...

    def put_schedules(self, schedules: Iterable[Schedule], *, at: datetime) -> None:
        """Adds schedules, or replaces those of the same cohort and identifier.

        A milestone that the schedule has no longer stays: participants may be declared for.
        """
        ...

    def put_statements(self, statements: Iterable[Statement], *, at: datetime) -> None:
        """Adds statements, or replaces those of the same id.

        Raises :class:`~ecf_core.errors.StaleWrite` if the lead provider has another of the name.
        """
        ...
