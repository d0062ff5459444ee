from collections.abc import Iterable

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

    @property
    def admitted_names(self) -> frozenset[str]:
        """Those who are in the cohort already."""
        return frozenset(lp.name for lp in self.lead_providers if lp.id in self.admitted)

    def names_of(self, contracts: Iterable[CallOffContract | MentorCallOffContract]) -> set[str]:
        """Whose contracts they are."""
        whose = {contract.lead_provider_id for contract in contracts}
        return {lp.name for lp in self.lead_providers if lp.id in whose}

    def contract_of(self, name: str) -> CallOffContract | None:
        """The contract of a lead provider in the cohort."""
        whose = {lp.id for lp in self.named(name)}
        return next((c for c in self.contracts if c.lead_provider_id in whose), None)
