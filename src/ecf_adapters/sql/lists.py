"""The lists that lead providers poll, from their flat tables: each thing as it is sent."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Engine,
    Table,
    and_,
    select,
)

from ecf_adapters.sql.keyset import known, part, starting, value
from ecf_adapters.sql.ordering import in_order
from ecf_adapters.sql.prepared import Prepared, Row, Values, rows_of
from ecf_adapters.sql.tables import read_partnerships, read_schools
from ecf_adapters.sql.values import one_of
from ecf_core.model.ids import LeadProviderId
from ecf_core.queries.order import Order, total
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN, PartnershipsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Page, Window

_CHANGED: Final = "updated_since"


@frozen(eq=False)
class _List:
    """A flat table, and what each thing that is asked for comes to."""

    table: Table
    filters: Mapping[str, ColumnElement[bool]]

    def page(
        self, engine: Engine, given: Values, order: Order, window: Window, after: Row | None
    ) -> Page[Row]:
        """A page that starts after a row costs the same wherever it is; a counted one does not."""
        values = {name: each for name, each in given.items() if each is not None}
        statement = self._asking(frozenset(values), order, known(after))
        values |= starting(window, after)
        return Page.of(rows_of(engine, statement, values), window)

    @lru_cache(maxsize=256)  # noqa: B019 - there are two lists, and they live as long as we do
    def _asking(self, asked: frozenset[str], order: Order, after: tuple[bool, ...]) -> Prepared:
        """The statement for all that ask for the same kinds of things.

        ``after`` says which values of the row that it starts after there are: none, and it counts.
        """
        c = self.table.c
        listed = select(c.sent, *(c[sort.field] for sort in total(order)))
        listed = listed.where(*(self.filters[name] for name in sorted(asked)))
        return Prepared(part(in_order(listed, order), self.table, order, after))


_p, _s = read_partnerships.c, read_schools.c
_PARTNERSHIPS: Final = _List(
    read_partnerships,
    filters={
        "lead_provider_id": _p.lead_provider_id == value("lead_provider_id", _p.lead_provider_id),
        "first_cohort": _p.cohort >= value("first_cohort", _p.cohort),
        "cohorts": one_of(_p.cohort, "cohorts"),
        "delivery_partner_ids": one_of(_p.delivery_partner_id, "delivery_partner_ids"),
        _CHANGED: _p.updated_at >= value(_CHANGED, _p.updated_at),
    },
)
_SCHOOLS: Final = _List(
    read_schools,
    filters={
        "cohort": and_(_s.listed, _s.cohort == value("cohort", _s.cohort)),
        "urn": _s.urn == value("urn", _s.urn),
        _CHANGED: _s.updated_at >= value(_CHANGED, _s.updated_at),
    },
)


@frozen
class SqlPartnershipList:
    _engine: Engine

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
        after: Row | None,
    ) -> Page[Row]:
        cohorts, partners = wanted.cohorts, wanted.delivery_partner_ids
        given = {
            "lead_provider_id": lead_provider_id,
            "first_cohort": FIRST_COHORT_SHOWN if cohorts is None else None,
            "cohorts": None if cohorts is None else list(cohorts),
            "delivery_partner_ids": None if partners is None else list(map(str, partners)),
            _CHANGED: wanted.updated_since,
        }
        return _PARTNERSHIPS.page(self._engine, given, order, window, after)


@frozen
class SqlSchoolList:
    _engine: Engine

    def page(
        self, wanted: SchoolsFilter, order: Order, window: Window, after: Row | None
    ) -> Page[Row]:
        given = {"cohort": wanted.cohort, "urn": wanted.urn, _CHANGED: wanted.updated_since}
        return _SCHOOLS.page(self._engine, given, order, window, after)
