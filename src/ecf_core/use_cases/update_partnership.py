from datetime import datetime

from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import Event, PartnershipTerms, PartnershipUpdated
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.partnership import Agreement
from ecf_core.model.providers import DeliveryPartner
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.challenge_deadline import challenge_deadline
from ecf_core.rules.migrating_participants import Moved
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.programme_change import LeaveAlone
from ecf_core.rules.rule import violations
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest
from ecf_core.use_cases.change_partnership import PartnershipChange, change_partnership
from ecf_core.use_cases.moving import Formed, move_participants, would_move
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
    new_id: NewId
    rules: RuleProfile

    def __call__(
        self,
        request: UpdateRequest,
        *,
        by: Actor,
        dry_run: bool = False,
        once: Once[Formed] | None = None,
    ) -> Formed:
        """The partnership as it is now; with ``dry_run``, as it would be, and nothing stored."""
        if dry_run:
            with self.look() as facts:
                now = self.clock.now()
                proposed = facts.proposed_update(request)
                _, after = self._update(proposed, at=now)
                change = self._change(proposed, after, at=now)
                return Formed.of(after, would_move(facts, change.move, at=now) if change else None)

        def decide(work: UnitOfWork) -> Formed:
            proposed = work.facts.proposed_update(request)
            now = self.clock.now()
            before, after = self._update(proposed, at=now)
            if after == before:
                return Formed.of(after, None)
            work.partnerships.save(after.partnership)
            change = self._change(proposed, after, at=now)
            moved, migrated = self._write(work, change, at=now) if change else (None, [])
            updated = PartnershipUpdated(
                partnership_id=after.partnership.id,
                before=PartnershipTerms.of(before.partnership),
                after=PartnershipTerms.of(after.partnership),
            )
            work.record(updated, *migrated, by=by, at=now)
            return Formed.of(after, moved)

        return in_transaction(self.begin, only_once(decide, once, self.clock))

    def _change(
        self, proposed: ProposedUpdate, after: Agreement, *, at: datetime
    ) -> PartnershipChange | None:
        """What the update changes in the school cohort: nothing, where all is as it should be."""
        if proposed.school_cohort is None or after == proposed.agreement:
            return None
        change = change_partnership(
            proposed.school_cohort,
            after.partnership,
            proposed.partnerships,
            proposed.programmes,
            fresh_id=InductionProgrammeId(self.new_id()),
            at=at,
        )
        return None if isinstance(change.change, LeaveAlone) else change

    def _write(
        self, work: UnitOfWork, change: PartnershipChange, *, at: datetime
    ) -> tuple[Moved | None, list[Event]]:
        school_cohort = change.school_cohort
        work.school_cohorts.save(school_cohort)
        return move_participants(
            work,
            change.move,
            school_id=school_cohort.school_id,
            cohort=school_cohort.cohort,
            batch=self.new_id(),
            at=at,
        )

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
                    before,
                    partnership=before.changed_to(partnership, at=at),
                    delivery_partner=delivery_partner,
                )
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)
