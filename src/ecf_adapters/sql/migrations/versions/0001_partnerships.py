"""Cohorts, providers, schools, their choices and partnerships, events and API tokens."""

import sqlalchemy as sa
from alembic import op

from ecf_adapters.sql.migrations.columns import created_and_updated, refers, required
from ecf_adapters.sql.migrations.first_registers import (
    create_cohorts_and_providers,
    create_schools,
    create_what_joins_them,
)

revision = "0001_partnerships"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_cohorts_and_providers()
    create_schools()
    create_what_joins_them()
    _partnerships()
    _programmes()


def _partnerships() -> None:
    op.create_table(
        "partnerships",
        *required(sa.Uuid(), "id", "school_id"),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        *required(sa.Uuid(), "lead_provider_id", "delivery_partner_id"),
        sa.Column("relationship", sa.Boolean(), nullable=False),
        sa.Column("challenge_reason", sa.String(), nullable=True),
        sa.Column("challenged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("challenge_deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *created_and_updated(),
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
        refers("partnerships", "cohort", "cohorts.start_year"),
        refers("partnerships", "delivery_partner_id", "delivery_partners.id"),
        refers("partnerships", "lead_provider_id", "lead_providers.id"),
        refers("partnerships", "school_id", "schools.id"),
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
    )
    op.create_index(
        op.f("ix_partnerships_lead_provider_id_created_at_id"),
        "partnerships",
        ["lead_provider_id", "created_at", "id"],
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
        *required(sa.Uuid(), "lead_provider_id", "delivery_partner_id"),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        *created_and_updated(),
        refers("provider_relationships", "cohort", "cohorts.start_year"),
        refers("provider_relationships", "delivery_partner_id", "delivery_partners.id"),
        refers("provider_relationships", "lead_provider_id", "lead_providers.id"),
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
    )


def _programmes() -> None:
    op.create_table(
        "school_cohorts",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *created_and_updated(),
        sa.CheckConstraint(
            "choice IN ('provider_led', 'school_led', 'not_yet_known', 'no_early_career_teachers')",
            name=op.f("ck_school_cohorts_choice"),
        ),
        refers("school_cohorts", "cohort", "cohorts.start_year"),
        refers("school_cohorts", "school_id", "schools.id"),
        sa.PrimaryKeyConstraint("school_id", "cohort", name=op.f("pk_school_cohorts")),
    )
    op.create_table(
        "induction_programmes",
        *required(sa.Uuid(), "id", "school_id"),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("training_programme", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.Uuid(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        *created_and_updated(),
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
    )
    op.create_index(
        op.f("ix_induction_programmes_school_id_cohort"),
        "induction_programmes",
        ["school_id", "cohort"],
    )
    op.create_index(
        "uq_induction_programmes_one_default_per_school_cohort",
        "induction_programmes",
        ["school_id", "cohort"],
        unique=True,
        sqlite_where=sa.text("is_default = 1"),
        postgresql_where=sa.text("is_default"),
    )
