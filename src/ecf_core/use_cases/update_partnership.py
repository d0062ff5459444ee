from datetime import datetime

from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import PartnershipTerms, PartnershipUpdated
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.partnership import Agreement
from ecf_core.model.providers import DeliveryPartner
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.challenge_deadline import challenge_deadline
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import violations
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest
from ecf_core.use_cases.once import Once, only_once
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class UpdatePartnership:
    """A lead provider changes the delivery partner of its partnership with a school.

    A new delivery partner starts a new challenge window; the present one changes nothing. Raises
    :class:`~ecf_core.errors.NotFound` and :class:`~ecf_core.errors.Refused`. Guide: "Updating a
    partnership".
    """

    begin: Begin
    look: Look
    clock: Clock
    rules: RuleProfile

    def __call__(
        self,
        request: UpdateRequest,
        *,
        by: Actor,
        dry_run: bool = False,
        once: Once[Agreement] | None = None,
    ) -> Agreement:
        """The partnership as it is now; with ``dry_run``, as it would be, and nothing stored."""
        if dry_run:
            with self.look() as facts:
                _, after = self._update(facts.proposed_update(request), at=self.clock.now())
                return after

        def decide(work: UnitOfWork) -> Agreement:
            proposed = work.facts.proposed_update(request)
            now = self.clock.now()
            before, after = self._update(proposed, at=now)
            if after != before:
                work.partnerships.save(after.partnership)
                updated = PartnershipUpdated(
                    partnership_id=after.partnership.id,
                    before=PartnershipTerms.of(before.partnership),
                    after=PartnershipTerms.of(after.partnership),
                )
                work.record(updated, by=by, at=now)
            return after

        return in_transaction(self.begin, only_once(decide, once, self.clock))

    def _update(self, proposed: ProposedUpdate, *, at: datetime) -> tuple[Agreement, Agreement]:
        """The partnership before and after."""
        broken = violations(self.rules.updating_a_partnership, proposed)
        if any(violation.field == "partnership" for violation in broken):
            raise NotFound(*broken)
        if broken:
            raise Refused(*broken)
        match proposed:
            case ProposedUpdate(
                agreement=Agreement() as before,
                cohort=Cohort() as cohort,
                delivery_partner=DeliveryPartner() as delivery_partner,
            ):
                if before.delivery_partner.id == delivery_partner.id:
                    return before, before
                deadline = challenge_deadline(
                    self.rules.challenge_window,
                    reported_at=at,
                    academic_year_start=cohort.academic_year_start_date,
                )
                partnership = before.partnership.reported(
                    delivery_partner_id=delivery_partner.id, challenge_deadline=deadline, at=at
                )
                return before, evolve(
                    before, partnership=partnership, delivery_partner=delivery_partner
                )
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)
