"""Records that leave a school, and those that name a mentor, are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0010_transfers"
down_revision = "0009_read_enrolments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, table, columns, condition in (
        (
            "ix_induction_records_leaving",
            "induction_records",
            ["training_record_id"],
            "induction_status = 'leaving'",
        ),
        (
            "ix_induction_records_mentor_id",
            "induction_records",
            ["mentor_id"],
            "mentor_id IS NOT NULL",
        ),
        (
            "ix_read_enrolments_mentors",
            "read_enrolments",
            ["lead_provider_id", "mentor_id"],
            "overtaken = 0 AND type = 'ect' AND mentor_id IS NOT NULL",
        ),
    ):
        some = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=some, postgresql_where=some)
