from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads
from ecf_core.model.providers import DeliveryPartner, LeadProvider


@frozen
class MemoryProviderQueries(Reads):
    def lead_providers(self) -> tuple[LeadProvider, ...]:
        return tuple(sorted(self.state.lead_providers.values(), key=lambda lp: lp.name))

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        kept = (dp for dp in self.state.delivery_partners.values() if dp.discarded_at is None)
        return tuple(sorted(kept, key=lambda dp: dp.name))
