"""Prepared statements in a transaction that SQLAlchemy began and will end."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from ecf_adapters.sql.engine import send_first
from ecf_adapters.sql.prepared import Prepared, Values
from ecf_adapters.sql.rows import Found


def found_by(connection: Connection, asked: Prepared, values: Values) -> list[Found]:
    """The rows by their columns, each value as its type says."""
    sent = asked.on(connection.dialect)
    rows = run(connection, asked, values).fetchall()
    return [dict(zip(sent.columns, sent.read(row), strict=True)) for row in rows]


def run(connection: Connection, asked: Prepared, values: Values) -> Any:
    """The driver's own cursor, once the statement has run."""
    sent = asked.on(connection.dialect)
    begin(connection)
    send_first(connection)
    return execute(connection, sent.text, sent.written(values))


def begin(connection: Connection) -> None:
    """A commit may have ended the transaction, and the driver alone begins none on SQLite."""
    if not connection.in_transaction():
        connection.begin()


def execute(connection: Connection, text: str, values: Values | Sequence[Any]) -> Any:
    """Likewise, of what is ready to be sent.

    SQLAlchemy puts what goes wrong into its own words, and lets go of a connection that is lost.
    """
    cursor = _cursor(connection)
    try:
        cursor.execute(text, values)
    except BaseException as problem:  # noqa: BLE001 - whatever it is, it is raised
        connection._handle_dbapi_exception(problem, text, None, None, None)  # noqa: SLF001 - no other way
    return cursor


def _cursor(connection: Connection) -> Any:
    """The driver's own, and on PostgreSQL the one that sends statements as they are."""
    if connection.dialect.name != "postgresql":
        return connection.connection.cursor()
    from psycopg import RawCursor  # noqa: PLC0415 - SQLite does without it

    driver: Any = connection.connection.driver_connection
    return RawCursor(driver)
