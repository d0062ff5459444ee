from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select, union

from ecf_adapters.sql.facts.joins import people_in_fixed_order
from ecf_adapters.sql.induction_rows import oldest_first, person_from
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    participant_id_changes,
    participants,
    training_records,
)
from ecf_adapters.sql.values import ids_in, texts_in
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import ParticipantId
from ecf_core.model.induction_record import InductionStatus
from ecf_core.model.participant import ParticipantType, Person, email_key
from ecf_core.model.trn import trn_from
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place


def people_named(
    connection: Connection, requests: Sequence[EnrolmentRequest], *, locks: bool
) -> dict[ParticipantId, Known]:
    """Who has a TRN or an e-mail address that is named, and every mentor that is.

    By every id that they have had: one that was given up names who has another now.
    In a unit of work they are locked; who is somebody else by then is looked for anew, in another
    transaction.
    """
    trns = filter(None, (trn_from(r.trn or "") for r in requests))
    emails = filter(None, (email_key(e or "") for r in requests for e in (r.email, r.mentor_email)))
    mentors = (r.mentor_id for r in requests if r.mentor_id)
    c, training = participants.c, training_records.c
    named = union(
        select(c.id).where(c.trn.in_(texts_in(connection, trns))),
        select(c.id).where(c.email_key.in_(texts_in(connection, emails))),
        select(c.id).where(c.id.in_(ids_in(connection, mentors))),
    ).subquery("named")
    change = participant_id_changes.c
    now = select(func.coalesce(change.participant_id, named.c.id)).select_from(
        named.outerjoin(participant_id_changes, change.from_id == named.c.id)
    )
    locked = _lock(connection, c.id.in_(now)) if locks else None
    everything = (
        participants.outerjoin(
            training_records, and_(training.participant_id == c.id, training.merged_into.is_(None))
        )
        .outerjoin(induction_records, induction_records.c.training_record_id == training.id)
        .outerjoin(
            induction_programmes, induction_programmes.c.id == induction_records.c.programme_id
        )
    )
    wanted = (
        select(
            *c,
            training.type,
            induction_programmes.c.school_id,
            induction_programmes.c.cohort,
            induction_records.c.start_date,
            induction_records.c.induction_status,
        )
        .select_from(everything)
        .where(c.id.in_(now))
        .order_by(training.created_at, training.id, *oldest_first())
    )
    people: dict[ParticipantId, Person] = {}
    places: dict[ParticipantId, list[Place]] = defaultdict(list)
    for row in connection.execute(wanted).mappings():
        person = people[row[c.id]] = person_from(row)
        if row[training.type] is not None:
            places[person.id].append(
                Place(
                    type=ParticipantType(row[training.type]),
                    school_id=row[induction_programmes.c.school_id],
                    cohort=row[induction_programmes.c.cohort],
                    since=row[induction_records.c.start_date],
                    withdrawn=row[induction_records.c.induction_status]
                    == InductionStatus.WITHDRAWN.value,
                )
            )
    if locked is not None and not people.keys() <= locked:
        raise StaleWrite("someone else is named by now")
    formerly = _formerly(connection, people)
    found = [
        Known(person=person, places=tuple(places[id_]), formerly=tuple(formerly[id_]))
        for id_, person in people.items()
    ]
    return {person.id: known for known in found for person in known.everyone}


def _lock(connection: Connection, which: ColumnElement[bool]) -> frozenset[ParticipantId] | None:
    """Whom it has locked.

    SQLite has one writer at a time, so there is nobody to lock.
    """
    if connection.dialect.name != "postgresql":
        return None
    return frozenset(connection.scalars(people_in_fixed_order(which)))


def _formerly(
    connection: Connection, people: Iterable[ParticipantId]
) -> dict[ParticipantId, list[Person]]:
    """What people were registered as besides."""
    change = participant_id_changes.c
    former: dict[ParticipantId, list[Person]] = defaultdict(list)
    wanted = (
        select(*participants.c, change.participant_id)
        .join(participant_id_changes, change.from_id == participants.c.id)
        .where(change.participant_id.in_(ids_in(connection, people)))
        .order_by(change.from_id)
    )
    for row in connection.execute(wanted).mappings():
        former[row[change.participant_id]].append(person_from(row))
    return former
