"""The step that use cases share which put participants under another programme."""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from ecf_core.events import Event, ParticipantsMigrated
from ecf_core.model.ids import SchoolId
from ecf_core.model.partnership import Agreement
from ecf_core.ports.facts import Facts
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.rules.migrating_participants import Move, Moved


@frozen(kw_only=True)
class Formed(Agreement):
    """An agreement that was formed or changed, and who moved into it; ``None`` if nobody could."""

    moved: Moved | None = None

    @classmethod
    def of(cls, agreement: Agreement, moved: Moved | None) -> "Formed":
        return cls(
            partnership=agreement.partnership,
            school=agreement.school,
            lead_provider=agreement.lead_provider,
            delivery_partner=agreement.delivery_partner,
            moved=moved if moved and moved.from_programmes else None,
        )


def move_participants(
    work: UnitOfWork,
    move: Move,
    *,
    school_id: SchoolId,
    cohort: int,
    batch: UUID,
    at: datetime,
) -> tuple[Moved, list[Event]]:
    """Moves whoever the move takes along, and what is to be told of it: nothing of nobody."""
    if not move.from_programmes:
        return _moved(move, 0), []
    participants = work.participants.move(move, at=at, batch=batch)
    migrated = ParticipantsMigrated(
        school_id=school_id,
        cohort=cohort,
        batch=batch,
        from_programmes=move.from_programmes,
        to_programme=move.to_programme,
        participants=participants,
    )
    return _moved(move, participants), [migrated] if participants else []


def would_move(facts: Facts, move: Move, *, at: datetime) -> Moved:
    """Who would move, for a dry run."""
    return _moved(move, facts.movable(move, at=at) if move.from_programmes else 0)


def _moved(move: Move, participants: int) -> Moved:
    return Moved(
        from_programmes=move.from_programmes,
        to_programme=move.to_programme,
        participants=participants,
    )
