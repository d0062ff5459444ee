from attrs import evolve, frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import ParticipantRemoved
from ecf_core.model.actor import Actor
from ecf_core.model.induction_record import InductionRecord, InductionStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.rules.rule import violations
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class RemoveParticipant:
    """The school says that a participant has gone for good.

    The latest record says so, and lead providers see it; a mentor has nobody to mentor any more.
    Raises :class:`~ecf_core.errors.NotFound` and :class:`~ecf_core.errors.Refused`.
    """

    begin: Begin
    clock: Clock
    rules: RuleProfile

    def __call__(self, request: RemovalRequest, *, by: Actor) -> InductionRecord:
        """The latest record as it is now."""

        def decide(work: UnitOfWork) -> InductionRecord:
            proposed = work.facts.proposed_removal(request)
            broken = violations(self.rules.removing_a_participant, proposed)
            if proposed.participant is None:
                raise NotFound(*broken)
            if broken:
                raise Refused(*broken)
            (training,) = proposed.trainings
            latest, now = training.latest, self.clock.now()
            record = evolve(
                latest.record,
                induction_status=InductionStatus.WITHDRAWN,
                updated_at=max(latest.record.updated_at, now),
            )
            work.participants.put_records(record)
            if training.record.type is ParticipantType.MENTOR:
                work.participants.leave_mentor(proposed.participant.person.id, at=now)
            removed = ParticipantRemoved(
                participant_id=proposed.participant.person.id,
                training_record_id=training.record.id,
                school_id=latest.school_id,
                cohort=latest.cohort,
            )
            work.record(removed, by=by, at=now)
            return record

        return in_transaction(self.begin, decide)
