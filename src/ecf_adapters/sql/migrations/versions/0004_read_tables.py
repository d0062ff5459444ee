"""The lists that lead providers poll are flat tables; they are filled when this has been done."""

import sqlalchemy as sa
from alembic import op

revision = "0004_read_tables"
down_revision = "0003_lists"
branch_labels = None
depends_on = None


BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "read_partnerships",
        sa.Column("id", BYTES, nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("urn", sa.String(), nullable=False),
        sa.Column("school_id", BYTES, nullable=False),
        sa.Column("delivery_partner_id", BYTES, nullable=False),
        sa.Column("delivery_partner_name", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("challenged_reason", BYTES, nullable=True),
        sa.Column("challenged_at", BYTES, nullable=True),
        sa.Column("challenge_deadline", BYTES, nullable=True),
        sa.Column("induction_tutor_name", sa.String(), nullable=True),
        sa.Column("induction_tutor_email", sa.String(), nullable=True),
        sa.Column("created_at", BYTES, nullable=False),
        sa.Column("updated_at", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_partnerships")),
    )
    for moment in ("created_at", "updated_at"):
        op.create_index(
            op.f(f"ix_read_partnerships_lead_provider_id_{moment}_id"),
            "read_partnerships",
            ["lead_provider_id", moment, "id"],
        )
    op.create_table(
        "read_schools",
        sa.Column("id", BYTES, nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("name", BYTES, nullable=False),
        sa.Column("urn", BYTES, nullable=False),
        sa.Column("in_partnership", sa.Boolean(), nullable=False),
        sa.Column("induction_programme_choice", sa.String(), nullable=False),
        sa.Column("created_at", BYTES, nullable=False),
        sa.Column("updated_at", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", "cohort", name=op.f("pk_read_schools")),
    )
    op.create_index(op.f("ix_read_schools_urn"), "read_schools", ["urn"])
    for moment in ("created_at", "updated_at"):
        op.create_index(
            op.f(f"ix_read_schools_listed_{moment}"),
            "read_schools",
            ["cohort", moment, "id"],
            # As queries say it: SQLite uses the index for no other words.
            sqlite_where=sa.text("listed = 1"),
            postgresql_where=sa.text("listed"),
        )
