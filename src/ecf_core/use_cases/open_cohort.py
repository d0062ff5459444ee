from collections.abc import Collection

from attrs import asdict, frozen

from ecf_core.errors import Refused, Violation
from ecf_core.events import CohortOpened
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import LeadProviderId
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class OpenCohort:
    """Sets up a cohort and the lead providers that are active in it.

    Opening it again changes what is different, and takes no lead provider out. Raises
    :class:`~ecf_core.errors.Refused`. Guide: "Cohort creation and opening registration".
    """

    begin: Begin
    clock: Clock

    def __call__(
        self, cohort: Cohort, lead_providers: Collection[LeadProviderId], *, by: Actor
    ) -> Cohort:
        def decide(work: UnitOfWork) -> Cohort:
            known = {lead_provider.id for lead_provider in work.providers.lead_providers()}
            if unknown := sorted(set(lead_providers) - known):
                raise Refused(
                    *(
                        Violation("lead_providers", "invalid", f"There is no lead provider {id_}.")
                        for id_ in unknown
                    )
                )
            before = work.cohorts.find(cohort.start_year)
            active = work.cohorts.lead_providers(cohort.start_year)
            admitted = tuple(sorted(set(lead_providers) - active))
            if before == cohort and not admitted:
                return cohort
            now = self.clock.now()
            if before != cohort:
                work.cohorts.put(cohort, at=now)
            work.cohorts.admit(cohort.start_year, admitted, at=now)
            opened = CohortOpened(
                cohort=cohort.start_year,
                before=asdict(before) if before else {},
                after=asdict(cohort),
                lead_providers_added=admitted,
            )
            work.record(opened, by=by, at=now)
            return cohort

        return in_transaction(self.begin, decide)
