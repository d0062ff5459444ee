"""The lists of participants are a flat table; it is filled when this has been done."""

import sqlalchemy as sa
from alembic import op

revision = "0009_read_enrolments"
down_revision = "0008_participants"
branch_labels = None
depends_on = None

BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "read_enrolments",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("overtaken", sa.SmallInteger(), nullable=False),
        sa.Column("id", BYTES, nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("trn", sa.String(), nullable=True),
        sa.Column("created_at", BYTES, nullable=False),
        sa.Column("updated_at", BYTES, nullable=False),
        sa.Column("id_changes", sa.String(), nullable=True),
        sa.Column("training_record_id", BYTES, nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("mentor_id", BYTES, nullable=True),
        sa.Column("urn", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("training_status", sa.String(), nullable=False),
        sa.Column("induction_status", sa.String(), nullable=False),
        sa.Column("start_date", BYTES, nullable=False),
        sa.Column("end_date", BYTES, nullable=True),
        sa.Column("trn_validated", sa.Boolean(), nullable=True),
        sa.Column("eligible_for_funding", sa.Boolean(), nullable=True),
        sa.Column("pupil_premium_uplift", sa.Boolean(), nullable=False),
        sa.Column("sparsity_uplift", sa.Boolean(), nullable=False),
        sa.Column("schedule", sa.String(), nullable=False),
        sa.Column("delivery_partner_id", BYTES, nullable=True),
        sa.Column("stopped_reason", sa.String(), nullable=True),
        sa.Column("stopped_at", BYTES, nullable=True),
        sa.Column("enrolled_at", BYTES, nullable=False),
        sa.Column("induction_end_date", sa.String(), nullable=True),
        sa.Column("mentor_funding_end_date", sa.String(), nullable=True),
        sa.Column("cohort_changed_after_payments_frozen", sa.Boolean(), nullable=False),
        sa.Column("mentor_funding_end_reason", sa.String(), nullable=True),
        sa.Column("record_created_at", BYTES, nullable=False),
        sa.PrimaryKeyConstraint(
            "id",
            "lead_provider_id",
            "training_record_id",
            "cohort",
            name=op.f("pk_read_enrolments"),
        ),
    )
    for moment in ("created_at", "updated_at"):
        op.create_index(
            op.f(f"ix_read_enrolments_{moment}"),
            "read_enrolments",
            ["lead_provider_id", moment, "id", "training_record_id"],
        )
