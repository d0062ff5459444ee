import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from attrs import Factory, define, fields, frozen
from sqlalchemy import Connection, Delete, Insert, Select, delete, select, union

from ecf_adapters.sql.read_tables.enrolments import shown_enrolments
from ecf_adapters.sql.read_tables.rendering import shown_id
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    names_a_mentor,
    participants,
    partnerships,
    read_enrolments,
    training_records,
)
from ecf_adapters.sql.values import ids_given
from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionProgrammeId,
    ParticipantId,
    PartnershipId,
    TrainingRecordId,
)

_training: Final = training_records.c
_record: Final = induction_records.c
_programme: Final = induction_programmes.c

_IN_TRAINING: Final = select(_training.participant_id)
_IN_PROGRAMMES: Final = _IN_TRAINING.join(
    induction_records, _record.training_record_id == _training.id
)
_UNDER_PARTNERSHIPS: Final = _IN_PROGRAMMES.join(
    induction_programmes, _programme.id == _record.programme_id
)
_WITH_PARTNERS: Final = _UNDER_PARTNERSHIPS.join(
    partnerships, partnerships.c.id == _programme.partnership_id
)
_MENTORS: Final = select(_record.mentor_id).where(names_a_mentor)
_WHO: Final[Mapping[str, tuple[Select[Any], Any]]] = {
    "people": (select(participants.c.id), participants.c.id),
    "training_records": (_IN_TRAINING, _training.id),
    "programmes": (_IN_PROGRAMMES, _record.programme_id),
    "mentored_programmes": (_MENTORS, _record.programme_id),
    "partnerships": (_UNDER_PARTNERSHIPS, _programme.partnership_id),
    "delivery_partners": (_WITH_PARTNERS, partnerships.c.delivery_partner_id),
}
"""Who is touched by way of each, and the column that its ids are of."""

_HELD_ALREADY: Final = frozenset({"programmes", "partnerships"})
"""Whoever changes these holds the school cohort, and with it who is in them."""


@define
class TouchedParticipants:
    """Of whom the lists show something that a unit of work has changed.

    All that is shown of a person is written anew, in turn: so each unit of work sees what those
    before it have changed.
    """

    people: set[ParticipantId] = Factory(set)
    training_records: set[TrainingRecordId] = Factory(set)
    programmes: set[InductionProgrammeId] = Factory(set)
    mentored_programmes: set[InductionProgrammeId] = Factory(set)
    partnerships: set[PartnershipId] = Factory(set)
    delivery_partners: set[DeliveryPartnerId] = Factory(set)

    def anyone(self, connection: Connection) -> bool:
        """Whether there may be someone."""
        given = self._given()
        if not given or not given.keys() <= _HELD_ALREADY:
            return bool(given)
        writing = _writing(connection.dialect.name, tuple(given))
        return connection.scalar(writing.first, given) is not None

    def write(self, connection: Connection) -> None:
        given = self._given()
        writing = _writing(connection.dialect.name, tuple(given))
        connection.execute(writing.removed, given)
        connection.execute(writing.added, given)

    def _given(self) -> dict[str, str]:
        return {
            field.name: json.dumps(sorted(id_.hex for id_ in ids))
            for field in fields(TouchedParticipants)
            if (ids := getattr(self, field.name))
        }


@frozen
class _Writing:
    """The statements for whoever is touched in some ways."""

    first: Select[tuple[UUID]]
    removed: Delete
    added: Insert


@lru_cache
def _writing(dialect: str, ways: tuple[str, ...]) -> _Writing:
    who = union(
        *(
            touched.where(column.in_(ids_given(dialect, way)))
            for way, (touched, column) in _WHO.items()
            if way in ways
        )
    ).subquery("touched")
    (id_,) = who.c
    return _Writing(
        first=select(id_).limit(1),
        removed=delete(read_enrolments).where(read_enrolments.c.id.in_(select(shown_id(id_)))),
        added=read_enrolments.insert().from_select(
            list(read_enrolments.c.keys()),
            shown_enrolments(_training.participant_id.in_(select(id_))),
        ),
    )
