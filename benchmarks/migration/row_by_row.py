"""Participants moved one after the other by an object-relational mapper, as the live service does.

It does less for each than the live service, which besides touches the participant and keeps
versions: it reads the record, ends it, and adds the next.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Engine, Uuid, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from ecf_adapters.sql.engine import WRITES
from ecf_adapters.sql.types import UtcDateTime


class Base(DeclarativeBase):
    """What the entities of a mapper have in common."""

    type_annotation_map = {datetime: UtcDateTime, UUID: Uuid}  # noqa: RUF012 - SQLAlchemy's


class InductionRecord(Base):
    """An induction record as an entity of the mapper."""

    __tablename__ = "induction_records"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    training_record_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    schedule: Mapped[str]
    start_date: Mapped[datetime]
    end_date: Mapped[datetime | None]
    induction_status: Mapped[str]
    training_status: Mapped[str]
    school_transfer: Mapped[bool]
    mentor_id: Mapped[UUID | None]
    appropriate_body_id: Mapped[UUID | None]
    closed_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


def move(engine: Engine, source: UUID, target: UUID, *, at: datetime, batch: UUID) -> None:
    writes = engine.connect().execution_options(**{WRITES: True})
    with writes as connection, Session(connection) as session:
        waiting = select(InductionRecord.id).where(
            InductionRecord.programme_id == source,
            InductionRecord.end_date.is_(None),
            InductionRecord.induction_status == "active",
        )
        for id_ in session.scalars(waiting).all():
            record = session.get_one(InductionRecord, id_)
            record.end_date = at
            record.induction_status = "changed"
            record.closed_by = batch
            record.updated_at = at
            session.flush()
            session.add(
                InductionRecord(
                    id=uuid4(),
                    training_record_id=record.training_record_id,
                    programme_id=target,
                    schedule=record.schedule,
                    start_date=at,
                    induction_status="active",
                    training_status=record.training_status,
                    school_transfer=False,
                    mentor_id=record.mentor_id,
                    appropriate_body_id=record.appropriate_body_id,
                    created_at=at,
                    updated_at=at,
                )
            )
            session.flush()
        session.commit()
