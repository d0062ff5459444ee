from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import KnownOfTraining, ParticipantAmended, TrainingAmended
from ecf_core.model.actor import Actor
from ecf_core.model.participant import (
    MentorFundingEndReason,
    ParticipantType,
    Person,
    TrainingRecord,
)
from ecf_core.model.participant_in_training import Participant
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.proposed_amendment import AmendmentRequest, Eligibility, ProposedAmendment
from ecf_core.rules.rule import violations
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class AmendParticipant:
    """Support records something about a participant: what lead providers are shown of them.

    A new e-mail address is also that of the training that goes on. What is so already changes
    nothing. Raises :class:`~ecf_core.errors.NotFound` and :class:`~ecf_core.errors.Refused`.
    """

    begin: Begin
    clock: Clock
    rules: RuleProfile

    def __call__(self, request: AmendmentRequest, *, by: Actor) -> Person:
        """The person as they are now."""

        def decide(work: UnitOfWork) -> Person:
            proposed = work.facts.proposed_amendment(request)
            broken = violations(self.rules.amending_a_participant, proposed)
            if proposed.participant is None:
                raise NotFound(*broken)
            if broken:
                raise Refused(*broken)
            return self._write(work, proposed, proposed.participant, by=by)

        return in_transaction(self.begin, decide)

    def _write(
        self,
        work: UnitOfWork,
        proposed: ProposedAmendment,
        participant: Participant,
        *,
        by: Actor,
    ) -> Person:
        now = self.clock.now()
        before, person = participant.person, _person(proposed, participant.person)
        known = [
            (training.record, _training_record(training.record, proposed))
            for training in proposed.trainings
        ]
        changed = [(was, is_) for was, is_ in known if was != is_]
        reached = [
            placed.record
            for training in proposed.trainings
            for placed in training.history
            if proposed.request.email
            and placed.record.email is not None
            and not placed.record.ended(now)
        ]
        if person == before and not changed and not reached:
            return before
        person = evolve(person, updated_at=max(before.updated_at, now))
        work.participants.put_people(*_former(proposed, before), person)
        work.participants.put_training_records(
            *(evolve(is_, updated_at=max(was.updated_at, now)) for was, is_ in changed)
        )
        work.participants.put_records(
            *(evolve(r, email=None, updated_at=max(r.updated_at, now)) for r in reached)
        )
        work.record(_amended(before, person, changed), by=by, at=now)
        return person


def _person(proposed: ProposedAmendment, person: Person) -> Person:
    email = (proposed.request.email or "").strip() or person.email
    return evolve(person, email=email, trn=proposed.trn)


def _former(proposed: ProposedAmendment, person: Person) -> tuple[Person, ...]:
    """The former registration that the address is taken back from: it has the present one."""
    former = proposed.with_email
    return () if former is None or former.id == person.id else (evolve(former, email=person.email),)


def _training_record(record: TrainingRecord, proposed: ProposedAmendment) -> TrainingRecord:
    """With what was given; what is known of an ECT or a mentor alone stays with those.

    A TRN that is new has not been validated yet.
    """
    request = proposed.request
    eligible, reason = request.eligible_for_funding, request.mentor_funding_end_reason
    validated = record.trn_validated and not proposed.changes_trn
    amended = evolve(
        record,
        trn_validated=_given(request.trn_validated, validated),
        eligible_for_funding=Eligibility(eligible).decided
        if eligible
        else record.eligible_for_funding,
        pupil_premium_uplift=_given(request.pupil_premium_uplift, record.pupil_premium_uplift),
        sparsity_uplift=_given(request.sparsity_uplift, record.sparsity_uplift),
    )
    if record.type is ParticipantType.ECT:
        return evolve(
            amended, induction_end_date=request.induction_end_date or record.induction_end_date
        )
    return evolve(
        amended,
        mentor_funding_end_date=request.mentor_funding_end_date or record.mentor_funding_end_date,
        mentor_funding_end_reason=MentorFundingEndReason(reason)
        if reason
        else record.mentor_funding_end_reason,
    )


def _given(given: bool | None, known: bool) -> bool:  # noqa: FBT001 - one or the other
    return known if given is None else given


def _amended(
    before: Person, after: Person, changed: list[tuple[TrainingRecord, TrainingRecord]]
) -> ParticipantAmended:
    return ParticipantAmended(
        participant_id=after.id,
        details=tuple(
            name for name in ("email", "trn") if getattr(before, name) != getattr(after, name)
        ),
        trainings=tuple(
            TrainingAmended(
                training_record_id=was.id,
                before=KnownOfTraining.of(was),
                after=KnownOfTraining.of(is_),
            )
            for was, is_ in changed
        ),
    )
