"""The tables, and what the database itself guarantees."""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    not_,
)
from sqlalchemy.dialects.postgresql import JSONB

from ecf_adapters.sql.types import UtcDateTime, Year
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.school_cohort import ProgrammeChoice, TrainingProgramme

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _created_and_updated() -> tuple[Column[object], Column[object]]:
    return (
        Column("created_at", UtcDateTime, nullable=False),
        Column("updated_at", UtcDateTime, nullable=False),
    )


def _one_of(
    column: str, values: type[ChallengeReason | ProgrammeChoice | TrainingProgramme]
) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


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
    *_created_and_updated(),
)

lead_providers = Table(
    "lead_providers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    *_created_and_updated(),
)

cohort_lead_providers = Table(
    "cohort_lead_providers",
    metadata,
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("cohort", "lead_provider_id"),
)

delivery_partners = Table(
    "delivery_partners",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("discarded_at", UtcDateTime),
    *_created_and_updated(),
)

provider_relationships = Table(
    "provider_relationships",
    metadata,
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("delivery_partner_id", ForeignKey("delivery_partners.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("discarded_at", UtcDateTime),
    *_created_and_updated(),
    PrimaryKeyConstraint("lead_provider_id", "delivery_partner_id", "cohort"),
    Index(None, "delivery_partner_id"),
    Index(None, "cohort"),
)

schools = Table(
    "schools",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("urn", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("type_code", Integer, nullable=False),
    Column("type_name", String, nullable=False),
    Column("status_code", Integer, nullable=False),
    Column("status_name", String, nullable=False),
    Column("phase_code", Integer),
    Column("phase_name", String, nullable=False),
    Column("district_code", String, nullable=False),
    Column("district_name", String, nullable=False),
    Column("section_41_approved", Boolean, nullable=False),
    Column("ukprn", String, nullable=False),
    Column("street", String, nullable=False),
    Column("locality", String, nullable=False),
    Column("address3", String, nullable=False),
    Column("town", String, nullable=False),
    Column("county", String, nullable=False),
    Column("postcode", String, nullable=False),
    Column("website", String, nullable=False),
    Column("primary_contact_email", String, nullable=False),
    Column("secondary_contact_email", String, nullable=False),
    Column("opened_on", Date),
    Column("closed_on", Date),
    # What the model says of the codes, kept so that sets of schools can be asked for it.
    Column("eligible", Boolean, nullable=False),
    Column("cip_only", Boolean, nullable=False),
    *_created_and_updated(),
)

induction_tutors = Table(
    "induction_tutors",
    metadata,
    Column("school_id", ForeignKey("schools.id"), primary_key=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

partnerships = Table(
    "partnerships",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("delivery_partner_id", ForeignKey("delivery_partners.id"), nullable=False),
    Column("relationship", Boolean, nullable=False),
    Column("challenge_reason", String),
    Column("challenged_at", UtcDateTime),
    Column("challenge_deadline", UtcDateTime),
    Column("version", Integer, nullable=False),
    *_created_and_updated(),
    UniqueConstraint("school_id", "lead_provider_id", "delivery_partner_id", "cohort"),
    UniqueConstraint("id", "school_id", "cohort"),
    CheckConstraint(
        "(challenge_reason IS NULL) = (challenged_at IS NULL)", name="challenge_is_whole"
    ),
    CheckConstraint(_one_of("challenge_reason", ChallengeReason), name="challenge_reason"),
    CheckConstraint(
        "NOT relationship OR challenge_deadline IS NULL", name="relationship_has_no_window"
    ),
    Index(None, "lead_provider_id", "created_at", "id"),
    Index(None, "delivery_partner_id"),
)

# One expression for both databases, and for every query that asks for the current partnership.
is_current: Final = and_(partnerships.c.challenged_at.is_(None), not_(partnerships.c.relationship))

Index(
    "uq_partnerships_one_current_per_school_and_cohort",
    partnerships.c.school_id,
    partnerships.c.cohort,
    unique=True,
    sqlite_where=is_current,
    postgresql_where=is_current,
)

school_cohorts = Table(
    "school_cohorts",
    metadata,
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("choice", String, nullable=False),
    Column("version", Integer, nullable=False),
    *_created_and_updated(),
    PrimaryKeyConstraint("school_id", "cohort"),
    CheckConstraint(_one_of("choice", ProgrammeChoice), name="choice"),
)

induction_programmes = Table(
    "induction_programmes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("school_id", Uuid, nullable=False),
    Column("cohort", Year, nullable=False),
    Column("training_programme", String, nullable=False),
    Column("partnership_id", Uuid),
    Column("is_default", Boolean, nullable=False),
    *_created_and_updated(),
    ForeignKeyConstraint(
        ["school_id", "cohort"], ["school_cohorts.school_id", "school_cohorts.cohort"]
    ),
    # A programme's partnership is of the same school and cohort.
    ForeignKeyConstraint(
        ["partnership_id", "school_id", "cohort"],
        ["partnerships.id", "partnerships.school_id", "partnerships.cohort"],
    ),
    CheckConstraint(_one_of("training_programme", TrainingProgramme), name="training_programme"),
    CheckConstraint(
        "partnership_id IS NULL OR training_programme = 'provider_led'",
        name="only_provider_led_has_a_partnership",
    ),
    Index(None, "school_id", "cohort"),
    Index(None, "partnership_id"),
)

Index(
    "uq_induction_programmes_one_default_per_school_cohort",
    induction_programmes.c.school_id,
    induction_programmes.c.cohort,
    unique=True,
    sqlite_where=induction_programmes.c.is_default,
    postgresql_where=induction_programmes.c.is_default,
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("name", String, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("subject_id", Uuid),
    Column("payload", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    Index(None, "subject_id", "id"),
)
