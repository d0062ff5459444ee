"""What support decides on: participants as a whole, held with every school cohort of theirs."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, or_, select

from ecf_adapters.sql.facts.joins import in_fixed_order, lock, of_school
from ecf_adapters.sql.participants_in_training import of_id, participants_where, whose
from ecf_adapters.sql.tables import participant_id_changes, participants
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import ParticipantId, SchoolId
from ecf_core.model.participant import email_key
from ecf_core.model.participant_in_training import Participant
from ecf_core.model.trn import trn_from
from ecf_core.rules.amending_a_participant import AmendmentRequest, ProposedAmendment
from ecf_core.rules.merging_participants import MergeRequest, ProposedMerge
from ecf_core.rules.removing_a_participant import ProposedRemoval, RemovalRequest


def proposed_amendment(
    connection: Connection, request: AmendmentRequest, *, locks: bool
) -> ProposedAmendment:
    (participant,) = participants_of(connection, whose(request.participant_id), locks=locks)
    c, trn = participants.c, trn_from(request.trn or "")
    return ProposedAmendment(
        request=request,
        participant=participant,
        with_email=_holder(connection, c.email_key == email_key(request.email or "")),
        with_trn=_holder(connection, c.trn == trn) if trn else None,
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
    connection: Connection, *named: ColumnElement[bool], locks: bool
) -> tuple[Participant | None, ...]:
    """The participants that conditions name, in their order.

    To lock their school cohorts takes to know where they are: who goes elsewhere while the locks
    are waited for is looked for there anew, in another transaction.
    """
    found = tuple(_one(connection, which) for which in named)
    if not locks:
        return found
    places = _places(found)
    if places:
        lock(connection, in_fixed_order(or_(*(of_school(*place) for place in sorted(places)))))
    held = tuple(_one(connection, which) for which in named)
    if _places(held) != places:
        raise StaleWrite("the participant went elsewhere")
    return held


def _one(connection: Connection, which: ColumnElement[bool]) -> Participant | None:
    return next(iter(participants_where(connection, which)), None)


def _places(found: Iterable[Participant | None]) -> set[tuple[SchoolId, int]]:
    return {
        (placed.school_id, placed.cohort)
        for participant in found
        if participant is not None
        for training in participant.trainings
        for placed in training.history
    }


def _holder(connection: Connection, which: ColumnElement[bool]) -> ParticipantId | None:
    """Who a person is now."""
    c, changes = participants.c, participant_id_changes.c
    row = connection.execute(
        select(c.id, changes.participant_id)
        .outerjoin_from(participants, participant_id_changes, changes.from_id == c.id)
        .where(which)
    ).one_or_none()
    return None if row is None else row.participant_id or row.id
