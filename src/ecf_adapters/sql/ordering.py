"""What every list has in common: its order and its window."""

from typing import Any

from sqlalchemy import ColumnElement, Select

from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.window import Window


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
