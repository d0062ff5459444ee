"""Many rows at once, by the driver's own ways: the toolkit's work for each would be most of it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Table

_BATCH: Final = 2000


def stage(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> int:
    """Fills a table, each row in the order of its columns; says how many there were."""
    if connection.dialect.name == "postgresql":
        return _copied(connection, table, rows)
    return _inserted(connection, table, rows)


def _copied(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> int:
    names = ", ".join(column.name for column in table.columns)
    driver: Any = connection.connection
    copied = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            copied += 1
    return copied


def _inserted(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> int:
    insert = str(table.insert().compile(dialect=connection.dialect))
    written = _as_stored(connection, table, rows)
    inserted = 0
    while batch := list(islice(written, _BATCH)):
        connection.exec_driver_sql(insert, batch)
        inserted += len(batch)
    return inserted


def _as_stored(
    connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """The rows with the values that have no type of their own in the database as it keeps them."""
    dialect = connection.dialect
    processors = [
        column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns
    ]
    changed = [(place, processor) for place, processor in enumerate(processors) if processor]
    for row in rows:
        values = list(row)
        for place, processor in changed:
            values[place] = processor(values[place])
        yield tuple(values)
