"""Who trains: lead providers, delivery partners, and which of them work together."""

from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId

LONGEST_NAME: Final = 500


def squished(name: str) -> str:
    """A name without surrounding blanks and with single blanks inside."""
    return " ".join(name.split())


@frozen(kw_only=True)
class LeadProvider:
    """A national organisation approved by the DfE to design and deliver ECF-based training."""

    id: LeadProviderId
    name: str


@frozen(kw_only=True)
class DeliveryPartner:
    """An organisation that delivers the training locally, often a teaching school hub.

    A discarded delivery partner is unknown to lead providers; its partnerships stay.
    """

    id: DeliveryPartnerId
    name: str
    created_at: datetime
    updated_at: datetime
    discarded_at: datetime | None = None

    def renamed(self, name: str, *, at: datetime) -> "DeliveryPartner":
        return evolve(self, name=name, updated_at=max(self.updated_at, at))

    def discarded(self, *, at: datetime) -> "DeliveryPartner":
        return evolve(self, discarded_at=at, updated_at=max(self.updated_at, at))

    def revived(self, *, at: datetime) -> "DeliveryPartner":
        return evolve(self, discarded_at=None, updated_at=max(self.updated_at, at))


@frozen(kw_only=True)
class ProviderRelationship:
    """A lead provider and a delivery partner work together in a cohort.

    Guide: "Setting up delivery partners for a cohort".
    """

    lead_provider_id: LeadProviderId
    delivery_partner_id: DeliveryPartnerId
    cohort: int
