"""Partnerships as they are shown, to lead providers and to administrators."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from attrs import frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.partnership import Agreement
from ecf_core.queries.order import Order
from ecf_core.queries.window import Page, Window

FIRST_COHORT_SHOWN: Final = 2021
"""Those before it are shown to lead providers when they ask for them."""

SORTABLE: Final = frozenset(
    {
        "id",
        "cohort",
        "school_id",
        "lead_provider_id",
        "delivery_partner_id",
        "challenged_reason",
        "challenged_at",
        "challenge_deadline",
        "created_at",
        "updated_at",
    }
)


@frozen
class PartnershipRow:
    """A partnership with what is shown of its parties; ``updated_at`` is the latest of them all."""

    id: PartnershipId
    cohort: int
    school_id: SchoolId
    urn: str
    lead_provider_id: LeadProviderId
    lead_provider: str
    delivery_partner_id: DeliveryPartnerId
    delivery_partner: str
    delivery_partner_discarded: bool
    challenged_reason: str | None
    challenged_at: datetime | None
    challenge_deadline: datetime | None
    relationship: bool
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: datetime
    updated_at: datetime

    @property
    def status(self) -> str:
        return "active" if self.challenged_reason is None else "challenged"

    @classmethod
    def of(cls, agreement: Agreement) -> "PartnershipRow":
        """How an agreement is shown."""
        partnership, school = agreement.partnership, agreement.school
        partner, challenge = agreement.delivery_partner, agreement.partnership.challenge
        tutor = school.induction_tutor
        return cls(
            id=partnership.id,
            cohort=partnership.cohort,
            school_id=school.id,
            urn=school.urn,
            lead_provider_id=agreement.lead_provider.id,
            lead_provider=agreement.lead_provider.name,
            delivery_partner_id=partner.id,
            delivery_partner=partner.name,
            delivery_partner_discarded=partner.discarded_at is not None,
            challenged_reason=challenge.reason if challenge else None,
            challenged_at=challenge.at if challenge else None,
            challenge_deadline=partnership.challenge_deadline,
            relationship=partnership.relationship,
            induction_tutor_name=tutor.name if tutor else None,
            induction_tutor_email=school.contact_email,
            created_at=partnership.created_at,
            updated_at=agreement.updated_at,
        )


@frozen(kw_only=True)
class PartnershipsFilter:
    """Which partnerships are wanted; ``None`` asks for no restriction."""

    cohorts: frozenset[int] | None = None
    lead_provider_id: LeadProviderId | None = None
    delivery_partner_ids: frozenset[DeliveryPartnerId] | None = None
    updated_since: datetime | None = None


@frozen(kw_only=True)
class HistoryEntry:
    """Something that happened, as the history shows it."""

    event: str
    happened_at: datetime
    actor: str
    details: Mapping[str, Any]


class PartnershipQueries(Protocol):
    """Reads partnerships; a lead provider sees its own, and no relationship partnership.

    Guide: "Viewing partnership records".
    """

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
    ) -> Page[PartnershipRow]:
        """Its own of those wanted; without cohorts, those of every cohort after 2020."""
        ...

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, partnership_id: PartnershipId
    ) -> PartnershipRow | None: ...

    def all(self, wanted: PartnershipsFilter) -> tuple[PartnershipRow, ...]:
        """Every partnership of any kind, oldest first, as administrators see it."""
        ...

    def one(self, partnership_id: PartnershipId) -> PartnershipRow | None: ...

    def history(self, partnership_id: PartnershipId) -> tuple[HistoryEntry, ...]:
        """What happened to a partnership, oldest first."""
        ...
