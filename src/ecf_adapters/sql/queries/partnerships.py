from typing import Any, Final

from attrs import evolve, frozen
from sqlalchemy import Engine, Select, not_, select

from ecf_adapters.sql.ordering import in_order, within
from ecf_adapters.sql.read_tables.partnerships import LISTED
from ecf_adapters.sql.tables import (
    events,
    partnerships,
)
from ecf_core.model.ids import LeadProviderId, PartnershipId
from ecf_core.queries.order import OLDEST_FIRST, Order
from ecf_core.queries.partnerships import (
    FIRST_COHORT_SHOWN,
    HistoryEntry,
    PartnershipRow,
    PartnershipsFilter,
)
from ecf_core.queries.window import Page, Window

_updated_at: Final = LISTED.selected_columns["updated_at"].element


@frozen
class SqlPartnershipQueries:
    _engine: Engine

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
    ) -> Page[PartnershipRow]:
        listed = _wanted(evolve(wanted, lead_provider_id=lead_provider_id)).where(
            not_(partnerships.c.relationship)
        )
        if wanted.cohorts is None:
            listed = listed.where(partnerships.c.cohort >= FIRST_COHORT_SHOWN)
        return Page.of(self._rows(within(in_order(listed, order), window)), window)

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, partnership_id: PartnershipId
    ) -> PartnershipRow | None:
        return self._one(
            LISTED.where(
                partnerships.c.id == partnership_id,
                partnerships.c.lead_provider_id == lead_provider_id,
                not_(partnerships.c.relationship),
            )
        )

    def all(self, wanted: PartnershipsFilter) -> tuple[PartnershipRow, ...]:
        return self._rows(in_order(_wanted(wanted), OLDEST_FIRST))

    def one(self, partnership_id: PartnershipId) -> PartnershipRow | None:
        return self._one(LISTED.where(partnerships.c.id == partnership_id))

    def history(self, partnership_id: PartnershipId) -> tuple[HistoryEntry, ...]:
        c = events.c
        happened = (
            select(c.name, c.happened_at, c.actor, c.payload)
            .where(c.subject_id == partnership_id)
            .order_by(c.id)
        )
        with self._engine.connect() as connection:
            return tuple(
                HistoryEntry(event=name, happened_at=at, actor=actor, details=details)
                for name, at, actor, details in connection.execute(happened)
            )

    def _one(self, listed: Select[Any]) -> PartnershipRow | None:
        rows = self._rows(listed)
        return rows[0] if rows else None

    def _rows(self, listed: Select[Any]) -> tuple[PartnershipRow, ...]:
        with self._engine.connect() as connection:
            return tuple(PartnershipRow(*row) for row in connection.execute(listed))


def _wanted(wanted: PartnershipsFilter) -> Select[Any]:
    """The list, restricted to what is wanted; in no order yet."""
    listed = LISTED
    if wanted.cohorts is not None:
        listed = listed.where(partnerships.c.cohort.in_(wanted.cohorts))
    if wanted.lead_provider_id is not None:
        listed = listed.where(partnerships.c.lead_provider_id == wanted.lead_provider_id)
    if wanted.delivery_partner_ids is not None:
        listed = listed.where(partnerships.c.delivery_partner_id.in_(wanted.delivery_partner_ids))
    if wanted.updated_since is not None:
        listed = listed.where(_updated_at >= wanted.updated_since)
    return listed
