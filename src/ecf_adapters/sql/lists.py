"""The lists that lead providers poll, from their flat tables: the driver's own rows, as sent."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from attrs import frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Select,
    Table,
    and_,
    bindparam,
    false,
    or_,
    select,
    tuple_,
)
from sqlalchemy.exc import DBAPIError

from ecf_adapters.sql.queries.lists import in_order
from ecf_adapters.sql.tables import read_partnerships, read_schools
from ecf_core.model.ids import LeadProviderId
from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN, PartnershipsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Page, Window

Row = tuple[Any, ...]
Values = Mapping[str, Any]

_CHANGED: Final = "updated_since"


@frozen(eq=False)
class _List:
    """A flat table, what is sent of it, and what each thing that is asked for comes to."""

    table: Table
    columns: tuple[str, ...]
    filters: Mapping[str, ColumnElement[bool]]
    changes: str
    """The index that has what changed last: SQLite, which keeps no statistics, is told."""

    def page(
        self, engine: Engine, given: Values, order: Order, window: Window, after: Row | None
    ) -> Page[Row]:
        """A page that starts after a row costs the same wherever it is; a counted one does not."""
        values = {name: value for name, value in given.items() if value is not None}
        there = tuple(value is not None for value in after or ())
        statement = self._asking(frozenset(values), order, there)
        # One row more than the page has tells whether there is a next one.
        values["limit"] = window.per_page + 1
        if after is None:
            values["offset"] = window.offset
        else:
            values |= {f"after_{number}": value for number, value in enumerate(after)}
        return Page.of(_rows(engine, statement, values), window)

    @lru_cache(maxsize=256)  # noqa: B019 - there are two lists, and they live as long as we do
    def _asking(self, asked: frozenset[str], order: Order, after: tuple[bool, ...]) -> Select[Any]:
        """The statement for all that ask for the same kinds of things.

        ``after`` says which values of the row that it starts after there are: none, and it counts.
        """
        columns = [self.table.c[name] for name in self.columns]
        listed = select(*columns).where(*(self.filters[name] for name in sorted(asked)))
        if _CHANGED in asked:
            listed = listed.with_hint(self.table, f"INDEXED BY {self.changes}", "sqlite")
        if after:
            sorts = [(self.table.c[sort.field], sort) for sort in total(order)]
            listed = listed.where(_past(sorts, after))
        else:
            listed = listed.offset(bindparam("offset"))
        return in_order(listed, order).limit(bindparam("limit"))


def _value(name: str, column: Column[Any], *, several: bool = False) -> Any:
    return bindparam(name, type_=column.type, expanding=several)


_p, _s = read_partnerships.c, read_schools.c
_PARTNERSHIPS: Final = _List(
    read_partnerships,
    columns=(
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
    ),
    filters={
        "lead_provider_id": _p.lead_provider_id == _value("lead_provider_id", _p.lead_provider_id),
        "first_cohort": _p.cohort >= _value("first_cohort", _p.cohort),
        "cohorts": _p.cohort.in_(_value("cohorts", _p.cohort, several=True)),
        "delivery_partner_ids": _p.delivery_partner_id.in_(
            _value("delivery_partner_ids", _p.delivery_partner_id, several=True)
        ),
        _CHANGED: _p.updated_at >= _value(_CHANGED, _p.updated_at),
    },
    changes="ix_read_partnerships_lead_provider_id_updated_at_id",
)
_SCHOOLS: Final = _List(
    read_schools,
    columns=(
        "id",
        "name",
        "urn",
        "cohort",
        "in_partnership",
        "induction_programme_choice",
        "created_at",
        "updated_at",
    ),
    filters={
        "cohort": and_(_s.listed, _s.cohort == _value("cohort", _s.cohort)),
        "urn": _s.urn == _value("urn", _s.urn),
        _CHANGED: _s.updated_at >= _value(_CHANGED, _s.updated_at),
    },
    changes="ix_read_schools_listed_updated_at",
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


def _past(sorts: Sequence[tuple[Column[Any], Sort]], there: Sequence[bool]) -> ColumnElement[bool]:
    """Whatever comes later in the order than the row some of whose values are there."""
    values = [_value(f"after_{number}", column) for number, (column, _) in enumerate(sorts)]
    ways = {sort.descending for _, sort in sorts}
    if len(ways) == 1 and not any(column.nullable for column, _ in sorts):
        columns, position = tuple_(*(column for column, _ in sorts)), tuple_(*values)
        return columns < position if True in ways else columns > position  # an index starts there
    alternatives, equal = [], list[ColumnElement[bool]]()
    for (column, sort), value, known in zip(sorts, values, there, strict=True):
        alternatives.append(and_(*equal, _later(column, value if known else None, sort)))
        equal.append(column == value if known else column.is_(None))
    return or_(*alternatives)


def _later(column: Column[Any], value: Any, sort: Sort) -> ColumnElement[bool]:
    """What has no value counts as the greatest."""
    if sort.descending:
        return column.is_not(None) if value is None else column < value
    if value is None:
        return false()
    return or_(column > value, column.is_(None)) if column.nullable else column > value


def _rows(engine: Engine, listed: Select[Any], values: Values) -> Sequence[Row]:
    """A connection that was lost while it was idle is no reason to fail: it is asked once more."""
    try:
        return _ask(engine, listed, values)
    except DBAPIError as problem:
        if not problem.connection_invalidated:
            raise
        return _ask(engine, listed, values)


def _ask(engine: Engine, listed: Select[Any], values: Values) -> Sequence[Row]:
    with engine.connect() as connection:
        cursor: Any = connection.execute(listed, values).cursor
        rows: Sequence[Row] = cursor.fetchall()
        return rows
