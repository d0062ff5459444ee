"""The lists that lead providers poll, a flat table each: what a row is sent as, and its order."""

from sqlalchemy import Boolean, Column, Index, PrimaryKeyConstraint, String, Table, Uuid

from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.tables.sent import (
    any_text,
    column_sent_as,
    plain,
    to_the_millisecond,
    to_the_second,
    year,
    yes_or_no,
)
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
    column_sent_as(
        "partnership",
        cohort=year("cohort"),
        urn=any_text("urn"),
        school_id=plain("school_id"),
        delivery_partner_id=plain("delivery_partner_id"),
        delivery_partner_name=any_text("delivery_partner_name"),
        status=plain("status"),
        challenged_reason=any_text("challenged_reason"),
        challenged_at=to_the_millisecond("challenged_at"),
        induction_tutor_name=any_text("induction_tutor_name"),
        induction_tutor_email=any_text("induction_tutor_email"),
        created_at=to_the_second("created_at"),
        updated_at=to_the_second("updated_at"),
    ),
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
    column_sent_as(
        "school",
        name=any_text("name"),
        urn=any_text("urn"),
        cohort=year("cohort"),
        in_partnership=yes_or_no("in_partnership"),
        induction_programme_choice=plain("induction_programme_choice"),
        created_at=to_the_second("created_at"),
        updated_at=to_the_second("updated_at"),
    ),
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
