from datetime import datetime

from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import ParticipantTransferred
from ecf_core.model.actor import Actor
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import InductionRecordId
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.proposed_transfer import InTraining, ProposedTransfer, TransferRequest
from ecf_core.rules.rule import violations
from ecf_core.use_cases.arriving import Arrival
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class TransferParticipant:
    """A participant goes to another school, now or at a date, and keeps cohort and schedule.

    The present record ends there as leaving, and one at the new school begins: in the school's own
    programme, or continuing with the present providers, for whom the school gets a relationship
    partnership where it has none with them. A transfer to that school which is still to come is
    brought forward, or put off. Raises :class:`~ecf_core.errors.NotFound` and
    :class:`~ecf_core.errors.Refused`. Guide: "Clarifying terms".
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: TransferRequest, *, by: Actor) -> InductionRecord:
        """The record at the new school."""

        def decide(work: UnitOfWork) -> InductionRecord:
            now = self.clock.now()
            proposed = work.facts.proposed_transfer(request, at=now)
            arrival = self._judge(proposed, at=now)
            participant = arrival.participant
            programme, events = arrival.prepare(work)
            date = participant.transferred_on(request.start_date, now=now)
            record = self._record(participant, programme, on=date, at=now)
            work.participants.put_records(*_in_order(participant, record, at=now))
            transferred = ParticipantTransferred(
                participant_id=participant.person.id,
                training_record_id=participant.training_record.id,
                cohort=participant.at.cohort,
                from_school_id=participant.at.school_id,
                from_programme_id=participant.at.programme.id,
                school_id=arrival.school.id,
                programme_id=programme.id,
                start_date=date,
            )
            work.record(*events, transferred, by=by, at=now)
            return record

        return in_transaction(self.begin, decide)

    def _judge(self, proposed: ProposedTransfer, *, at: datetime) -> Arrival:
        broken = violations(self.rules.transferring_a_participant, proposed)
        if proposed.participant is None and not proposed.trains_as_both:
            raise NotFound(*broken)
        if broken:
            raise Refused(*broken)
        match proposed:
            case ProposedTransfer(
                participant=InTraining() as participant,
                school=School() as school,
                cohort=Cohort() as cohort,
            ):
                return Arrival(
                    proposed=proposed,
                    participant=participant,
                    school=school,
                    cohort=cohort,
                    new_id=self.new_id,
                    rules=self.rules,
                    at=at,
                )
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)

    def _record(
        self, participant: InTraining, programme: InductionProgramme, *, on: datetime, at: datetime
    ) -> InductionRecord:
        """Training is active again at the new school, whose mentor is yet to be named."""
        if participant.to_come is not None:
            return evolve(
                participant.to_come,
                programme_id=programme.id,
                start_date=on,
                updated_at=max(participant.to_come.updated_at, at),
            )
        latest = participant.history.latest
        return InductionRecord(
            id=InductionRecordId(self.new_id()),
            training_record_id=latest.training_record_id,
            programme_id=programme.id,
            schedule=latest.schedule,
            start_date=on,
            school_transfer=True,
            appropriate_body_id=latest.appropriate_body_id,
            email=latest.email,
            created_at=at,
            updated_at=at,
        )


def _in_order(
    participant: InTraining, joined: InductionRecord, *, at: datetime
) -> tuple[InductionRecord, ...]:
    """The records to put: what becomes shorter comes before what follows it, or precedes it."""
    latest, to_come = participant.history.latest, participant.to_come
    if latest.end_date is not None:
        return (joined,)
    left = latest.left(on=joined.start_date, at=at)
    put_off = to_come is not None and joined.start_date > to_come.start_date
    return (joined, left) if put_off else (left, joined)
