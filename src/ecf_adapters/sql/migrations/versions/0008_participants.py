"""What is known of a participant's training, what lead providers say of it, and changes of id."""

import sqlalchemy as sa
from alembic import op

revision = "0008_participants"
down_revision = "0007_spans"
branch_labels = None
depends_on = None

_REASONS = (
    "mentor_funding_end_reason IN ('completed_declaration_received',"
    " 'completed_during_early_roll_out', 'started_not_completed')"
)


def upgrade() -> None:
    op.add_column("induction_records", sa.Column("email", sa.String(), nullable=True))
    op.create_table(
        "participant_id_changes",
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["participants.id"], name=op.f(f"fk_participant_id_changes_{column}")
            )
            for column in ("from_id", "to_id", "participant_id")
        ),
        sa.PrimaryKeyConstraint("from_id", name=op.f("pk_participant_id_changes")),
    )
    op.create_index(
        op.f("ix_participant_id_changes_participant_id"),
        "participant_id_changes",
        ["participant_id"],
    )
    _training_records()
    op.create_table(
        "training_states",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("training_record_id", sa.Uuid(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'deferred', 'withdrawn')", name=op.f("ck_training_states_state")
        ),
        sa.ForeignKeyConstraint(
            ["training_record_id"],
            ["training_records.id"],
            name=op.f("fk_training_states_training_record_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_training_states_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_states")),
    )
    op.create_index(
        op.f("ix_training_states_training_record_id_at"),
        "training_states",
        ["training_record_id", "at"],
    )


def _training_records() -> None:
    with op.batch_alter_table("training_records") as table:
        table.drop_constraint(op.f("uq_training_records_participant_id_type"), type_="unique")
        for name in (
            "trn_validated",
            "pupil_premium_uplift",
            "sparsity_uplift",
            "cohort_changed_after_payments_frozen",
        ):
            table.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        table.add_column(sa.Column("eligible_for_funding", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("induction_end_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("mentor_funding_end_date", sa.Date(), nullable=True))
        table.add_column(sa.Column("mentor_funding_end_reason", sa.String(), nullable=True))
        table.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_training_records_merged_into"), "training_records", ["merged_into"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_training_records_mentor_funding_end_reason"), _REASONS
        )
        table.create_index(
            op.f("ix_training_records_participant_id_type"), ["participant_id", "type"]
        )
    goes_on = sa.column("merged_into").is_(None)
    op.create_index(
        "uq_training_records_one_of_a_type_goes_on",
        "training_records",
        ["participant_id", "type"],
        unique=True,
        sqlite_where=goes_on,
        postgresql_where=goes_on,
    )
