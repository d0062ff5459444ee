"""Records that leave a school or come from one, and those that name a mentor, are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0010_transfers"
down_revision = "0009_read_enrolments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    has_moved = sa.text("induction_status = 'leaving' OR school_transfer")
    for column in ("training_record_id", "programme_id"):
        op.create_index(
            f"ix_induction_records_has_moved_{column}",
            "induction_records",
            [column],
            sqlite_where=has_moved,
            postgresql_where=has_moved,
        )
    names_a_mentor = sa.text("mentor_id IS NOT NULL")
    op.create_index(
        "ix_induction_records_mentor_id",
        "induction_records",
        ["mentor_id"],
        sqlite_where=names_a_mentor,
        postgresql_where=names_a_mentor,
    )
