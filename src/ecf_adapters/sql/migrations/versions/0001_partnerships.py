"""Cohorts, providers, schools, their choices and partnerships, events and API tokens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_partnerships"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohorts",
        sa.Column("start_year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("registration_start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("academic_year_start_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("automatic_assignment_period_end_date", sa.Date(), nullable=True),
        sa.Column("payments_frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentor_funding", sa.Boolean(), nullable=False),
        sa.Column("detailed_evidence_types", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("start_year", name=op.f("pk_cohorts")),
    )
    op.create_table(
        "delivery_partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_index(op.f("ix_events_subject_id_id"), "events", ["subject_id", "id"], unique=False)

    op.create_table(
        "lead_providers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_providers")),
        sa.UniqueConstraint("name", name=op.f("uq_lead_providers_name")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("urn", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type_code", sa.Integer(), nullable=False),
        sa.Column("type_name", sa.String(), nullable=False),
        sa.Column("status_code", sa.Integer(), nullable=False),
        sa.Column("status_name", sa.String(), nullable=False),
        sa.Column("phase_code", sa.Integer(), nullable=True),
        sa.Column("phase_name", sa.String(), nullable=False),
        sa.Column("district_code", sa.String(), nullable=False),
        sa.Column("district_name", sa.String(), nullable=False),
        sa.Column("section_41_approved", sa.Boolean(), nullable=False),
        sa.Column("ukprn", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("address3", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("county", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("primary_contact_email", sa.String(), nullable=False),
        sa.Column("secondary_contact_email", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("cip_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
        sa.UniqueConstraint("urn", name=op.f("uq_schools_urn")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_api_tokens_lead_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_tokens_hash")),
    )
    op.create_table(
        "cohort_lead_providers",
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_cohort_lead_providers_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_cohort_lead_providers_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint(
            "cohort", "lead_provider_id", name=op.f("pk_cohort_lead_providers")
        ),
    )
    op.create_table(
        "induction_tutors",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_induction_tutors_school_id")
        ),
        sa.PrimaryKeyConstraint("school_id", name=op.f("pk_induction_tutors")),
    )
    op.create_table(
        "partnerships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_partner_id", sa.Uuid(), nullable=False),
        sa.Column("relationship", sa.Boolean(), nullable=False),
        sa.Column("challenge_reason", sa.String(), nullable=True),
        sa.Column("challenged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("challenge_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "challenge_reason IN ('another_provider', 'not_confirmed', 'do_not_recognise',"
            " 'no_ects', 'mistake')",
            name=op.f("ck_partnerships_challenge_reason"),
        ),
        sa.CheckConstraint(
            "(challenge_reason IS NULL) = (challenged_at IS NULL)",
            name=op.f("ck_partnerships_challenge_is_whole"),
        ),
        sa.CheckConstraint(
            "NOT relationship OR challenge_deadline IS NULL",
            name=op.f("ck_partnerships_relationship_has_no_window"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_partnerships_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_partnerships_delivery_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_partnerships_lead_provider_id"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_partnerships_school_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partnerships")),
        sa.UniqueConstraint(
            "id", "school_id", "cohort", name=op.f("uq_partnerships_id_school_id_cohort")
        ),
        sa.UniqueConstraint(
            "school_id",
            "lead_provider_id",
            "delivery_partner_id",
            "cohort",
            name=op.f("uq_partnerships_school_id_lead_provider_id_delivery_partner_id_cohort"),
        ),
    )
    op.create_index(
        op.f("ix_partnerships_delivery_partner_id"),
        "partnerships",
        ["delivery_partner_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_partnerships_lead_provider_id_created_at_id"),
        "partnerships",
        ["lead_provider_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_partnerships_one_current_per_school_and_cohort",
        "partnerships",
        ["school_id", "cohort"],
        unique=True,
        sqlite_where=sa.text("challenged_at IS NULL AND relationship = 0"),
        postgresql_where=sa.text("challenged_at IS NULL AND NOT relationship"),
    )

    op.create_table(
        "provider_relationships",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("delivery_partner_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_provider_relationships_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_partner_id"],
            ["delivery_partners.id"],
            name=op.f("fk_provider_relationships_delivery_partner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_provider_relationships_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id",
            "delivery_partner_id",
            "cohort",
            name=op.f("pk_provider_relationships"),
        ),
    )
    op.create_index(
        op.f("ix_provider_relationships_cohort"), "provider_relationships", ["cohort"], unique=False
    )
    op.create_index(
        op.f("ix_provider_relationships_delivery_partner_id"),
        "provider_relationships",
        ["delivery_partner_id"],
        unique=False,
    )

    op.create_table(
        "school_cohorts",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "choice IN ('provider_led', 'school_led', 'not_yet_known', 'no_early_career_teachers')",
            name=op.f("ck_school_cohorts_choice"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_school_cohorts_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_school_cohorts_school_id")
        ),
        sa.PrimaryKeyConstraint("school_id", "cohort", name=op.f("pk_school_cohorts")),
    )
    op.create_table(
        "induction_programmes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("training_programme", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "partnership_id IS NULL OR training_programme = 'provider_led'",
            name=op.f("ck_induction_programmes_only_provider_led_has_a_partnership"),
        ),
        sa.CheckConstraint(
            "training_programme IN ('provider_led', 'school_led')",
            name=op.f("ck_induction_programmes_training_programme"),
        ),
        sa.ForeignKeyConstraint(
            ["partnership_id", "school_id", "cohort"],
            ["partnerships.id", "partnerships.school_id", "partnerships.cohort"],
            name=op.f("fk_induction_programmes_partnership_id_school_id_cohort"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "cohort"],
            ["school_cohorts.school_id", "school_cohorts.cohort"],
            name=op.f("fk_induction_programmes_school_id_cohort"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_induction_programmes")),
    )
    op.create_index(
        op.f("ix_induction_programmes_partnership_id"),
        "induction_programmes",
        ["partnership_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_induction_programmes_school_id_cohort"),
        "induction_programmes",
        ["school_id", "cohort"],
        unique=False,
    )
    op.create_index(
        "uq_induction_programmes_one_default_per_school_cohort",
        "induction_programmes",
        ["school_id", "cohort"],
        unique=True,
        sqlite_where=sa.text("is_default = 1"),
        postgresql_where=sa.text("is_default"),
    )
