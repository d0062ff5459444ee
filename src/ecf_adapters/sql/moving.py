"""Which induction records a move takes along, and the statements that take them.

What they say is said by ``ecf_core.rules``; the contract suite holds the two equal.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    update,
)

from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.made_ids import MadeId
from ecf_adapters.sql.mentors import touch_mentors
from ecf_adapters.sql.tables import induction_records, is_open, names_a_mentor
from ecf_core.model.induction_record import InductionStatus
from ecf_core.rules.migrating_participants import Move

_c: Final = induction_records.c
# A successor has these of the record that it succeeds.
_GOES_ON: Final = (
    _c.training_record_id,
    _c.schedule,
    _c.training_status,
    _c.mentor_id,
    _c.appropriate_body_id,
    _c.email,
)


def is_active(at: datetime) -> ColumnElement[bool]:
    """The participant trains in it, or will without coming from another school."""
    return and_(_is_said_to_be_active, has_not_ended(at), _is_no_transfer_to_come(at))


def movable(connection: Connection, move: Move, *, at: datetime) -> int:
    wanted = select(func.count()).where(_is_moved(move, at))
    return connection.scalar(wanted) or 0


def move_records(connection: Connection, move: Move, *, at: datetime, batch: UUID) -> int:
    """Moves them; how many there were.

    Open records end first, and what succeeds them is made of the batch: so that the spans of a
    training record never overlap. A record whose end is set already is succeeded first, by one that
    keeps that end, and the transfer, and begins there; once the record is cut short it begins now.
    """
    run = connection.execution_options(preserve_rowcount=True).execute
    moved, has_begun = _is_moved(move, at), _c.start_date <= at
    touch_mentors(connection, select(_c.mentor_id).where(moved, names_a_mentor), at=at)
    end = update(induction_records).values(
        end_date=at,
        induction_status=InductionStatus.CHANGED.value,
        closed_by=batch,
        updated_at=later(at),
    )

    ended = run(end.where(moved, has_begun, is_open)).rowcount
    if ended:
        of_batch = and_(_c.programme_id.in_(move.from_programmes), _c.closed_by == batch)
        run(_successors(of_batch, move, at, school_transfer=false()))

    going = and_(moved, has_begun, not_(is_open))
    goes_on = {
        "school_transfer": _c.school_transfer,
        "start_date": _c.end_date,
        "end_date": _c.end_date,
        "closed_by": literal(batch, _c.closed_by.type),
    }
    cut_short = run(_successors(going, move, at, **goes_on)).rowcount
    if cut_short:
        run(end.values(school_transfer=False).where(going))
        waiting = and_(_c.programme_id == move.to_programme, _c.closed_by == batch)
        run(update(induction_records).values(start_date=at, closed_by=None).where(waiting))

    to_come = (
        update(induction_records)
        .where(moved, _c.start_date > at)
        .values(programme_id=move.to_programme, updated_at=later(at))
    )
    return ended + cut_short + run(to_come).rowcount


_is_said_to_be_active: Final = _c.induction_status == InductionStatus.ACTIVE.value


def has_not_ended(at: datetime) -> ColumnElement[bool]:
    return or_(is_open, _c.end_date > at)


def _is_no_transfer_to_come(at: datetime) -> ColumnElement[bool]:
    return or_(_c.start_date <= at, not_(_c.school_transfer))


def _is_moved(move: Move, at: datetime) -> ColumnElement[bool]:
    there = and_(
        _c.programme_id.in_(move.from_programmes), _is_said_to_be_active, has_not_ended(at)
    )
    return there if move.transferring_in else and_(there, _is_no_transfer_to_come(at))


def later(at: datetime) -> ColumnElement[Any]:
    """It never goes back, whatever the clock says."""
    return latest(_c.updated_at, literal(at, _c.updated_at.type))


def _successors(
    which: ColumnElement[bool], move: Move, at: datetime, **others: ColumnElement[Any]
) -> Insert:
    now = literal(at, _c.start_date.type)
    values = {
        "id": MadeId(),
        "programme_id": literal(move.to_programme, _c.programme_id.type),
        "start_date": now,
        "induction_status": literal(InductionStatus.ACTIVE.value),
        **{column.name: column for column in _GOES_ON},
        **others,
        "created_at": now,
        "updated_at": now,
    }
    return induction_records.insert().from_select(
        list(values), select(*values.values()).where(which)
    )
