from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attrs import asdict, field, frozen
from sqlalchemy import ColumnElement, Connection, String, cast, literal, select, update

from ecf_adapters.sql.enrolling import enrol
from ecf_adapters.sql.induction_rows import (
    oldest_first,
    record_from,
    row_of_person,
    row_of_record,
    row_of_state,
    row_of_training_record,
)
from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.mentors import touch_mentors, touch_mentors_of
from ecf_adapters.sql.moving import has_not_ended, later, move_records
from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.tables import (
    appropriate_bodies,
    induction_records,
    participant_id_changes,
    participants,
    training_records,
    training_states,
)
from ecf_adapters.sql.upsert import upsert
from ecf_core.model.appropriate_body import AppropriateBody, BodyType
from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment, IdChange, Person, TrainingRecord
from ecf_core.model.training_state import TrainingState
from ecf_core.rules.migrating_participants import Move


@frozen
class SqlParticipants:
    _connection: Connection
    _touched: Touched = field(factory=Touched)

    def enrol(self, enrolments: Iterable[Enrolment]) -> None:
        enrolled = list(enrolments)
        enrol(self._connection, enrolled)
        people = self._touched.participants.people
        people.update(each.person.id for each in enrolled)
        people.update(mentor for each in enrolled if (mentor := each.record.mentor_id))

    def history(self, training_record_id: TrainingRecordId) -> InductionHistory | None:
        wanted = (
            select(induction_records)
            .where(induction_records.c.training_record_id == training_record_id)
            .order_by(*oldest_first())
        )
        records = tuple(map(record_from, self._connection.execute(wanted).mappings()))
        return InductionHistory(records) if records else None

    def put_records(self, *records: InductionRecord) -> None:
        self._touched.participants.people.update(touch_mentors_of(self._connection, records))
        upsert(
            self._connection,
            induction_records,
            map(row_of_record, records),
            replacing=[
                column.name
                for column in induction_records.columns
                if column.name not in {"id", "training_record_id", "closed_by", "created_at"}
            ],
        )
        self._touched.participants.training_records.update(r.training_record_id for r in records)

    def put_people(self, *people: Person) -> None:
        c = participants.c
        if len(people) > 1:
            # They may take over from one another: nobody has an address or a TRN meanwhile.
            nobodys = {"email_key": cast(c.id, String), "trn": None}
            self._connection.execute(
                update(participants).where(c.id.in_([p.id for p in people])).values(nobodys)
            )
        for person in people:
            c, row = participants.c, row_of_person(person)
            updated_at = latest(c.updated_at, literal(row.pop("updated_at"), c.updated_at.type))
            self._connection.execute(
                update(participants).where(c.id == person.id).values(updated_at=updated_at, **row)
            )
        self._touched.participants.people.update(person.id for person in people)

    def put_training_records(self, *records: TrainingRecord) -> None:
        touched, c = self._touched.participants, training_records.c
        ids = [record.id for record in records]
        # One that goes over to another person is no longer shown of whom it was.
        were_of = select(c.participant_id).where(c.id.in_(ids))
        touched.people.update(self._connection.scalars(were_of))
        touched.training_records.update(ids)
        for record in records:
            self._connection.execute(
                update(training_records).where(training_records.c.id == record.id),
                row_of_training_record(record),
            )

    def add_state(self, state: TrainingState) -> None:
        self._connection.execute(training_states.insert(), row_of_state(state))
        self._touched.participants.training_records.add(state.training_record_id)

    def give_up_id(self, change: IdChange) -> None:
        run, c = self._connection.execute, participant_id_changes.c
        run(
            update(participant_id_changes)
            .where(c.participant_id == change.from_id)
            .values(participant_id=change.to_id)
        )
        run(
            participant_id_changes.insert(),
            {**asdict(change), "participant_id": change.to_id},
        )
        self._mentored_by(change.from_id, at=change.changed_at, mentor_id=change.to_id)

    def leave_mentor(self, mentor_id: ParticipantId, *, at: datetime) -> None:
        self._mentored_by(mentor_id, has_not_ended(at), at=at, mentor_id=None)

    def _mentored_by(
        self,
        mentor: ParticipantId,
        *which: ColumnElement[bool],
        at: datetime,
        mentor_id: ParticipantId | None,
    ) -> None:
        """Records that name a mentor name another, or none."""
        c = induction_records.c
        changed = set(
            self._connection.scalars(
                update(induction_records)
                .where(c.mentor_id == mentor, *which)
                .values(mentor_id=mentor_id, updated_at=later(at))
                .returning(c.training_record_id)
            )
        )
        if not changed:
            return
        self._touched.participants.training_records.update(changed)
        mentors = [each for each in (mentor, mentor_id) if each is not None]
        touch_mentors(self._connection, mentors, at=at)
        self._touched.participants.people.update(mentors)

    def move(self, move: Move, *, at: datetime, batch: UUID) -> int:
        moved = move_records(self._connection, move, at=at, batch=batch)
        if moved:
            self._touched.participants.programmes.add(move.to_programme)
            self._touched.participants.mentored_programmes.add(move.to_programme)
        return moved


@frozen
class SqlAppropriateBodies:
    _connection: Connection

    def all(self) -> tuple[AppropriateBody, ...]:
        c = appropriate_bodies.c
        rows = self._connection.execute(select(c.id, c.name, c.type).order_by(c.name))
        return tuple(AppropriateBody(id=id_, name=name, type=BodyType(t)) for id_, name, t in rows)

    def put(self, bodies: Iterable[AppropriateBody], *, at: datetime) -> None:
        rows = [
            {**asdict(body), "type": body.type.value, "created_at": at, "updated_at": at}
            for body in bodies
        ]
        upsert(self._connection, appropriate_bodies, rows, replacing=("name", "type", "updated_at"))
