"""What changing an induction record does: its history is added to, never written anew.

Live service, ``ChangeInductionRecord``; but a record that has ended is never given another end.
What a lead provider says of one that has ended is written on it, within its span
(``records_acted_on``).
"""

from collections.abc import Callable
from datetime import datetime
from typing import assert_never

from attrs import evolve, frozen

from ecf_core.model.ids import InductionRecordId
from ecf_core.model.induction_record import InductionRecord, InductionStatus


@frozen
class EditInPlace:
    """It has not begun: it is changed as it stands, since there is no history to keep."""

    record: InductionRecord


@frozen
class Succeed:
    """It has begun: it ends now, as changed, and a copy with the changes begins."""

    record: InductionRecord


@frozen
class Refuse:
    """It has ended: what is over is not changed, or it would end before it starts."""

    record: InductionRecord


RecordChange = EditInPlace | Succeed | Refuse


def record_change(record: InductionRecord, *, at: datetime) -> RecordChange:
    """What changing ``record`` means at an instant."""
    if record.ended(at):
        return Refuse(record)
    if record.start_date > at:
        return EditInPlace(record)
    return Succeed(record)


def records_after(
    change: EditInPlace | Succeed,
    edit: Callable[[InductionRecord], InductionRecord],
    *,
    fresh_id: InductionRecordId,
    at: datetime,
) -> tuple[InductionRecord, ...]:
    """The records to put, the one that ends first; ``fresh_id`` is for a successor.

    A transfer stays with the record that it began, unless that one has its end set already: then
    it goes on with the end.
    """
    match change:
        case EditInPlace(record):
            return (evolve(edit(record), updated_at=max(record.updated_at, at)),)
        case Succeed(record):
            ends = record.end_date is not None
            ended = evolve(
                record,
                induction_status=InductionStatus.CHANGED,
                end_date=at,
                school_transfer=record.school_transfer and not ends,
                updated_at=max(record.updated_at, at),
            )
            successor = evolve(
                record,
                id=fresh_id,
                start_date=at,
                school_transfer=record.school_transfer and ends,
                created_at=at,
                updated_at=at,
            )
            return ended, edit(successor)
        case _:
            assert_never(change)
