"""Who is trained, and the records of it."""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata, one_of
from ecf_adapters.sql.types import UtcDateTime
from ecf_core.model.appropriate_body import BodyType
from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import ParticipantType

appropriate_bodies = Table(
    "appropriate_bodies",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("type", String, nullable=False),
    *created_and_updated(),
    CheckConstraint(one_of("type", BodyType), name="type"),
)

participants = Table(
    "participants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("full_name", String, nullable=False),
    Column("email", String, nullable=False),
    # What the model compares e-mail addresses by.
    Column("email_key", String, nullable=False, unique=True),
    Column("trn", String, unique=True),
    *created_and_updated(),
)

training_records = Table(
    "training_records",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("participant_id", ForeignKey("participants.id"), nullable=False),
    Column("type", String, nullable=False),
    *created_and_updated(),
    UniqueConstraint("participant_id", "type"),
    CheckConstraint(one_of("type", ParticipantType), name="type"),
    Index(None, "created_at", "id"),
)

induction_records = Table(
    "induction_records",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("training_record_id", ForeignKey("training_records.id"), nullable=False),
    Column("programme_id", ForeignKey("induction_programmes.id"), nullable=False),
    Column("schedule", String, nullable=False),
    Column("start_date", UtcDateTime, nullable=False),
    Column("end_date", UtcDateTime),
    Column("induction_status", String, nullable=False),
    Column("training_status", String, nullable=False),
    Column("school_transfer", Boolean, nullable=False),
    Column("mentor_id", ForeignKey("participants.id")),
    Column("appropriate_body_id", ForeignKey("appropriate_bodies.id")),
    # The move that ended it, if one did.
    Column("closed_by", Uuid),
    *created_and_updated(),
    CheckConstraint("end_date >= start_date", name="start_before_end"),
    CheckConstraint(
        "induction_status <> 'changed' OR end_date IS NOT NULL", name="changed_has_ended"
    ),
    CheckConstraint(one_of("induction_status", InductionStatus), name="induction_status"),
    CheckConstraint(one_of("training_status", TrainingStatus), name="training_status"),
    Index(None, "training_record_id", "start_date"),
    # Of a programme those who are in it yet, and not all who ever were.
    Index(None, "programme_id", "end_date"),
)

is_open: Final = induction_records.c.end_date.is_(None)

Index(
    "uq_induction_records_one_open_per_training_record",
    induction_records.c.training_record_id,
    unique=True,
    sqlite_where=is_open,
    postgresql_where=is_open,
)
