from attrs import evolve, frozen

from ecf_adapters.event_payloads import payload
from ecf_adapters.memory.queries.lists import Reads, in_order, page
from ecf_core.events import subject_id
from ecf_core.model.ids import LeadProviderId, PartnershipId
from ecf_core.queries.order import OLDEST_FIRST, Order
from ecf_core.queries.partnerships import (
    FIRST_COHORT_SHOWN,
    HistoryEntry,
    PartnershipRow,
    PartnershipsFilter,
)
from ecf_core.queries.window import Page, Window


@frozen
class MemoryPartnershipQueries(Reads):
    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
    ) -> Page[PartnershipRow]:
        own = self.all(evolve(wanted, lead_provider_id=lead_provider_id))
        shown = (
            row
            for row in own
            if not row.relationship
            and (wanted.cohorts is not None or row.cohort >= FIRST_COHORT_SHOWN)
        )
        return page(shown, order, window)

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, partnership_id: PartnershipId
    ) -> PartnershipRow | None:
        row = self.one(partnership_id)
        mine = row and row.lead_provider_id == lead_provider_id and not row.relationship
        return row if mine else None

    def all(self, wanted: PartnershipsFilter) -> tuple[PartnershipRow, ...]:
        every = (
            PartnershipRow.of(self.state.agreement(p)) for p in self.state.partnerships.values()
        )
        return in_order((row for row in every if _is_wanted(row, wanted)), OLDEST_FIRST)

    def one(self, partnership_id: PartnershipId) -> PartnershipRow | None:
        partnership = self.state.partnerships.get(partnership_id)
        return PartnershipRow.of(self.state.agreement(partnership)) if partnership else None

    def history(self, partnership_id: PartnershipId) -> tuple[HistoryEntry, ...]:
        return tuple(
            HistoryEntry(
                event=happened.event.name,
                happened_at=happened.at,
                actor=happened.actor,
                details=payload(happened.event),
            )
            for happened in self.state.events
            if subject_id(happened.event) == partnership_id
        )


def _is_wanted(row: PartnershipRow, wanted: PartnershipsFilter) -> bool:
    return (
        (wanted.cohorts is None or row.cohort in wanted.cohorts)
        and wanted.lead_provider_id in {None, row.lead_provider_id}
        and (
            wanted.delivery_partner_ids is None
            or row.delivery_partner_id in wanted.delivery_partner_ids
        )
        and (wanted.updated_since is None or row.updated_at >= wanted.updated_since)
    )
