"""Who is trained, and the records of it."""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    Uuid,
    false,
    literal_column,
    or_,
)

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata, one_of
from ecf_adapters.sql.types import UtcDateTime
from ecf_core.model.appropriate_body import BodyType
from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import MentorFundingEndReason, ParticipantType

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

participant_id_changes = Table(
    "participant_id_changes",
    metadata,
    Column("from_id", ForeignKey("participants.id"), primary_key=True),
    Column("to_id", ForeignKey("participants.id"), nullable=False),
    # Who it is now: the id that was taken instead may have been given up, too.
    Column("participant_id", ForeignKey("participants.id"), nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False),
)

training_records = Table(
    "training_records",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("participant_id", ForeignKey("participants.id"), nullable=False),
    Column("type", String, nullable=False),
    Column("trn_validated", Boolean, nullable=False, server_default=false()),
    Column("eligible_for_funding", Boolean),
    Column("pupil_premium_uplift", Boolean, nullable=False, server_default=false()),
    Column("sparsity_uplift", Boolean, nullable=False, server_default=false()),
    Column("induction_end_date", Date),
    Column("mentor_funding_end_date", Date),
    Column("mentor_funding_end_reason", String),
    Column("cohort_changed_after_payments_frozen", Boolean, nullable=False, server_default=false()),
    Column("merged_into", ForeignKey("training_records.id")),
    *created_and_updated(),
    CheckConstraint(one_of("type", ParticipantType), name="type"),
    CheckConstraint(
        one_of("mentor_funding_end_reason", MentorFundingEndReason),
        name="mentor_funding_end_reason",
    ),
    Index(None, "participant_id", "type"),
    Index(None, "created_at", "id"),
)

_goes_on: Final = training_records.c.merged_into.is_(None)

Index(
    "uq_training_records_one_of_a_type_goes_on",
    training_records.c.participant_id,
    training_records.c.type,
    unique=True,
    sqlite_where=_goes_on,
    postgresql_where=_goes_on,
)

training_states = Table(
    "training_states",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("training_record_id", ForeignKey("training_records.id"), nullable=False),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint(one_of("state", TrainingStatus), name="state"),
    Index(None, "training_record_id", "at"),
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
    Column("email", String),
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


def is_leaving(records: Any) -> ColumnElement[bool]:
    """By this record the participant leaves the school."""
    leaving: ColumnElement[bool] = records.c.induction_status == literal_column(
        f"'{InductionStatus.LEAVING.value}'"
    )
    return leaving


def has_moved(records: Any) -> ColumnElement[bool]:
    """By this record the participant leaves a school, or came from another one."""
    return or_(is_leaving(records), records.c.school_transfer)


# Few do: transfers are found by these.
Index(
    "ix_induction_records_leaving",
    induction_records.c.training_record_id,
    sqlite_where=is_leaving(induction_records),
    postgresql_where=is_leaving(induction_records),
)

names_a_mentor: Final = induction_records.c.mentor_id.is_not(None)

Index(
    "ix_induction_records_mentor_id",
    induction_records.c.mentor_id,
    sqlite_where=names_a_mentor,
    postgresql_where=names_a_mentor,
)
