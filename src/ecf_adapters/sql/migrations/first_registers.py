"""What partnerships are formed between, as the first version of the schema had it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from ecf_adapters.sql.migrations.columns import created_and_updated, refers, required


def create_cohorts_and_providers() -> None:
    op.create_table(
        "cohorts",
        sa.Column("start_year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("registration_start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("academic_year_start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("automatic_assignment_period_end_date", sa.Date(), nullable=True),
        sa.Column("payments_frozen_at", sa.DateTime(timezone=True), nullable=True),
        *required(sa.Boolean(), "mentor_funding", "detailed_evidence_types"),
        *created_and_updated(),
        sa.PrimaryKeyConstraint("start_year", name=op.f("pk_cohorts")),
    )
    op.create_table(
        "delivery_partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        *created_and_updated(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_partners")),
        sa.UniqueConstraint("name", name=op.f("uq_delivery_partners_name")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_subject_id_id"), "events", ["subject_id", "id"])

    op.create_table(
        "lead_providers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *created_and_updated(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_providers")),
        sa.UniqueConstraint("name", name=op.f("uq_lead_providers_name")),
    )


def create_schools() -> None:
    op.create_table(
        "schools",
        sa.Column("id", sa.Uuid(), nullable=False),
        *required(sa.String(), "urn", "name"),
        sa.Column("type_code", sa.Integer(), nullable=False),
        sa.Column("type_name", sa.String(), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=False),
        sa.Column("status_name", sa.String(), nullable=False),
        sa.Column("phase_code", sa.Integer(), nullable=True),
        *required(sa.String(), "phase_name", "district_code", "district_name"),
        sa.Column("section_41_approved", sa.Boolean(), nullable=False),
        *required(
            sa.String(),
            "ukprn",
            "street",
            "locality",
            "address3",
            "town",
            "county",
            "postcode",
            "website",
            "primary_contact_email",
            "secondary_contact_email",
        ),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *required(sa.Boolean(), "eligible", "cip_only"),
        *created_and_updated(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("urn", name=op.f("uq_schools_urn")),
    )


def create_what_joins_them() -> None:
    op.create_table(
        "api_tokens",
        *required(sa.Uuid(), "id", "lead_provider_id"),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        refers("api_tokens", "lead_provider_id", "lead_providers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    op.create_table(
        "cohort_lead_providers",
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        refers("cohort_lead_providers", "cohort", "cohorts.start_year"),
        refers("cohort_lead_providers", "lead_provider_id", "lead_providers.id"),
        sa.PrimaryKeyConstraint(
            "cohort", "lead_provider_id", name=op.f("pk_cohort_lead_providers")
        ),
    )
    op.create_table(
        "induction_tutors",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        *required(sa.String(), "name", "email"),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        refers("induction_tutors", "school_id", "schools.id"),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_induction_tutors")),
    )
