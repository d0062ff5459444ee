from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import LeadProviderId


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
