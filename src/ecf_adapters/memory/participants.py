from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from attrs import define, evolve

from ecf_adapters.memory.state import State
from ecf_adapters.memory.unique import each_once
from ecf_core.errors import StaleWrite
from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.ids import InductionRecordId, ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment, IdChange, Person, TrainingRecord
from ecf_core.model.training_state import TrainingState
from ecf_core.rules.changing_an_induction_record import Refuse, record_change, records_after
from ecf_core.rules.migrating_participants import Move, is_moved


@define
class MemoryParticipants:
    _state: State

    def enrol(self, enrolments: Iterable[Enrolment]) -> None:
        state, enrolled = self._state, list(enrolments)
        for enrolment in enrolled:
            self._put_person(enrolment.person)
            training_record = enrolment.training_record
            if training_record.id in state.training_records:
                raise StaleWrite(f"training record {training_record.id}")
            state.training_records[training_record.id] = training_record
            state.histories[training_record.id] = InductionHistory((enrolment.record,))
        self._touch_named_by([each.record for each in enrolled], {})
        self._each_person_once()
        self._each_training_once()

    def history(self, training_record_id: TrainingRecordId) -> InductionHistory | None:
        return self._state.histories.get(training_record_id)

    def put_records(self, *records: InductionRecord) -> None:
        self._touch_named_by(records, {r.id: r.mentor_id for r in self._state.records()})
        for record in records:
            history = self._state.histories[record.training_record_id]
            try:
                put = history.put(record)
            except ValueError as overlap:
                raise StaleWrite(str(overlap)) from overlap
            self._state.histories[record.training_record_id] = put

    def put_people(self, *people: Person) -> None:
        for person in people:
            self._put_person(person)
        self._each_person_once()

    def put_training_records(self, *training_records: TrainingRecord) -> None:
        self._state.training_records |= {record.id: record for record in training_records}
        self._each_training_once()

    def add_state(self, state: TrainingState) -> None:
        states = self._state.states
        states[state.training_record_id] = (*states.get(state.training_record_id, ()), state)

    def give_up_id(self, change: IdChange) -> None:
        if change.from_id in self._state.id_changes:
            raise StaleWrite(f"participant {change.from_id}")
        self._state.id_changes[change.from_id] = change
        self.put_records(
            *(
                evolve(
                    record,
                    mentor_id=change.to_id,
                    updated_at=max(record.updated_at, change.changed_at),
                )
                for record in self._state.records()
                if record.mentor_id == change.from_id
            )
        )

    def leave_mentor(self, mentor_id: ParticipantId, *, at: datetime) -> None:
        self.put_records(
            *(
                evolve(record, mentor_id=None, updated_at=max(record.updated_at, at))
                for record in self._state.records()
                if record.mentor_id == mentor_id and not record.ended(at)
            )
        )

    def _put_person(self, person: Person) -> None:
        """It may have been touched since it was looked up."""
        stored = self._state.people.get(person.id, person)
        updated_at = max(stored.updated_at, person.updated_at)
        self._state.people[person.id] = evolve(person, updated_at=updated_at)

    def _touch_named_by(
        self,
        records: Iterable[InductionRecord],
        before: Mapping[InductionRecordId, ParticipantId | None],
    ) -> None:
        """Those whom the records name, and did not before, or name no longer."""
        changed = [r for r in records if r.mentor_id != before.get(r.id)]
        mentors = {m for r in changed for m in (r.mentor_id, before.get(r.id))}
        self._touch(mentors, at=max((r.updated_at for r in changed), default=None))

    def _touch(self, people: Iterable[ParticipantId | None], *, at: datetime | None) -> None:
        known = self._state.people
        for person in [known[id_] for id_ in people if id_ is not None]:
            if at is not None and person.updated_at < at:
                known[person.id] = evolve(person, updated_at=at)

    def _each_person_once(self) -> None:
        people = self._state.people.values()
        each_once(person.email_key for person in people)
        each_once(person.trn for person in people if person.trn)

    def _each_training_once(self) -> None:
        each_once(
            (t.participant_id, t.type)
            for t in self._state.training_records.values()
            if t.merged_into is None
        )

    def move(self, move: Move, *, at: datetime, batch: UUID) -> int:  # noqa: ARG002 - the port's
        moved = [record for record in self._state.records() if is_moved(record, move, at=at)]
        self._touch({record.mentor_id for record in moved}, at=at)
        for record in moved:
            change = record_change(record, at=at)
            if not isinstance(change, Refuse):  # none that has ended is moved
                records = records_after(
                    change,
                    lambda r: evolve(r, programme_id=move.to_programme),
                    fresh_id=InductionRecordId(uuid4()),
                    at=at,
                )
                self.put_records(*records)
        return len(moved)


@define
class MemoryAppropriateBodies:
    _state: State

    def all(self) -> tuple[AppropriateBody, ...]:
        return tuple(sorted(self._state.appropriate_bodies.values(), key=lambda body: body.name))

    def put(
        self,
        bodies: Iterable[AppropriateBody],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        known = self._state.appropriate_bodies
        known |= {body.id: body for body in bodies}
        each_once(body.name for body in known.values())
