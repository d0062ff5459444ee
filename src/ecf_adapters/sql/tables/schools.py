"""Schools, their choices, and the programmes that participants join."""

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
    String,
    Table,
    Uuid,
)

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata, one_of
from ecf_adapters.sql.types import UtcDateTime, Year
from ecf_core.model.school_cohort import ProgrammeChoice, TrainingProgramme

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
    *created_and_updated(),
    Index(None, "created_at", "id"),
)

induction_tutors = Table(
    "induction_tutors",
    metadata,
    Column("school_id", ForeignKey("schools.id"), primary_key=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

school_cohorts = Table(
    "school_cohorts",
    metadata,
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("choice", String, nullable=False),
    Column("version", Integer, nullable=False),
    *created_and_updated(),
    PrimaryKeyConstraint("school_id", "cohort"),
    CheckConstraint(one_of("choice", ProgrammeChoice), name="choice"),
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
    *created_and_updated(),
    ForeignKeyConstraint(
        ["school_id", "cohort"], ["school_cohorts.school_id", "school_cohorts.cohort"]
    ),
    # A programme's partnership is of the same school and cohort.
    ForeignKeyConstraint(
        ["partnership_id", "school_id", "cohort"],
        ["partnerships.id", "partnerships.school_id", "partnerships.cohort"],
    ),
    CheckConstraint(one_of("training_programme", TrainingProgramme), name="training_programme"),
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
