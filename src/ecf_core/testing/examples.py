"""A small country to test in: cohorts, providers and schools, as frozen values.

Tests take what they need and ``evolve`` it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from attrs import evolve

from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import (
    DeliveryPartnerId,
    LeadProviderId,
    SchoolId,
    school_id_of,
)
from ecf_core.model.instants import midnight
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship
from ecf_core.model.school import InductionTutor
from ecf_core.ports.unit_of_work import Begin
from ecf_core.rules.creating_a_partnership import PartnershipRequest

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


def put_cohort(begin: Begin, cohort: Cohort, lead_providers: Iterable[LeadProvider]) -> None:
    """Stores a cohort and its lead providers, with nothing else that opening one sets up."""
    with begin() as work:
        work.cohorts.put(cohort, at=FURNISHED_AT)
        work.cohorts.admit(cohort.start_year, [lp.id for lp in lead_providers], at=FURNISHED_AT)
        work.commit()
