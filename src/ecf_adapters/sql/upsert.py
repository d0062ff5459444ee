from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, case
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert
_INSERTS: Final[Mapping[str, Callable[[Table], Insert]]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def upsert(
    connection: Connection,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    replacing: Sequence[str],
    advancing: Sequence[str] = (),
) -> None:
    """Adds rows, or replaces the named columns of those whose primary key is there.

    A column to be advanced is replaced by what is later alone.
    """
    values = [dict(row) for row in rows]
    if not values:
        return
    dialect = connection.dialect.name
    connection.execute(upserting(dialect, table, tuple(replacing), tuple(advancing)), values)


@lru_cache(maxsize=64)
def upserting(
    dialect: str, table: Table, replacing: tuple[str, ...], advancing: tuple[str, ...] = ()
) -> Insert:
    statement = _INSERTS[dialect](table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: statement.excluded[name] for name in replacing}
        | {name: _later(table.c[name], statement.excluded[name]) for name in advancing},
    )


def upsert_from(
    connection: Connection, table: Table, rows: Select[Any], *, advancing: Sequence[str] = ()
) -> None:
    """Adds the rows of a select, or replaces those whose primary key is there.

    A column to be advanced is replaced by what is later alone.
    """
    connection.execute(upserting_from(connection.dialect.name, table, rows, advancing=advancing))


def upserting_from(
    dialect: str, table: Table, rows: Select[Any], *, advancing: Sequence[str] = ()
) -> Insert:
    names = written(table)
    statement = _INSERTS[dialect](table).from_select(names, rows)
    key = table.primary_key.columns
    return statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: statement.excluded[name] for name in names if name not in key}
        | {name: _later(table.c[name], statement.excluded[name]) for name in advancing},
    )


def written(table: Table) -> list[str]:
    """The columns that are written; the others the database makes of them."""
    return [column.name for column in table.c if column.computed is None]


def insert_into(connection: Connection, table: Table) -> Insert:
    """An insert that may say what to do where the row is there."""
    return _INSERTS[connection.dialect.name](table)


def _later(known: ColumnElement[Any], given: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((known > given, known), else_=given)
