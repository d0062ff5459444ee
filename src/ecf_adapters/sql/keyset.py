"""Pages of flat tables that start after a row."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

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
    tuple_,
)

from ecf_adapters.sql.prepared import Row, Values
from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.window import Window

_AT_ONCE: Final = 500


def value(name: str, column: Column[Any]) -> Any:
    """A parameter that is compared with a column."""
    return bindparam(name, type_=column.type)


def known(after: Row | None) -> tuple[bool, ...]:
    """Which values there are of the row that a page starts after; without it, none."""
    return tuple(each is not None for each in after or ())


def part(listed: Select[Any], table: Table, order: Order, after: tuple[bool, ...]) -> Select[Any]:
    """What comes after a row of which some values are known, or what the window counts to."""
    if after:
        sorts = [(table.c[sort.field], sort) for sort in total(order)]
        listed = listed.where(_past(sorts, after))
    else:
        listed = listed.offset(bindparam("offset"))
    return listed.limit(bindparam("limit"))


def starting(window: Window, after: Row | None) -> dict[str, Any]:
    """The values for it; one row more than the page has tells whether there is a next one."""
    if after is None:
        return {"limit": window.per_page + 1, "offset": window.offset}
    return {
        "limit": window.per_page + 1,
        **{f"after_{number}": each for number, each in enumerate(after)},
    }


def _past(sorts: Sequence[tuple[Column[Any], Sort]], there: Sequence[bool]) -> ColumnElement[bool]:
    """Whatever comes later in the order than the row some of whose values are there."""
    values = [value(f"after_{number}", column) for number, (column, _) in enumerate(sorts)]
    ways = {sort.descending for _, sort in sorts}
    if len(ways) == 1 and not any(column.nullable for column, _ in sorts):
        columns, position = tuple_(*(column for column, _ in sorts)), tuple_(*values)
        return columns < position if True in ways else columns > position  # an index starts there
    alternatives, equal = [], list[ColumnElement[bool]]()
    for (column, sort), its, is_there in zip(sorts, values, there, strict=True):
        alternatives.append(and_(*equal, _later(column, its if is_there else None, sort)))
        equal.append(column == its if is_there else column.is_(None))
    return or_(*alternatives)


def _later(column: Column[Any], its: Any, sort: Sort) -> ColumnElement[bool]:
    """What has no value counts as the greatest."""
    if sort.descending:
        return column.is_not(None) if its is None else column < its
    if its is None:
        return false()
    return or_(column > its, column.is_(None)) if column.nullable else column > its


def rows_in_turn(engine: Engine, listed: Select[Any], values: Values) -> Iterator[Row]:
    """All rows in order, of which there are never more than some in memory."""
    with engine.connect() as connection:
        cursor: Any = connection.execute(listed, values).cursor
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows
