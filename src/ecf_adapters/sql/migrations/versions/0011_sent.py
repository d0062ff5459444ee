"""A row of a polled list has the JSON that it is sent as.

SQLite adds no such column to a table that is there, and makes the table anew.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011_sent"
down_revision = "0010_transfers"
branch_labels = None
depends_on = None

JSON = {
    "sqlite": r"json_quote(\1)",
    "postgresql": r"right(left(json_object(ARRAY['', \1]::text[])::text, -1), -6)",
}
"""What stands for a name in square brackets."""

PARTNERSHIP = """\
'{"id":' || '"' || id || '"' || ',"type":"partnership","attributes":'
|| '{"cohort":' || '"' || CAST(cohort AS VARCHAR) || '"'
|| ',"urn":' || [urn]
|| ',"school_id":' || '"' || school_id || '"'
|| ',"delivery_partner_id":' || '"' || delivery_partner_id || '"'
|| ',"delivery_partner_name":' || [delivery_partner_name]
|| ',"status":' || '"' || status || '"'
|| ',"challenged_reason":' || [challenged_reason]
|| ',"challenged_at":' || CASE WHEN (challenged_at IS NULL) THEN 'null'
ELSE '"' || substr(challenged_at, 1, 23) || 'Z' || '"' END
|| ',"induction_tutor_name":' || [induction_tutor_name]
|| ',"induction_tutor_email":' || [induction_tutor_email]
|| ',"created_at":' || '"' || substr(created_at, 1, 19) || 'Z' || '"'
|| ',"updated_at":' || '"' || substr(updated_at, 1, 19) || 'Z' || '"' || '}}'"""
SCHOOL = """\
'{"id":' || '"' || id || '"' || ',"type":"school","attributes":'
|| '{"name":' || [name]
|| ',"urn":' || [urn]
|| ',"cohort":' || '"' || CAST(cohort AS VARCHAR) || '"'
|| ',"in_partnership":' || CASE WHEN in_partnership THEN 'true' ELSE 'false' END
|| ',"induction_programme_choice":' || '"' || induction_programme_choice || '"'
|| ',"created_at":' || '"' || substr(created_at, 1, 19) || 'Z' || '"'
|| ',"updated_at":' || '"' || substr(updated_at, 1, 19) || 'Z' || '"' || '}}'"""


def sent(row: str) -> sa.Column[str]:
    json = re.sub(r"\[(\w+)\]", JSON[op.get_context().dialect.name], row.replace("\n", " "))
    return sa.Column(
        "sent", sa.String(), sa.Computed(sa.text(json), persisted=True), nullable=False
    )


def upgrade() -> None:
    for name, row in (("read_partnerships", PARTNERSHIP), ("read_schools", SCHOOL)):
        with op.batch_alter_table(name) as table:
            table.add_column(sent(row))
