from collections.abc import Iterable
from datetime import datetime

from attrs import define

from ecf_adapters.memory.state import State
from ecf_adapters.memory.unique import each_once
from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship


@define
class MemoryProviders:
    _state: State

    def lead_providers(self) -> tuple[LeadProvider, ...]:
        return tuple(sorted(self._state.lead_providers.values(), key=lambda lp: lp.name))

    def put_lead_providers(
        self,
        lead_providers: Iterable[LeadProvider],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        known = self._state.lead_providers
        known |= {lp.id: lp for lp in lead_providers}
        each_once(lp.name for lp in known.values())

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        return tuple(sorted(self._state.delivery_partners.values(), key=lambda dp: dp.name))

    def put_delivery_partners(self, delivery_partners: Iterable[DeliveryPartner]) -> None:
        known = self._state.delivery_partners
        known |= {dp.id: dp for dp in delivery_partners}
        each_once(dp.name for dp in known.values())

    def relationships(
        self, *, cohort: int | None = None, delivery_partner_id: DeliveryPartnerId | None = None
    ) -> frozenset[ProviderRelationship]:
        return frozenset(
            r
            for r in self._state.relationships
            if cohort in {None, r.cohort} and delivery_partner_id in {None, r.delivery_partner_id}
        )

    def relate(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        related = set(relationships)
        self._state.relationships |= related
        self._note(related, at=at)

    def discard(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        ended = self._state.relationships & set(relationships)
        self._state.relationships -= ended
        self._note(ended, at=at)

    def _note(self, changed: Iterable[ProviderRelationship], *, at: datetime) -> None:
        """When they last changed; it never goes back, whatever the clock says."""
        noted = self._state.relationships_updated_at
        noted |= {each: max(noted.get(each, at), at) for each in changed}
