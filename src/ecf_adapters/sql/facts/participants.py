"""What support decides on: participants as a whole, held with every school cohort of theirs."""

from sqlalchemy import ColumnElement, Connection, and_, or_, select, union

from ecf_adapters.sql.facts.joins import in_fixed_order, lock, of_school, people_in_fixed_order
from ecf_adapters.sql.induction_rows import person_from
from ecf_adapters.sql.participants_in_training import of_id, participants_where, whose
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    names_a_mentor,
    participants,
    school_cohorts,
    training_records,
)
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import ParticipantId, SchoolId
from ecf_core.model.participant import Person, email_key
from ecf_core.model.participant_in_training import Participant
from ecf_core.model.trn import trn_from
from ecf_core.rules.merging_participants import MergeRequest, ProposedMerge
from ecf_core.rules.proposed_amendment import AmendmentRequest, ProposedAmendment
from ecf_core.rules.removing_a_participant import ProposedRemoval, RemovalRequest

Stays = frozenset[tuple[ParticipantId, SchoolId, int]]
"""Who has been, or has been a mentor, at which school in which cohort."""


def proposed_amendment(
    connection: Connection, request: AmendmentRequest, *, locks: bool
) -> ProposedAmendment:
    (participant,) = participants_of(
        connection, whose(request.participant_id), as_people=True, locks=locks
    )
    c, trn = participants.c, trn_from(request.trn or "")
    return ProposedAmendment(
        request=request,
        participant=participant,
        with_email=_registered(connection, c.email_key == email_key(request.email or "")),
        with_trn=_registered(connection, c.trn == trn) if trn else None,
    )


def proposed_merge(connection: Connection, request: MergeRequest, *, locks: bool) -> ProposedMerge:
    named = of_id(request.from_id), of_id(request.to_id)
    given_up, goes_on = participants_of(connection, *named, as_people=True, locks=locks)
    return ProposedMerge(request=request, given_up=given_up, goes_on=goes_on)


def proposed_removal(
    connection: Connection, request: RemovalRequest, *, locks: bool
) -> ProposedRemoval:
    (participant,) = participants_of(
        connection, whose(request.participant_id), as_people=True, locks=locks
    )
    return ProposedRemoval(request=request, participant=participant)


def participants_of(
    connection: Connection,
    *named: ColumnElement[bool],
    to_cohort: int | None = None,
    as_people: bool = False,
    locks: bool,
) -> tuple[Participant | None, ...]:
    """The participants that conditions name, in their order.

    In a unit of work they are held by every school cohort that they have been in, and by those that
    their schools have of another cohort, if they may go to one. Where it is about them as people,
    they are locked themselves too, and so is every school cohort where they have been a mentor. To
    lock all this takes to know where the participants have been: who goes elsewhere meanwhile is
    looked for anew, in another transaction.
    """
    who = or_(*named)
    locked = _lock(connection, who, to_cohort, as_people=as_people) if locks else None
    found = tuple(_one(connection, which) for which in named)
    if locked is not None and locked != _stays(connection, who, as_people=as_people):
        raise StaleWrite("the participant went elsewhere")
    return found


def _lock(
    connection: Connection, who: ColumnElement[bool], to_cohort: int | None, *, as_people: bool
) -> Stays:
    """Locks where participants have been, and where they may go, then themselves; the first."""
    stays = _stays(connection, who, as_people=as_people)
    if stays:
        s = school_cohorts.c
        there = and_(s.school_id.in_({school for _, school, _ in stays}), s.cohort == to_cohort)
        here = {(school, cohort) for _, school, cohort in stays}
        people = {person for person, _, _ in stays} if as_people else set()
        lock(
            connection,
            in_fixed_order(or_(*(of_school(*place) for place in here), there)),
            people_in_fixed_order(participants.c.id.in_(people)),
        )
    return stays


def _stays(connection: Connection, who: ColumnElement[bool], *, as_people: bool) -> Stays:
    c, record = induction_programmes.c, induction_records.c
    been = (
        select(participants.c.id, c.school_id, c.cohort)
        .select_from(participants)
        .join(training_records, training_records.c.participant_id == participants.c.id)
        .join(induction_records, record.training_record_id == training_records.c.id)
        .join(induction_programmes, c.id == record.programme_id)
        .where(who)
    )
    mentored = (
        select(record.mentor_id, c.school_id, c.cohort)
        .select_from(induction_records)
        .join(induction_programmes, c.id == record.programme_id)
        .where(names_a_mentor, record.mentor_id.in_(select(participants.c.id).where(who)))
    )
    rows = connection.execute(union(been, mentored) if as_people else been.distinct())
    return frozenset((person, school, cohort) for person, school, cohort in rows)


def _one(connection: Connection, which: ColumnElement[bool]) -> Participant | None:
    return next(iter(participants_where(connection, which)), None)


def _registered(connection: Connection, which: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(participants).where(which)).mappings().one_or_none()
    return person_from(row) if row else None
