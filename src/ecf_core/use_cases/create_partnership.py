from datetime import datetime
from typing import assert_never
from uuid import UUID

from attrs import frozen

from ecf_core.errors import Refused
from ecf_core.events import (
    ChallengeLifted,
    Event,
    PartnershipReported,
    PartnershipTerms,
    ProgrammeTerms,
)
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.partnership import Agreement, Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school import School
from ecf_core.model.school_cohort import SchoolCohort
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.challenge_deadline import challenge_deadline
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.reporting_a_partnership import FormNew, Promote, Revive, report
from ecf_core.rules.rule import blanks_first, violations
from ecf_core.use_cases.change_partnership import PartnershipChange, change_partnership
from ecf_core.use_cases.moving import Formed, move_participants, would_move
from ecf_core.use_cases.once import Once, only_once
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class _Formation:
    """What forming a partnership comes to, before any of it is written."""

    before: Partnership | None
    agreement: Agreement
    school_cohort_before: SchoolCohort | None
    change: PartnershipChange

    def write(self, work: UnitOfWork, *, batch: UUID, by: Actor, at: datetime) -> Formed:
        if self.before is None:
            work.partnerships.add(self.agreement.partnership)
        else:
            work.partnerships.save(self.agreement.partnership)
        school_cohort = self.change.school_cohort
        if self.school_cohort_before is None:
            work.school_cohorts.add(school_cohort)
        else:
            work.school_cohorts.save(school_cohort)
        moved, migrated = move_participants(
            work,
            self.change.move,
            school_id=school_cohort.school_id,
            cohort=school_cohort.cohort,
            batch=batch,
            at=at,
        )
        work.record(*self._events(), *migrated, by=by, at=at)
        return Formed.of(self.agreement, moved)

    def _events(self) -> list[Event]:
        before, after = self.before, self.agreement.partnership
        reported = PartnershipReported(
            partnership_id=after.id,
            school_id=after.school_id,
            cohort=after.cohort,
            lead_provider_id=after.lead_provider_id,
            before=PartnershipTerms.of(before) if before else None,
            after=PartnershipTerms.of(after),
            programme_before=ProgrammeTerms.of(self.school_cohort_before),
            programme_after=ProgrammeTerms.of(self.change.school_cohort),
        )
        if before is None or before.challenge is None:
            return [reported]
        lifted = ChallengeLifted(
            partnership_id=after.id,
            reason=before.challenge.reason,
            challenged_at=before.challenge.at,
        )
        return [lifted, reported]


@frozen(kw_only=True)
class CreatePartnership:
    """A lead provider forms a partnership with a school and a delivery partner.

    Its own challenged partnership with the school is used again, and its relationship
    partnership with the delivery partner is promoted: both keep their id. The school's participants
    who train under no unchallenged partnership move into it. Raises
    :class:`~ecf_core.errors.Refused`. Guide: "Creating a partnership".
    """

    begin: Begin
    look: Look
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(
        self,
        request: PartnershipRequest,
        *,
        by: Actor,
        dry_run: bool = False,
        once: Once[Formed] | None = None,
    ) -> Formed:
        """The partnership formed; with ``dry_run``, the one that would be, and nothing stored."""
        if dry_run:
            with self.look() as facts:
                now = self.clock.now()
                formation = self._form(facts.proposal(request), at=now)
                moved = would_move(facts, formation.change.move, at=now)
                return Formed.of(formation.agreement, moved)

        def decide(work: UnitOfWork) -> Formed:
            proposal = work.facts.proposal(request)
            now = self.clock.now()
            formation = self._form(proposal, at=now)
            return formation.write(work, batch=self.new_id(), by=by, at=now)

        return in_transaction(self.begin, only_once(decide, once, self.clock))

    def _form(self, proposal: Proposal, *, at: datetime) -> _Formation:
        if broken := violations(self.rules.creating_a_partnership, proposal):
            raise Refused(*blanks_first(broken))
        match proposal:
            case Proposal(
                cohort=Cohort() as cohort,
                school=School() as school,
                lead_provider=LeadProvider() as lead_provider,
                delivery_partner=DeliveryPartner() as delivery_partner,
            ):
                before, partnership = self._report(
                    proposal, cohort, school, lead_provider, delivery_partner, at=at
                )
                return _Formation(
                    before=before,
                    agreement=Agreement(
                        partnership=partnership,
                        school=school,
                        lead_provider=lead_provider,
                        delivery_partner=delivery_partner,
                    ),
                    school_cohort_before=proposal.school_cohort,
                    change=change_partnership(
                        proposal.school_cohort,
                        partnership,
                        proposal.partnerships,
                        proposal.programmes,
                        fresh_id=InductionProgrammeId(self.new_id()),
                        at=at,
                    ),
                )
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposal)

    def _report(
        self,
        proposal: Proposal,
        cohort: Cohort,
        school: School,
        lead_provider: LeadProvider,
        delivery_partner: DeliveryPartner,
        *,
        at: datetime,
    ) -> tuple[Partnership | None, Partnership]:
        """The partnership as it was, if there was one, and as it becomes."""
        deadline = challenge_deadline(
            self.rules.challenge_window,
            reported_at=at,
            academic_year_start=cohort.academic_year_start_date,
        )
        decision = report(proposal.partnerships, lead_provider.id, delivery_partner.id)
        match decision:
            case Promote(existing) | Revive(existing):
                partnership = existing.reported(
                    delivery_partner_id=delivery_partner.id, challenge_deadline=deadline, at=at
                )
                shown = Agreement(
                    partnership=existing,
                    school=school,
                    lead_provider=lead_provider,
                    delivery_partner=delivery_partner,
                )
                return existing, shown.changed_to(partnership, at=at)
            case FormNew():
                return None, Partnership(
                    id=PartnershipId(self.new_id()),
                    school_id=school.id,
                    cohort=cohort.start_year,
                    lead_provider_id=lead_provider.id,
                    delivery_partner_id=delivery_partner.id,
                    challenge_deadline=deadline,
                    created_at=at,
                    updated_at=at,
                )
            case _:
                assert_never(decision)
