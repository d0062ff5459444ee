from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.providers import LeadProvider
from ecf_core.model.schedule import Schedule
from ecf_core.model.statement import Statement


@frozen(kw_only=True)
class CohortStanding:
    """Everything that is there of a cohort already, and all lead providers there are."""

    lead_providers: tuple[LeadProvider, ...]
    cohort: Cohort | None = None
    admitted: frozenset[LeadProviderId] = frozenset()
    contracts: tuple[CallOffContract, ...] = ()
    mentor_contracts: tuple[MentorCallOffContract, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    statements: tuple[Statement, ...] = ()

    def named(self, name: str) -> tuple[LeadProvider, ...]:
        """Those of a name; a name that several have means none of them."""
        return tuple(lp for lp in self.lead_providers if lp.name == name)
