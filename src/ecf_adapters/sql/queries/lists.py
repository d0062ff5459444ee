"""What every list has in common: its order, its window, and the latest of some instants."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case

from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.window import Window


def latest(*instants: ColumnElement[Any]) -> ColumnElement[Any]:
    """The latest of instants that are all there."""
    found, *others = instants
    for other in others:
        found = case((other > found, other), else_=found)
    return found


def in_order(listed: Select[Any], order: Order) -> Select[Any]:
    """Ordered by the columns that its rows' fields are of."""
    columns = listed.selected_columns
    return listed.order_by(*(_ordered(columns[sort.field], sort) for sort in total(order)))


def _ordered(column: ColumnElement[Any], sort: Sort) -> ColumnElement[Any]:
    ordered = column.desc() if sort.descending else column.asc()
    if not getattr(getattr(column, "element", column), "nullable", False):
        return ordered  # an index can hold this order; not so with nulls that are told where to go
    return ordered.nulls_first() if sort.descending else ordered.nulls_last()


def within(listed: Select[Any], window: Window) -> Select[Any]:
    """The window's part, and one row more: it tells whether there is a next page."""
    return listed.limit(window.per_page + 1).offset(window.offset)
