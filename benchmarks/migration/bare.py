"""The least that moves participants: two statements over the same tables."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Engine, TextClause, Uuid, bindparam, text

from ecf_adapters.sql.engine import WRITES
from ecf_adapters.sql.types import UtcDateTime

_END: Final = """
UPDATE induction_records
SET end_date = :at, induction_status = 'changed', closed_by = :batch, updated_at = :at
WHERE programme_id = :source AND end_date IS NULL AND induction_status = 'active'
"""
_BEGIN: Final = """
INSERT INTO induction_records (
    id, training_record_id, programme_id, schedule, start_date, induction_status,
    training_status, school_transfer, mentor_id, appropriate_body_id, created_at, updated_at
)
SELECT {id}, training_record_id, :target, schedule, :at, 'active',
    training_status, {no}, mentor_id, appropriate_body_id, :at, :at
FROM induction_records
WHERE programme_id = :source AND closed_by = :batch
"""
_POSTGRESQL: Final = {"id": "gen_random_uuid()", "no": "false"}
_SQLITE: Final = {"id": "lower(hex(randomblob(16)))", "no": "0"}


def move(engine: Engine, source: UUID, target: UUID, *, at: datetime, batch: UUID) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        words = _POSTGRESQL if engine.dialect.name == "postgresql" else _SQLITE
        names = {"source": source, "target": target, "batch": batch}
        ending = {name: names[name] for name in ("source", "batch")}
        connection.execute(_typed(_END, *ending), {**ending, "at": at})
        connection.execute(_typed(_BEGIN.format(**words), *names), {**names, "at": at})
        connection.commit()


def _typed(statement: str, *ids: str) -> TextClause:
    return text(statement).bindparams(
        bindparam("at", type_=UtcDateTime), *(bindparam(id_, type_=Uuid) for id_ in ids)
    )
