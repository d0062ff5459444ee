"""The list of schools is read in the order of an index."""

from alembic import op

revision = "0003_lists"
down_revision = "0002_cohort_set_up"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_schools_created_at_id"), "schools", ["created_at", "id"], unique=False)
