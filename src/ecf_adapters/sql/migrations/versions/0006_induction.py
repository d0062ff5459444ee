"""Participants, their training, and the records of it."""

import sqlalchemy as sa
from alembic import op

from ecf_adapters.sql.migrations.columns import created_and_updated

revision = "0006_induction"
down_revision = "0005_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appropriate_bodies",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        *created_and_updated(),
        sa.CheckConstraint(
            "type IN ('local_authority', 'teaching_school_hub', 'national')",
            name=op.f("ck_appropriate_bodies_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appropriate_bodies")),
        sa.UniqueConstraint("name", name=op.f("uq_appropriate_bodies_name")),
    )
    op.create_table(
        "participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("trn", sa.String(), nullable=True),
        *created_and_updated(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("email_key", name=op.f("uq_participants_email_key")),
        sa.UniqueConstraint("trn", name=op.f("uq_participants_trn")),
    )
    op.create_table(
        "training_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        *created_and_updated(),
        sa.CheckConstraint("type IN ('ect', 'mentor')", name=op.f("ck_training_records_type")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_training_records_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_records")),
        sa.UniqueConstraint(
            "participant_id", "type", name=op.f("uq_training_records_participant_id_type")
        ),
    )
    op.create_index(
        op.f("ix_training_records_created_at_id"), "training_records", ["created_at", "id"]
    )
    _induction_records()


def _induction_records() -> None:
    op.create_table(
        "induction_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_record_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("start_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("induction_status", sa.String(), nullable=False),
        sa.Column("training_status", sa.String(), nullable=False),
        sa.Column("school_transfer", sa.Boolean(), nullable=False),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("appropriate_body_id", sa.Uuid(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        *created_and_updated(),
        sa.CheckConstraint(
            "end_date >= start_date", name=op.f("ck_induction_records_start_before_end")
        ),
        sa.CheckConstraint(
            "induction_status <> 'changed' OR end_date IS NOT NULL",
            name=op.f("ck_induction_records_changed_has_ended"),
        ),
        sa.CheckConstraint(
            "induction_status IN ('active', 'withdrawn', 'changed', 'leaving', 'completed')",
            name=op.f("ck_induction_records_induction_status"),
        ),
        sa.CheckConstraint(
            "training_status IN ('active', 'deferred', 'withdrawn')",
            name=op.f("ck_induction_records_training_status"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_induction_records_{column}"))
            for column, other in (
                ("training_record_id", "training_records.id"),
                ("programme_id", "induction_programmes.id"),
                ("mentor_id", "participants.id"),
                ("appropriate_body_id", "appropriate_bodies.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_records")),
    )
    op.create_index(
        op.f("ix_induction_records_training_record_id_start_date"),
        "induction_records",
        ["training_record_id", "start_date"],
    )
    op.create_index(
        op.f("ix_induction_records_programme_id_end_date"),
        "induction_records",
        ["programme_id", "end_date"],
    )
    is_open = sa.column("end_date").is_(None)
    op.create_index(
        "uq_induction_records_one_open_per_training_record",
        "induction_records",
        ["training_record_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
