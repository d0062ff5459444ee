"""The participants of lead providers, flat: a row for each cohort of a training that one sees."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Uuid,
)

from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.types import ShownInstant, Year, byte_by_byte

read_enrolments = Table(
    "read_enrolments",
    metadata,
    Column("lead_provider_id", Uuid, nullable=False),
    # Of how many cohorts the lead provider has a later record of the training.
    Column("overtaken", SmallInteger, nullable=False),
    Column("id", byte_by_byte(), nullable=False),
    Column("full_name", String, nullable=False),
    Column("trn", String),
    Column("created_at", ShownInstant, nullable=False),
    Column("updated_at", ShownInstant, nullable=False),
    # A line for each: from which id, to which, and when.
    Column("id_changes", String),
    Column("training_record_id", byte_by_byte(), nullable=False),
    Column("email", String, nullable=False),
    Column("mentor_id", byte_by_byte()),
    Column("urn", String, nullable=False),
    Column("type", String, nullable=False),
    Column("cohort", Year, nullable=False),
    Column("training_status", String, nullable=False),
    Column("induction_status", String, nullable=False),
    Column("start_date", ShownInstant, nullable=False),
    Column("end_date", ShownInstant),
    Column("trn_validated", Boolean),
    Column("eligible_for_funding", Boolean),
    Column("pupil_premium_uplift", Boolean, nullable=False),
    Column("sparsity_uplift", Boolean, nullable=False),
    Column("schedule", String, nullable=False),
    Column("delivery_partner_id", byte_by_byte()),
    Column("stopped_reason", String),
    Column("stopped_at", ShownInstant),
    Column("enrolled_at", ShownInstant, nullable=False),
    Column("induction_end_date", String),
    Column("mentor_funding_end_date", String),
    Column("cohort_changed_after_payments_frozen", Boolean, nullable=False),
    Column("mentor_funding_end_reason", String),
    Column("record_created_at", ShownInstant, nullable=False),
    PrimaryKeyConstraint("id", "lead_provider_id", "training_record_id", "cohort"),
)

for moment in ("created_at", "updated_at"):
    Index(
        f"ix_read_enrolments_{moment}",
        read_enrolments.c.lead_provider_id,
        read_enrolments.c[moment],
        read_enrolments.c.id,
        read_enrolments.c.training_record_id,
    )
