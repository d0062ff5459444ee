"""Answers to commands that may be sent again, and the leases of the rate limit."""

import sqlalchemy as sa
from alembic import op

revision = "0005_answers"
down_revision = "0004_read_tables"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_answers_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint("lead_provider_id", "operation", "name", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_answered_at"), "answers", ["answered_at"], unique=False)
    op.create_table(
        "leased_requests",
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("window_began", sa.BigInteger(), nullable=False),
        sa.Column("leased", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", "window_began", name=op.f("pk_leased_requests")),
    )
    op.create_index(
        op.f("ix_leased_requests_window_began"), "leased_requests", ["window_began"], unique=False
    )
