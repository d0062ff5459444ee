"""A small country to test in: cohorts, providers and schools, as frozen values.

Tests take what they need and ``evolve`` it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from attrs import evolve

from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.appropriate_body import AppropriateBody, BodyType
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import (
    AppropriateBodyId,
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    SchoolId,
    school_id_of,
)
from ecf_core.model.instants import midnight
from ecf_core.model.participant import ParticipantType
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship
from ecf_core.model.schedule import (
    DEFAULT_SCHEDULE,
    DeclarationType,
    Milestone,
    Schedule,
    ScheduleType,
)
from ecf_core.model.school import InductionTutor
from ecf_core.ports.unit_of_work import Begin
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.proposed_enrolment import EnrolmentRequest

FURNISHED_AT: Final = datetime(2023, 1, 1, tzinfo=UTC)
NOW: Final = datetime(2024, 9, 10, 9, 30, tzinfo=UTC)
ADMINISTRATOR: Final = Actor(ActorKind.ADMINISTRATOR, "examiner")


def _cohort(year: int) -> Cohort:
    return Cohort(
        start_year=year,
        registration_start_date=midnight(date(year, 6, 10)),
        academic_year_start_date=midnight(date(year, 9, 1)),
        automatic_assignment_period_end_date=date(year + 1, 3, 31),
    )


COHORT_2023: Final = _cohort(2023)
COHORT_2024: Final = _cohort(2024)
COHORT_2025: Final = evolve(_cohort(2025), mentor_funding=True, detailed_evidence_types=True)
COHORTS: Final = (COHORT_2023, COHORT_2024, COHORT_2025)


def _standard_schedule(year: int) -> Schedule:
    """Its first two milestones; a real one has six."""
    started, retained = DeclarationType.STARTED, DeclarationType.RETAINED_1
    return Schedule(
        cohort=year,
        identifier=DEFAULT_SCHEDULE,
        name="ECF Standard September",
        type=ScheduleType.STANDARD,
        milestones=(
            Milestone(
                declaration_type=started,
                name="Output 1 - Participant Start",
                start_date=date(year, 9, 1),
                milestone_date=date(year, 11, 30),
                payment_date=date(year, 11, 30),
            ),
            Milestone(
                declaration_type=retained,
                name="Output 2 - Retention Point 1",
                start_date=date(year, 11, 1),
                milestone_date=date(year + 1, 1, 31),
                payment_date=date(year + 1, 2, 28),
            ),
        ),
    )


SCHEDULES: Final = tuple(_standard_schedule(cohort.start_year) for cohort in COHORTS)

NORTH_AUTHORITY: Final = AppropriateBody(
    id=AppropriateBodyId(UUID("50000000-0000-4000-8000-000000000001")),
    name="North Authority",
    type=BodyType.LOCAL_AUTHORITY,
)

PURPLE_LEARNING: Final = LeadProvider(
    id=LeadProviderId(UUID("10000000-0000-4000-8000-000000000001")), name="Purple Learning"
)
ORANGE_INSTITUTE: Final = LeadProvider(
    id=LeadProviderId(UUID("10000000-0000-4000-8000-000000000002")), name="Orange Institute"
)
GREY_ACADEMY: Final = LeadProvider(
    id=LeadProviderId(UUID("10000000-0000-4000-8000-000000000003")), name="Grey Academy"
)
LEAD_PROVIDERS: Final = (PURPLE_LEARNING, ORANGE_INSTITUTE, GREY_ACADEMY)


def _delivery_partner(number: int, name: str) -> DeliveryPartner:
    return DeliveryPartner(
        id=DeliveryPartnerId(UUID(int=(0x20 << 120) + number)),
        name=name,
        created_at=midnight(date(2021, 6, 1)),
        updated_at=midnight(date(2021, 6, 1)),
    )


NORTH_HUB: Final = _delivery_partner(1, "North Teaching School Hub")
SOUTH_HUB: Final = _delivery_partner(2, "South Teaching School Hub")
EAST_HUB: Final = _delivery_partner(3, "East Teaching School Hub")
IDLE_HUB: Final = _delivery_partner(4, "Idle Teaching School Hub")
DELIVERY_PARTNERS: Final = (NORTH_HUB, SOUTH_HUB, EAST_HUB, IDLE_HUB)

RELATIONSHIPS: Final = tuple(
    ProviderRelationship(
        lead_provider_id=lead_provider.id,
        delivery_partner_id=delivery_partner.id,
        cohort=cohort.start_year,
    )
    for cohort in COHORTS
    for lead_provider in LEAD_PROVIDERS
    for delivery_partner in (NORTH_HUB, SOUTH_HUB, EAST_HUB)
)
"""Every lead provider works with every delivery partner but the idle one."""

GREENDALE: Final = Establishment(
    urn="100001",
    name="Greendale School",
    type_code=1,
    type_name="Community school",
    status_code=1,
    status_name="Open",
    phase_code=2,
    phase_name="Primary",
    district_code="E09000001",
    district_name="City of London",
    ukprn="10079319",
    street="1 Duke's Place",
    town="London",
    county="Greater London",
    postcode="EC3A 5DE",
    website="https://greendale.example.org",
    primary_contact_email="office@greendale.example.org",
    opened_on=date(1990, 9, 1),
)
RIVERSIDE: Final = evolve(GREENDALE, urn="100002", name="Riverside Academy", type_code=34)
INDEPENDENT: Final = evolve(GREENDALE, urn="100003", name="Kings Court", type_code=11)
CLOSED: Final = evolve(GREENDALE, urn="100004", name="Old Mill School", status_code=2)
ESTABLISHMENTS: Final = (GREENDALE, RIVERSIDE, INDEPENDENT, CLOSED)

GREENDALE_ID: Final = school_id_of(GREENDALE.urn)
RIVERSIDE_ID: Final = school_id_of(RIVERSIDE.urn)
INDEPENDENT_ID: Final = school_id_of(INDEPENDENT.urn)
CLOSED_ID: Final = school_id_of(CLOSED.urn)

TUTOR: Final = InductionTutor(
    name="Ada Tutor", email="ada@greendale.example.org", updated_at=midnight(date(2024, 5, 1))
)


def a_request(
    *,
    school: SchoolId = GREENDALE_ID,
    lead_provider: LeadProvider = PURPLE_LEARNING,
    delivery_partner: DeliveryPartner = NORTH_HUB,
    cohort: Cohort = COHORT_2024,
) -> PartnershipRequest:
    """A sound request, unless the test says otherwise."""
    return PartnershipRequest(
        cohort=cohort.start_year,
        school_id=school,
        lead_provider_id=lead_provider.id,
        delivery_partner_id=delivery_partner.id,
    )


def an_enrolment(
    name: str = "Ada Teacher",
    *,
    type_: ParticipantType = ParticipantType.ECT,
    school: Establishment = GREENDALE,
    cohort: Cohort = COHORT_2024,
    programme_id: InductionProgrammeId | None = None,
    start_date: date | None = None,
) -> EnrolmentRequest:
    """A sound enrolment, unless the test says otherwise; the e-mail address follows the name."""
    return EnrolmentRequest(
        urn=school.urn,
        cohort=cohort.start_year,
        type=type_.value,
        full_name=name,
        email=f"{name.lower().replace(' ', '.')}@example.org",
        programme_id=programme_id,
        start_date=start_date,
    )


def furnish(begin: Begin) -> None:
    """Stores all of the examples; no school has chosen a programme yet."""
    at = FURNISHED_AT
    with begin() as work:
        work.providers.put_lead_providers(LEAD_PROVIDERS, at=at)
        work.providers.put_delivery_partners(DELIVERY_PARTNERS)
        for cohort in COHORTS:
            work.cohorts.put(cohort, at=at)
            work.cohorts.admit(cohort.start_year, [lp.id for lp in LEAD_PROVIDERS], at=at)
        work.providers.relate(RELATIONSHIPS, at=at)
        work.schools.load(((school_id_of(e.urn), e) for e in ESTABLISHMENTS), at=at)
        work.commit()


def furnish_for_participants(begin: Begin) -> None:
    """Stores what participants need besides: schedules, and an appropriate body."""
    with begin() as work:
        work.cohorts.put_schedules(SCHEDULES, at=FURNISHED_AT)
        work.appropriate_bodies.put([NORTH_AUTHORITY], at=FURNISHED_AT)
        work.commit()


def put_cohort(begin: Begin, cohort: Cohort, lead_providers: Iterable[LeadProvider]) -> None:
    """Stores a cohort and its lead providers, with nothing else that opening one sets up."""
    with begin() as work:
        work.cohorts.put(cohort, at=FURNISHED_AT)
        work.cohorts.admit(cohort.start_year, [lp.id for lp in lead_providers], at=FURNISHED_AT)
        work.commit()
