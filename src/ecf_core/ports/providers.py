from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship


class Providers(Protocol):
    """Lead providers, delivery partners, and who works with whom.

    There are tens of lead providers and hundreds of delivery partners: they are read whole. What a
    unit of work reads of delivery partners and relationships still holds at its commit.
    """

    def lead_providers(self) -> tuple[LeadProvider, ...]: ...

    def put_lead_providers(self, lead_providers: Iterable[LeadProvider], *, at: datetime) -> None:
        """Adds them, or replaces those of the same id.

        Raises :class:`~ecf_core.errors.StaleWrite` if another has the name.
        """
        ...

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        """All of them, the discarded too."""
        ...

    def put_delivery_partners(self, delivery_partners: Iterable[DeliveryPartner]) -> None:
        """Adds them, or replaces those of the same id.

        Raises :class:`~ecf_core.errors.StaleWrite` if another has the name.
        """
        ...

    def relationships(
        self,
        *,
        cohort: int | None = None,
        delivery_partner_id: DeliveryPartnerId | None = None,
    ) -> frozenset[ProviderRelationship]:
        """Those that are kept, of a cohort or of a delivery partner where one is named."""
        ...

    def relate(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        """Adds them, or revives discarded ones."""
        ...

    def discard(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        """Ends them; their history stays."""
        ...
