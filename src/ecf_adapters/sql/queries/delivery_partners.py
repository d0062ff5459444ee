from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen
from sqlalchemy import ColumnElement, Engine, Select, String, and_, case, cast, func, select

from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.ordering import in_order, within
from ecf_adapters.sql.tables import delivery_partners, provider_relationships
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.queries.delivery_partners import DeliveryPartnerRow
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN
from ecf_core.queries.window import Page, Window

_partner, _work = delivery_partners.c, provider_relationships.c
_kept: Final = _work.discarded_at.is_(None)

# With every relationship there ever was: one that has ended still tells when that was.
_LISTED: Final[Select[Any]] = (
    select(
        _partner.id,
        _partner.name,
        func.aggregate_strings(case((_kept, cast(_work.cohort, String))), ",").label("cohorts"),
        _partner.created_at,
        latest(_partner.updated_at, func.max(_work.updated_at)).label("updated_at"),
    )
    .select_from(delivery_partners)
    .join(provider_relationships, _work.delivery_partner_id == _partner.id)
    .where(_partner.discarded_at.is_(None))
    .group_by(_partner.id)
)


@frozen
class SqlDeliveryPartnerQueries:
    _engine: Engine

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        cohorts: frozenset[int] | None,
        order: Order,
        window: Window,
    ) -> Page[DeliveryPartnerRow]:
        wanted = (
            _work.cohort >= FIRST_COHORT_SHOWN if cohorts is None else _work.cohort.in_(cohorts)
        )
        listed = _LISTED.where(_work.lead_provider_id == lead_provider_id).having(_any(wanted))
        return Page.of(self._rows(within(in_order(listed, order), window)), window)

    def one_of_lead_provider(
        self, lead_provider_id: LeadProviderId, delivery_partner_id: DeliveryPartnerId
    ) -> DeliveryPartnerRow | None:
        rows = self._rows(
            _LISTED.where(
                _work.lead_provider_id == lead_provider_id, _partner.id == delivery_partner_id
            ).having(_any(_kept))
        )
        return rows[0] if rows else None

    def _rows(self, listed: Select[Any]) -> list[DeliveryPartnerRow]:
        with self._engine.connect() as connection:
            return [_shown(row) for row in connection.execute(listed)]


def _any(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """They work together in a cohort that is wanted."""
    return func.count(case((and_(_kept, wanted), 1))) > 0


def _shown(row: Iterable[Any]) -> DeliveryPartnerRow:
    id_, name, cohorts, created_at, updated_at = row
    years = sorted(map(int, cohorts.split(",")))
    return DeliveryPartnerRow(id_, name, tuple(years), created_at, updated_at)
