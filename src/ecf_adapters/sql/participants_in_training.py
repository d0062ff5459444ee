"""Participants as a whole, in a number of statements that does not grow with them."""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    RowMapping,
    Select,
    or_,
    select,
    union_all,
)

from ecf_adapters.sql.induction_rows import (
    oldest_first,
    person_from,
    record_from,
    state_from,
    training_record_from,
)
from ecf_adapters.sql.rows import delivery_partner_from, partnership_from
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    induction_records,
    participant_id_changes,
    participants,
    partnerships,
    schools,
    training_records,
    training_states,
)
from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.participant import IdChange, Person, TrainingRecord
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.training_state import TrainingState

_changes: Final = participant_id_changes.c
_training: Final = training_records.c


def now(participant_id: UUID | None) -> CompoundSelect[Any]:
    """The id that a participant has now, be it the one given or the one it was given up for."""
    changed = select(_changes.participant_id).where(_changes.from_id == participant_id)
    c = participants.c
    return union_all(select(c.id).where(c.id == participant_id, ~changed.exists()), changed)


def of_id(participant_id: UUID | None) -> ColumnElement[bool]:
    """Whom an id names: who has it, or who it was given up for."""
    return participants.c.id.in_(now(participant_id))


def whose(id_: UUID | None) -> ColumnElement[bool]:
    """Whom an id names, be it of a training record of theirs."""
    of_training = select(_training.participant_id).where(_training.id == id_)
    return or_(of_id(id_), participants.c.id.in_(of_training))


def participants_where(
    connection: Connection, *which: ColumnElement[bool]
) -> tuple[Participant, ...]:
    """The participants that conditions on people say, in the order of their ids."""
    ids = select(participants.c.id).where(*which)
    histories = _histories(connection, ids)
    states = _states(connection, ids)
    changes = _id_changes(connection, ids)
    trainings: dict[ParticipantId, list[Training]] = defaultdict(list)
    people: dict[ParticipantId, Person] = {}
    for person, record, history in histories:
        people[person.id] = person
        trainings[person.id].append(
            Training(record=record, history=history, states=tuple(states[record.id]))
        )
    return tuple(
        Participant(
            person=person,
            trainings=tuple(trainings[person.id]),
            id_changes=tuple(changes[person.id]),
        )
        for person in people.values()
    )


def _histories(
    connection: Connection, ids: Select[Any]
) -> list[tuple[Person, TrainingRecord, tuple[PlacedRecord, ...]]]:
    c = induction_programmes.c
    rows = connection.execute(
        select(
            *participants.c,
            *_training,
            *induction_records.c,
            c.school_id,
            c.cohort,
            schools.c.urn,
            *partnerships.c,
            *delivery_partners.c,
        )
        .select_from(participants)
        .join(training_records, _training.participant_id == participants.c.id)
        .join(induction_records, induction_records.c.training_record_id == _training.id)
        .join(induction_programmes, c.id == induction_records.c.programme_id)
        .join(schools, schools.c.id == c.school_id)
        .outerjoin(partnerships, partnerships.c.id == c.partnership_id)
        .outerjoin(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
        .where(participants.c.id.in_(ids))
        .order_by(participants.c.id, _training.created_at, _training.id, *oldest_first())
    ).mappings()
    found: dict[TrainingRecordId, tuple[RowMapping, list[PlacedRecord]]] = {}
    for row in rows:
        _, history = found.setdefault(row[_training.id], (row, []))
        history.append(
            PlacedRecord(
                record=record_from(row),
                school_id=row[c.school_id],
                urn=row[schools.c.urn],
                cohort=row[c.cohort],
                partnership=partnership_from(row),
                delivery_partner=delivery_partner_from(row),
            )
        )
    return [
        (person_from(row), training_record_from(row), tuple(history))
        for row, history in found.values()
    ]


def _states(
    connection: Connection, ids: Select[Any]
) -> dict[TrainingRecordId, list[TrainingState]]:
    c = training_states.c
    found: dict[TrainingRecordId, list[TrainingState]] = defaultdict(list)
    rows = connection.execute(
        select(*c)
        .join(training_records, _training.id == c.training_record_id)
        .where(_training.participant_id.in_(ids))
        .order_by(c.at, c.id)
    ).mappings()
    for row in rows:
        found[row[c.training_record_id]].append(state_from(row))
    return found


def _id_changes(connection: Connection, ids: Select[Any]) -> dict[ParticipantId, list[IdChange]]:
    """Newest first."""
    found: dict[ParticipantId, list[IdChange]] = defaultdict(list)
    rows = connection.execute(
        select(*_changes)
        .where(_changes.participant_id.in_(ids))
        .order_by(_changes.changed_at.desc(), _changes.from_id.desc())
    ).mappings()
    for row in rows:
        found[row[_changes.participant_id]].append(
            IdChange(
                from_id=row[_changes.from_id],
                to_id=row[_changes.to_id],
                changed_at=row[_changes.changed_at],
            )
        )
    return found
