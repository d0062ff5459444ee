"""The lists that lead providers poll, a flat table each: what a row is sent as, and its order."""

from sqlalchemy import Boolean, Column, Index, PrimaryKeyConstraint, String, Table, Uuid

from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.types import ShownInstant, Year, byte_by_byte

read_partnerships = Table(
    "read_partnerships",
    metadata,
    Column("id", byte_by_byte(), primary_key=True),
    Column("lead_provider_id", Uuid, nullable=False),
    Column("cohort", Year, nullable=False),
    Column("urn", String, nullable=False),
    Column("school_id", byte_by_byte(), nullable=False),
    Column("delivery_partner_id", byte_by_byte(), nullable=False),
    Column("delivery_partner_name", String),
    Column("status", String, nullable=False),
    Column("challenged_reason", byte_by_byte()),
    Column("challenged_at", ShownInstant),
    Column("challenge_deadline", ShownInstant),
    Column("induction_tutor_name", String),
    Column("induction_tutor_email", String),
    Column("created_at", ShownInstant, nullable=False),
    Column("updated_at", ShownInstant, nullable=False),
    Index(None, "lead_provider_id", "created_at", "id"),
    Index(None, "lead_provider_id", "updated_at", "id"),
)

# What was listed once stays, as not listed: whoever writes has nothing to take away.
read_schools = Table(
    "read_schools",
    metadata,
    Column("id", byte_by_byte(), nullable=False),
    Column("cohort", Year, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("name", byte_by_byte(), nullable=False),
    Column("urn", byte_by_byte(), nullable=False),
    Column("in_partnership", Boolean, nullable=False),
    Column("induction_programme_choice", String, nullable=False),
    Column("created_at", ShownInstant, nullable=False),
    Column("updated_at", ShownInstant, nullable=False),
    PrimaryKeyConstraint("id", "cohort"),
    Index(None, "urn"),
)

for moment in ("created_at", "updated_at"):
    Index(
        f"ix_read_schools_listed_{moment}",
        read_schools.c.cohort,
        read_schools.c[moment],
        read_schools.c.id,
        sqlite_where=read_schools.c.listed,
        postgresql_where=read_schools.c.listed,
    )
