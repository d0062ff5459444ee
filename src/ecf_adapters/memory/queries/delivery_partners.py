from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads, page
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.model.providers import DeliveryPartner
from ecf_core.queries.delivery_partners import DeliveryPartnerRow
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN
from ecf_core.queries.window import Page, Window


@frozen
class MemoryDeliveryPartnerQueries(Reads):
    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        cohorts: frozenset[int] | None,
        order: Order,
        window: Window,
    ) -> Page[DeliveryPartnerRow]:
        def is_wanted(year: int) -> bool:
            return year >= FIRST_COHORT_SHOWN if cohorts is None else year in cohorts

        found = (
            self.one_of_lead_provider(lead_provider_id, id_) for id_ in self.state.delivery_partners
        )
        return page(
            (row for row in found if row and any(map(is_wanted, row.cohorts))), order, window
        )

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, delivery_partner_id: DeliveryPartnerId
    ) -> DeliveryPartnerRow | None:
        partner = self.state.delivery_partners.get(delivery_partner_id)
        if partner is None or partner.discarded_at is not None:
            return None
        row = self._shown(partner, lead_provider_id)
        return row if row.cohorts else None

    def _shown(
        self, partner: DeliveryPartner, lead_provider_id: LeadProviderId
    ) -> DeliveryPartnerRow:
        theirs = {
            relationship: at
            for relationship, at in self.state.relationships_updated_at.items()
            if relationship.lead_provider_id == lead_provider_id
            and relationship.delivery_partner_id == partner.id
        }
        kept = self.state.relationships & theirs.keys()
        return DeliveryPartnerRow(
            id=partner.id,
            name=partner.name,
            cohorts=tuple(sorted(relationship.cohort for relationship in kept)),
            created_at=partner.created_at,
            updated_at=max([partner.updated_at, *theirs.values()]),
        )
