"""A row of a polled list has the JSON that it is sent as.

The two tables are made anew, since SQLite adds no such column to one that is there; they are filled
when this has been done.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011_sent"
down_revision = "0010_transfers"
branch_labels = None
depends_on = None

BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")
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
    op.drop_table("read_partnerships")
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
        sent(PARTNERSHIP),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_partnerships")),
    )
    for moment in ("created_at", "updated_at"):
        op.create_index(
            op.f(f"ix_read_partnerships_lead_provider_id_{moment}_id"),
            "read_partnerships",
            ["lead_provider_id", moment, "id"],
        )
    op.drop_table("read_schools")
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
        sent(SCHOOL),
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
