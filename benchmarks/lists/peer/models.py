"""The tables as entities."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, ForeignKeyConstraint, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import relationship as related  # a column has its name
from sqlalchemy.types import TypeDecorator


class Instant(TypeDecorator[datetime]):
    """In UTC, also in SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map = {
        datetime: Instant,
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
    }


class Timestamped:
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Cohort(Timestamped, Base):
    __tablename__ = "cohorts"

    start_year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    academic_year_start_date: Mapped[datetime | None]


class LeadProvider(Timestamped, Base):
    __tablename__ = "lead_providers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]


class DeliveryPartner(Timestamped, Base):
    __tablename__ = "delivery_partners"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    discarded_at: Mapped[datetime | None]


class ProviderRelationship(Timestamped, Base):
    __tablename__ = "provider_relationships"

    lead_provider_id: Mapped[UUID] = mapped_column(
        ForeignKey("lead_providers.id"), primary_key=True
    )
    delivery_partner_id: Mapped[UUID] = mapped_column(
        ForeignKey("delivery_partners.id"), primary_key=True
    )
    cohort: Mapped[int] = mapped_column(ForeignKey("cohorts.start_year"), primary_key=True)
    discarded_at: Mapped[datetime | None]


class ApiToken(Base):
    __tablename__ = "api_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    lead_provider_id: Mapped[UUID] = mapped_column(ForeignKey("lead_providers.id"))
    hash: Mapped[str]
    last_used_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    lead_provider: Mapped[LeadProvider] = related()


class School(Timestamped, Base):
    __tablename__ = "schools"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    urn: Mapped[str]
    name: Mapped[str]
    primary_contact_email: Mapped[str]
    secondary_contact_email: Mapped[str]
    opened_on: Mapped[date | None]
    eligible: Mapped[bool]
    cip_only: Mapped[bool]

    induction_tutor: Mapped["InductionTutor | None"] = related()


class InductionTutor(Base):
    __tablename__ = "induction_tutors"

    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"), primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    updated_at: Mapped[datetime]


class SchoolCohort(Timestamped, Base):
    __tablename__ = "school_cohorts"

    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"), primary_key=True)
    cohort: Mapped[int] = mapped_column(ForeignKey("cohorts.start_year"), primary_key=True)
    choice: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Partnership(Timestamped, Base):
    __tablename__ = "partnerships"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    cohort: Mapped[int] = mapped_column(ForeignKey("cohorts.start_year"))
    lead_provider_id: Mapped[UUID] = mapped_column(ForeignKey("lead_providers.id"))
    delivery_partner_id: Mapped[UUID] = mapped_column(ForeignKey("delivery_partners.id"))
    relationship: Mapped[bool]
    challenge_reason: Mapped[str | None]
    challenged_at: Mapped[datetime | None]
    challenge_deadline: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    school: Mapped[School] = related()
    delivery_partner: Mapped[DeliveryPartner] = related()

    __mapper_args__ = {"version_id_col": version}


class InductionProgramme(Timestamped, Base):
    __tablename__ = "induction_programmes"
    __table_args__ = (
        ForeignKeyConstraint(
            ["school_id", "cohort"], ["school_cohorts.school_id", "school_cohorts.cohort"]
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    school_id: Mapped[UUID]
    cohort: Mapped[int]
    training_programme: Mapped[str]
    partnership_id: Mapped[UUID | None] = mapped_column(ForeignKey("partnerships.id"))
    is_default: Mapped[bool]

    partnership: Mapped[Partnership | None] = related(viewonly=True)
    school: Mapped[School] = related(
        primaryjoin="School.id == foreign(InductionProgramme.school_id)", viewonly=True
    )


class Event(Base):
    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str]
    version: Mapped[int] = mapped_column()
    happened_at: Mapped[datetime]
    actor: Mapped[str]
    subject_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]]
