from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select, union

from ecf_adapters.sql.induction_rows import oldest_first, person_from
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    participants,
    training_records,
)
from ecf_adapters.sql.values import ids_in, texts_in
from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import ParticipantType, Person, email_key
from ecf_core.model.trn import trn_from
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place


def people_named(
    connection: Connection, requests: Sequence[EnrolmentRequest]
) -> dict[ParticipantId, Known]:
    """Who has a TRN or an e-mail address that is named, and every mentor that is."""
    trns = filter(None, (trn_from(r.trn or "") for r in requests))
    emails = filter(None, (email_key(e or "") for r in requests for e in (r.email, r.mentor_email)))
    mentors = (r.mentor_id for r in requests if r.mentor_id)
    c, training = participants.c, training_records.c
    named = union(
        select(c.id).where(c.trn.in_(texts_in(connection, trns))),
        select(c.id).where(c.email_key.in_(texts_in(connection, emails))),
        select(c.id).where(c.id.in_(ids_in(connection, mentors))),
    )
    everything = (
        participants.outerjoin(training_records, training.participant_id == c.id)
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
        )
        .select_from(everything)
        .where(c.id.in_(named))
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
                )
            )
    return {id_: Known(person=person, places=tuple(places[id_])) for id_, person in people.items()}
