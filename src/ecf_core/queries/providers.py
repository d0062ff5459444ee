from typing import Protocol

from ecf_core.model.providers import DeliveryPartner, LeadProvider


class ProviderQueries(Protocol):
    """Reads providers by the names that people use."""

    def lead_providers(self) -> tuple[LeadProvider, ...]:
        """All of them, by name."""
        ...

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        """Those that are not discarded, by name."""
        ...
