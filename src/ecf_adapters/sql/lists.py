"""The lists that lead providers poll, from their flat tables: the driver's own rows, as sent."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Select,
    Table,
    and_,
    false,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.exc import DBAPIError

from ecf_adapters.sql.queries.lists import in_order, within
from ecf_adapters.sql.tables import read_partnerships, read_schools
from ecf_core.model.ids import LeadProviderId
from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN, PartnershipsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Page, Window

Row = tuple[Any, ...]

_PARTNERSHIP: Final = (
    "id",
    "cohort",
    "urn",
    "school_id",
    "delivery_partner_id",
    "delivery_partner_name",
    "status",
    "challenged_reason",
    "challenged_at",
    "induction_tutor_name",
    "induction_tutor_email",
    "created_at",
    "updated_at",
    "challenge_deadline",
)
_SCHOOL: Final = (
    "id",
    "name",
    "urn",
    "cohort",
    "in_partnership",
    "induction_programme_choice",
    "created_at",
    "updated_at",
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
        c = read_partnerships.c
        listed = _columns(read_partnerships, _PARTNERSHIP).where(
            c.lead_provider_id == lead_provider_id
        )
        if wanted.cohorts is None:
            listed = listed.where(c.cohort >= FIRST_COHORT_SHOWN)
        else:
            listed = listed.where(c.cohort.in_(wanted.cohorts))
        if wanted.delivery_partner_ids is not None:
            listed = listed.where(c.delivery_partner_id.in_(map(str, wanted.delivery_partner_ids)))
        if wanted.updated_since is not None:
            listed = listed.where(c.updated_at >= wanted.updated_since)
        return _page(self._engine, listed, order, window, after)


@frozen
class SqlSchoolList:
    _engine: Engine

    def page(
        self, wanted: SchoolsFilter, order: Order, window: Window, after: Row | None
    ) -> Page[Row]:
        c = read_schools.c
        listed = _columns(read_schools, _SCHOOL).where(c.cohort == wanted.cohort, c.listed)
        if wanted.urn is not None:
            listed = listed.where(c.urn == wanted.urn)
        if wanted.updated_since is not None:
            listed = listed.where(c.updated_at >= wanted.updated_since)
        return _page(self._engine, listed, order, window, after)


def _columns(table: Table, names: Sequence[str]) -> Select[Any]:
    return select(*(table.c[name] for name in names))


def _page(
    engine: Engine, listed: Select[Any], order: Order, window: Window, after: Row | None
) -> Page[Row]:
    """A page that starts after a row costs the same wherever it is; a counted one does not."""
    if after is None:
        found = within(in_order(listed, order), window)
    else:
        columns: Any = listed.selected_columns
        sorts = [(columns[sort.field], sort) for sort in total(order)]
        found = in_order(listed.where(_past(sorts, after)), order).limit(window.per_page + 1)
    return Page.of(_rows(engine, found), window)


def _past(sorts: Sequence[tuple[Column[Any], Sort]], after: Row) -> ColumnElement[bool]:
    """Whatever comes later in the order than the row whose values these are."""
    columns, values = (
        tuple_(*(column for column, _ in sorts)),
        tuple_(
            *(literal(value, column.type) for (column, _), value in zip(sorts, after, strict=True))
        ),
    )
    ways = {sort.descending for _, sort in sorts}
    if len(ways) == 1 and not any(column.nullable for column, _ in sorts):
        return columns < values if True in ways else columns > values  # an index can start there
    alternatives, equal = [], list[ColumnElement[bool]]()
    for (column, sort), value in zip(sorts, after, strict=True):
        alternatives.append(and_(*equal, _later(column, value, sort)))
        equal.append(column.is_not_distinct_from(value))
    return or_(*alternatives)


def _later(column: Column[Any], value: Any, sort: Sort) -> ColumnElement[bool]:
    """What has no value counts as the greatest."""
    if sort.descending:
        return column.is_not(None) if value is None else column < value
    if value is None:
        return false()
    return or_(column > value, column.is_(None)) if column.nullable else column > value


def _rows(engine: Engine, listed: Select[Any]) -> Sequence[Row]:
    """A connection that was lost while it was idle is no reason to fail: it is asked once more."""
    try:
        return _ask(engine, listed)
    except DBAPIError as problem:
        if not problem.connection_invalidated:
            raise
        return _ask(engine, listed)


def _ask(engine: Engine, listed: Select[Any]) -> Sequence[Row]:
    with engine.connect() as connection:
        cursor: Any = connection.execute(listed).cursor
        rows: Sequence[Row] = cursor.fetchall()
        return rows
