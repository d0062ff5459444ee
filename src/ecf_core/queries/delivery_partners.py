"""Delivery partners as lead providers see them."""

from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.queries.order import Order
from ecf_core.queries.window import Page, Window

SORTABLE: Final = frozenset({"id", "name", "created_at", "updated_at"})


@frozen
class DeliveryPartnerRow:
    """A delivery partner, with the cohorts in which it works with the lead provider that asks.

    ``updated_at`` is the latest of the delivery partner and of their work together, also of work
    that has ended.
    """

    id: DeliveryPartnerId
    name: str
    cohorts: tuple[int, ...]
    created_at: datetime
    updated_at: datetime


class DeliveryPartnerQueries(Protocol):
    """Reads delivery partners; a lead provider sees those that it works with.

    Guide: "Obtaining delivery partners for a partnership".
    """

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        cohorts: frozenset[int] | None,
        order: Order,
        window: Window,
    ) -> Page[DeliveryPartnerRow]:
        """Those it works with in any of the cohorts; without any, in a cohort after 2020."""
        ...

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, delivery_partner_id: DeliveryPartnerId
    ) -> DeliveryPartnerRow | None:
        """One that it works with in whatever cohort."""
        ...
