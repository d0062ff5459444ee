"""Cohorts, and what opening one sets up."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata, one_of
from ecf_adapters.sql.types import Exact, UtcDateTime, Year
from ecf_core.model.schedule import DeclarationType, ScheduleType

cohorts = Table(
    "cohorts",
    metadata,
    Column("start_year", Year, primary_key=True, autoincrement=False),
    Column("registration_start_date", UtcDateTime),
    Column("academic_year_start_date", UtcDateTime),
    Column("automatic_assignment_period_end_date", Date),
    Column("payments_frozen_at", UtcDateTime),
    Column("mentor_funding", Boolean, nullable=False),
    Column("detailed_evidence_types", Boolean, nullable=False),
    *created_and_updated(),
)

cohort_lead_providers = Table(
    "cohort_lead_providers",
    metadata,
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("cohort", "lead_provider_id"),
)

call_off_contracts = Table(
    "call_off_contracts",
    metadata,
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("version", String, nullable=False),
    Column("uplift_target", Exact),
    Column("uplift_amount", Exact),
    Column("recruitment_target", Integer, nullable=False),
    Column("set_up_fee", Exact, nullable=False),
    Column("monthly_service_fee", Exact),
    *created_and_updated(),
    PrimaryKeyConstraint("lead_provider_id", "cohort", "version"),
    Index(None, "cohort"),
)

contract_bands = Table(
    "contract_bands",
    metadata,
    Column("lead_provider_id", Uuid, nullable=False),
    Column("cohort", Year, nullable=False),
    Column("version", String, nullable=False),
    Column("letter", String(1), nullable=False),
    Column("min", Integer, nullable=False),
    Column("max", Integer, nullable=False),
    Column("per_participant", Exact, nullable=False),
    Column("output_payment_percentage", SmallInteger, nullable=False),
    Column("service_fee_percentage", SmallInteger, nullable=False),
    PrimaryKeyConstraint("lead_provider_id", "cohort", "version", "letter"),
    ForeignKeyConstraint(
        ["lead_provider_id", "cohort", "version"],
        [
            "call_off_contracts.lead_provider_id",
            "call_off_contracts.cohort",
            "call_off_contracts.version",
        ],
    ),
    CheckConstraint("min <= max", name="min_before_max"),
    CheckConstraint(
        "output_payment_percentage + service_fee_percentage = 100", name="the_whole_price"
    ),
)

mentor_call_off_contracts = Table(
    "mentor_call_off_contracts",
    metadata,
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("version", String, nullable=False),
    Column("recruitment_target", Integer, nullable=False),
    Column("payment_per_participant", Exact, nullable=False),
    *created_and_updated(),
    PrimaryKeyConstraint("lead_provider_id", "cohort", "version"),
    Index(None, "cohort"),
)

schedules = Table(
    "schedules",
    metadata,
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("identifier", String, nullable=False),
    Column("name", String, nullable=False),
    Column("type", String, nullable=False),
    *created_and_updated(),
    PrimaryKeyConstraint("cohort", "identifier"),
    CheckConstraint(one_of("type", ScheduleType), name="type"),
)

milestones = Table(
    "milestones",
    metadata,
    Column("cohort", Year, nullable=False),
    Column("identifier", String, nullable=False),
    Column("declaration_type", String, nullable=False),
    Column("name", String, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("milestone_date", Date),
    Column("payment_date", Date, nullable=False),
    *created_and_updated(),
    PrimaryKeyConstraint("cohort", "identifier", "declaration_type"),
    ForeignKeyConstraint(["cohort", "identifier"], ["schedules.cohort", "schedules.identifier"]),
    CheckConstraint(one_of("declaration_type", DeclarationType), name="declaration_type"),
    CheckConstraint("milestone_date >= start_date", name="start_before_end"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("name", String, nullable=False),
    Column("deadline_date", Date, nullable=False),
    Column("payment_date", Date, nullable=False),
    Column("output_fee", Boolean, nullable=False),
    Column("contract_version", String, nullable=False),
    Column("mentor_contract_version", String, nullable=False),
    *created_and_updated(),
    UniqueConstraint("lead_provider_id", "cohort", "name"),
    CheckConstraint("deadline_date <= payment_date", name="deadline_before_payment"),
    Index(None, "cohort"),
)
