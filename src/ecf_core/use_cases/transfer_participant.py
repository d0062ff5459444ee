from datetime import datetime

from attrs import frozen

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
    partnership where it has none with them. Raises :class:`~ecf_core.errors.NotFound` and
    :class:`~ecf_core.errors.Refused`. Guide: "Clarifying terms".
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: TransferRequest, *, by: Actor) -> InductionRecord:
        """The record at the new school."""

        def decide(work: UnitOfWork) -> InductionRecord:
            proposed = work.facts.proposed_transfer(request)
            now = self.clock.now()
            arrival = self._judge(proposed, at=now)
            participant = arrival.participant
            programme, events = arrival.prepare(work)
            date = participant.transferred_on(request.start_date, now=now)
            latest = participant.history.latest
            record = self._record(latest, programme, on=date, at=now)
            if latest.end_date is None:
                work.participants.put_records(latest.left(on=date, at=now), record)
            else:
                work.participants.put_records(record)
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
        self, latest: InductionRecord, programme: InductionProgramme, *, on: datetime, at: datetime
    ) -> InductionRecord:
        """Training is active again at the new school, whose mentor is yet to be named."""
        return InductionRecord(
            id=InductionRecordId(self.new_id()),
            training_record_id=latest.training_record_id,
            programme_id=programme.id,
            schedule=latest.schedule,
            start_date=on,
            school_transfer=True,
            appropriate_body_id=latest.appropriate_body_id,
            created_at=at,
            updated_at=at,
        )
