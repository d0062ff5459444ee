"""Contracts, schedules and statements: what opening a cohort sets up."""

import sqlalchemy as sa
from alembic import op

revision = "0002_cohort_set_up"
down_revision = "0001_partnerships"
branch_labels = None
depends_on = None


EXACT = sa.Numeric().with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "call_off_contracts",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("uplift_target", EXACT, nullable=True),
        sa.Column("uplift_amount", EXACT, nullable=True),
        sa.Column("recruitment_target", sa.Integer(), nullable=False),
        sa.Column("set_up_fee", EXACT, nullable=False),
        sa.Column("monthly_service_fee", EXACT, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_call_off_contracts_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_call_off_contracts_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "cohort", "version", name=op.f("pk_call_off_contracts")
        ),
    )
    op.create_index(
        op.f("ix_call_off_contracts_cohort"), "call_off_contracts", ["cohort"], unique=False
    )

    op.create_table(
        "mentor_call_off_contracts",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("recruitment_target", sa.Integer(), nullable=False),
        sa.Column("payment_per_participant", EXACT, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_mentor_call_off_contracts_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"],
            ["lead_providers.id"],
            name=op.f("fk_mentor_call_off_contracts_lead_provider_id"),
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "cohort", "version", name=op.f("pk_mentor_call_off_contracts")
        ),
    )
    op.create_index(
        op.f("ix_mentor_call_off_contracts_cohort"),
        "mentor_call_off_contracts",
        ["cohort"],
        unique=False,
    )

    op.create_table(
        "schedules",
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "type IN ('ecf_standard', 'ecf_reduced', 'ecf_extended', 'ecf_replacement')",
            name=op.f("ck_schedules_type"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_schedules_cohort")
        ),
        sa.PrimaryKeyConstraint("cohort", "identifier", name=op.f("pk_schedules")),
    )
    op.create_table(
        "statements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("deadline_date", sa.Date(), nullable=False),
        sa.Column("payment_date", sa.Date(), nullable=False),
        sa.Column("output_fee", sa.Boolean(), nullable=False),
        sa.Column("contract_version", sa.String(), nullable=False),
        sa.Column("mentor_contract_version", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "deadline_date <= payment_date", name=op.f("ck_statements_deadline_before_payment")
        ),
        sa.ForeignKeyConstraint(
            ["cohort"], ["cohorts.start_year"], name=op.f("fk_statements_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id"], ["lead_providers.id"], name=op.f("fk_statements_lead_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint(
            "lead_provider_id",
            "cohort",
            "name",
            name=op.f("uq_statements_lead_provider_id_cohort_name"),
        ),
    )
    op.create_index(op.f("ix_statements_cohort"), "statements", ["cohort"], unique=False)

    op.create_table(
        "contract_bands",
        sa.Column("lead_provider_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("min", sa.Integer(), nullable=False),
        sa.Column("max", sa.Integer(), nullable=False),
        sa.Column("per_participant", EXACT, nullable=False),
        sa.Column("output_payment_percentage", sa.SmallInteger(), nullable=False),
        sa.Column("service_fee_percentage", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("min <= max", name=op.f("ck_contract_bands_min_before_max")),
        sa.CheckConstraint(
            "output_payment_percentage + service_fee_percentage = 100",
            name=op.f("ck_contract_bands_the_whole_price"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_provider_id", "cohort", "version"],
            [
                "call_off_contracts.lead_provider_id",
                "call_off_contracts.cohort",
                "call_off_contracts.version",
            ],
            name=op.f("fk_contract_bands_lead_provider_id_cohort_version"),
        ),
        sa.PrimaryKeyConstraint(
            "lead_provider_id", "cohort", "version", "letter", name=op.f("pk_contract_bands")
        ),
    )
    op.create_table(
        "milestones",
        sa.Column("cohort", sa.SmallInteger(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("declaration_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("milestone_date", sa.Date(), nullable=True),
        sa.Column("payment_date", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "declaration_type IN ('started', 'retained-1', 'retained-2', 'retained-3',"
            " 'retained-4', 'completed', 'extended-1', 'extended-2', 'extended-3')",
            name=op.f("ck_milestones_declaration_type"),
        ),
        sa.CheckConstraint(
            "milestone_date >= start_date", name=op.f("ck_milestones_start_before_end")
        ),
        sa.ForeignKeyConstraint(
            ["cohort", "identifier"],
            ["schedules.cohort", "schedules.identifier"],
            name=op.f("fk_milestones_cohort_identifier"),
        ),
        sa.PrimaryKeyConstraint(
            "cohort", "identifier", "declaration_type", name=op.f("pk_milestones")
        ),
    )
