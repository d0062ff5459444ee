"""What goes over the wire."""

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, PlainSerializer

from benchmarks.lists.peer.models import Partnership, School, SchoolCohort


def _seconds(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _milliseconds(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


Seconds = Annotated[datetime, PlainSerializer(_seconds, return_type=str)]
Milliseconds = Annotated[datetime, PlainSerializer(_milliseconds, return_type=str)]
A = TypeVar("A", bound=BaseModel)


class Resource(BaseModel, Generic[A]):
    id: UUID
    type: str
    attributes: A


class Document(BaseModel, Generic[A]):
    data: Resource[A]


class Documents(BaseModel, Generic[A]):
    data: list[Resource[A]]


class PartnershipAttributes(BaseModel):
    cohort: str
    urn: str
    school_id: UUID
    delivery_partner_id: UUID
    delivery_partner_name: str | None
    status: Literal["active", "challenged"]
    challenged_reason: str | None
    challenged_at: Milliseconds | None
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: Seconds
    updated_at: Seconds


class SchoolAttributes(BaseModel):
    name: str
    urn: str
    cohort: str
    in_partnership: bool
    induction_programme_choice: str
    created_at: Seconds
    updated_at: Seconds


class NewPartnership(BaseModel):
    cohort: int | None = None
    school_id: UUID | None = None
    delivery_partner_id: UUID | None = None


class NewPartnershipData(BaseModel):
    attributes: NewPartnership


class NewPartnershipDocument(BaseModel):
    data: NewPartnershipData


def partnership_resource(partnership: Any) -> Resource[PartnershipAttributes]:
    school, partner = partnership.school, partnership.delivery_partner
    tutor = school.induction_tutor
    changed = [partnership.updated_at, school.updated_at, partner.updated_at]
    office = school.primary_contact_email or school.secondary_contact_email or None
    return Resource(
        id=partnership.id,
        type="partnership",
        attributes=PartnershipAttributes(
            cohort=str(partnership.cohort),
            urn=school.urn,
            school_id=school.id,
            delivery_partner_id=partner.id,
            delivery_partner_name=None if partner.discarded_at else partner.name,
            status="challenged" if partnership.challenge_reason else "active",
            challenged_reason=partnership.challenge_reason,
            challenged_at=partnership.challenged_at,
            induction_tutor_name=tutor.name if tutor else None,
            induction_tutor_email=tutor.email if tutor else office,
            created_at=partnership.created_at,
            updated_at=max([*changed, tutor.updated_at] if tutor else changed),
        ),
    )


def school_resource(
    school: School, year: int, cohort: SchoolCohort | None, partnership: Partnership | None
) -> Resource[SchoolAttributes]:
    return Resource(
        id=school.id,
        type="school",
        attributes=SchoolAttributes(
            name=school.name,
            urn=school.urn,
            cohort=str(year),
            in_partnership=partnership is not None,
            induction_programme_choice=cohort.choice if cohort else "not_yet_known",
            created_at=school.created_at,
            updated_at=max(school.updated_at, cohort.updated_at) if cohort else school.updated_at,
        ),
    )
