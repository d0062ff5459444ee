"""What support decides on: participants as a whole, held with every school cohort of theirs."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from ecf_adapters.sql.facts.joins import in_fixed_order, lock, of_school
from ecf_adapters.sql.induction_rows import person_from
from ecf_adapters.sql.participants_in_training import of_id, participants_where, whose
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    participants,
    school_cohorts,
    training_records,
)
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import SchoolId
from ecf_core.model.participant import Person, email_key
from ecf_core.model.participant_in_training import Participant
from ecf_core.model.trn import trn_from
from ecf_core.rules.amending_a_participant import AmendmentRequest, ProposedAmendment
from ecf_core.rules.merging_participants import MergeRequest, ProposedMerge
from ecf_core.rules.removing_a_participant import ProposedRemoval, RemovalRequest

Places = frozenset[tuple[SchoolId, int]]
"""School cohorts, each by its school and its cohort."""


def proposed_amendment(
    connection: Connection, request: AmendmentRequest, *, locks: bool
) -> ProposedAmendment:
    (participant,) = participants_of(connection, whose(request.participant_id), locks=locks)
    c, trn = participants.c, trn_from(request.trn or "")
    return ProposedAmendment(
        request=request,
        participant=participant,
        with_email=_registered(connection, c.email_key == email_key(request.email or "")),
        with_trn=_registered(connection, c.trn == trn) if trn else None,
    )


def proposed_merge(connection: Connection, request: MergeRequest, *, locks: bool) -> ProposedMerge:
    named = of_id(request.from_id), of_id(request.to_id)
    given_up, goes_on = participants_of(connection, *named, locks=locks)
    return ProposedMerge(request=request, given_up=given_up, goes_on=goes_on)


def proposed_removal(
    connection: Connection, request: RemovalRequest, *, locks: bool
) -> ProposedRemoval:
    (participant,) = participants_of(connection, whose(request.participant_id), locks=locks)
    return ProposedRemoval(request=request, participant=participant)


def participants_of(
    connection: Connection,
    *named: ColumnElement[bool],
    to_cohort: int | None = None,
    locks: bool,
) -> tuple[Participant | None, ...]:
    """The participants that conditions name, in their order.

    In a unit of work they are held by every school cohort that they have been in, and by those that
    their schools have of another cohort, if they may go to one. To lock them takes to know where
    the participants have been: who goes elsewhere meanwhile is looked for anew, in another
    transaction.
    """
    locked = _lock(connection, or_(*named), to_cohort) if locks else None
    found = tuple(_one(connection, which) for which in named)
    if locked is not None and locked != _places(found):
        raise StaleWrite("the participant went elsewhere")
    return found


def _lock(connection: Connection, who: ColumnElement[bool], to_cohort: int | None) -> Places:
    """Locks where participants have been, and where they may go; the former."""
    c = induction_programmes.c
    been = (
        select(c.school_id, c.cohort)
        .distinct()
        .join(induction_records, induction_records.c.programme_id == c.id)
        .join(training_records, training_records.c.id == induction_records.c.training_record_id)
        .join(participants, participants.c.id == training_records.c.participant_id)
        .where(who)
    )
    places = frozenset((school_id, year) for school_id, year in connection.execute(been))
    if places:
        s = school_cohorts.c
        there = and_(s.school_id.in_({school for school, _ in places}), s.cohort == to_cohort)
        here = (of_school(*place) for place in places)
        lock(connection, in_fixed_order(or_(*here, there)))
    return places


def _one(connection: Connection, which: ColumnElement[bool]) -> Participant | None:
    return next(iter(participants_where(connection, which)), None)


def _places(found: Iterable[Participant | None]) -> Places:
    return frozenset(
        (placed.school_id, placed.cohort)
        for participant in found
        if participant is not None
        for training in participant.trainings
        for placed in training.history
    )


def _registered(connection: Connection, which: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(participants).where(which)).mappings().one_or_none()
    return person_from(row) if row else None
