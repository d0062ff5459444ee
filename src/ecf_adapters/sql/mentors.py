"""Naming someone as a mentor touches them: lead providers that poll for mentors learn of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update

from ecf_adapters.sql.tables import induction_records, participants
from ecf_core.model.ids import ParticipantId
from ecf_core.model.induction_record import InductionRecord


def touch_mentors(
    connection: Connection, mentors: "Select[Any] | Sequence[ParticipantId]", *, at: datetime
) -> None:
    """Their change is no earlier than this from now on.

    They are locked in a fixed order: whoever touches several waits for nobody who waits for them.
    """
    c, mentor = participants.c, participants.alias("mentor")
    locked = (
        select(mentor.c.id)
        .where(mentor.c.id.in_(mentors))
        .order_by(mentor.c.id)
        .with_for_update(key_share=True, of=mentor)
    )
    connection.execute(
        update(participants).where(c.id.in_(locked), c.updated_at < at).values(updated_at=at)
    )


def touch_mentors_of(
    connection: Connection, records: Sequence[InductionRecord]
) -> set[ParticipantId]:
    """Those whom records that are about to be put name, or name no longer; who they are."""
    c = induction_records.c
    named = select(c.id, c.mentor_id).where(c.id.in_([record.id for record in records]))
    before = {row.id: row.mentor_id for row in connection.execute(named)}
    changed = [record for record in records if record.mentor_id != before.get(record.id)]
    mentors = {m for r in changed for m in (r.mentor_id, before.get(r.id)) if m is not None}
    if mentors:
        at = max(record.updated_at for record in changed)
        touch_mentors(connection, sorted(mentors), at=at)
    return mentors
