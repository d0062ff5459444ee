from attrs import frozen

from ecf_core.errors import NotFound, Refused
from ecf_core.events import ParticipantsMerged
from ecf_core.model.actor import Actor
from ecf_core.model.participant import IdChange
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.merging_participants import MergeRequest, merged
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import violations
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class MergeParticipants:
    """One person who was registered twice becomes one.

    The id that is given up is shown to lead providers as changed, and still names the person where
    they write. All training goes along under its own ids; where both train as the same, that of
    the id which is given up ends. Raises :class:`~ecf_core.errors.NotFound` and
    :class:`~ecf_core.errors.Refused`.
    """

    begin: Begin
    clock: Clock
    rules: RuleProfile

    def __call__(self, request: MergeRequest, *, by: Actor) -> IdChange:
        def decide(work: UnitOfWork) -> IdChange:
            proposed = work.facts.proposed_merge(request)
            broken = violations(self.rules.merging_participants, proposed)
            if proposed.given_up is None or proposed.goes_on is None:
                raise NotFound(*broken)
            if broken:
                raise Refused(*broken)
            now = self.clock.now()
            writes = merged(proposed.given_up, proposed.goes_on, at=now)
            given_up, goes_on = writes.people
            work.participants.put_people(*writes.people)
            work.participants.put_records(*writes.records)
            work.participants.put_training_records(*writes.training_records)
            change = IdChange(from_id=given_up.id, to_id=goes_on.id, changed_at=now)
            work.participants.give_up_id(change)
            told = ParticipantsMerged(
                participant_id=goes_on.id,
                from_id=given_up.id,
                training_records=tuple(record.id for record in writes.training_records),
                ended=writes.ended,
            )
            work.record(told, by=by, at=now)
            return change

        return in_transaction(self.begin, decide)
