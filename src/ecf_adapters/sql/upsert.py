from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case
from sqlalchemy.dialects import postgresql, sqlite


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
    statement = insert_into(connection, table)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={name: statement.excluded[name] for name in replacing}
            | {name: _later(table.c[name], statement.excluded[name]) for name in advancing},
        ),
        values,
    )


def upsert_from(connection: Connection, table: Table, rows: Select[Any]) -> None:
    """Adds the rows of a select, or replaces those whose primary key is there."""
    statement = insert_into(connection, table).from_select(list(table.c.keys()), rows)
    key = list(table.primary_key.columns)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=key,
            set_={c.name: statement.excluded[c.name] for c in table.c if c not in key},
        )
    )


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An insert that may say what to do where the row is there."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def _later(known: ColumnElement[Any], given: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((known > given, known), else_=given)
