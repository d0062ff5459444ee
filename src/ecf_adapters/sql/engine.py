"""Connections to SQLite and PostgreSQL that behave alike."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any, Final

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from ecf_core.errors import StaleWrite

WRITES: Final = "ecf_writes"
"""The execution option of a connection that will write: it takes SQLite's write lock at once."""

SEND_FIRST: Final = "ecf_send_first"
"""The execution option of a connection that something is kept back from: what sends it."""

_LINE: Final = "ecf_line"
_BEGIN_TO_WRITE: Final = "BEGIN IMMEDIATE"
_LOCK_WAIT_SECONDS: Final = 60
_CONNECT_WAIT_SECONDS: Final = 10
_CONNECTIONS: Final = 20
"""That are kept; as many again are opened when all of them are busy."""
_TRUSTED_SECONDS: Final = 5
"""For which a connection that nobody uses is taken to be there: to ask costs as much as a write."""
_IDLE_SINCE: Final = "ecf_idle_since"
_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    # In pages. A partnership writes forty; at 1,000 the same ones are put in place again and again.
    "wal_autocheckpoint = 4000",
)
_SOMEONE_WAS_FASTER: Final = frozenset(
    {
        # PostgreSQL: unique and exclusion violation, serialisation failure, deadlock
        "23505",
        "23P01",
        "40001",
        "40P01",
        "SQLITE_CONSTRAINT_UNIQUE",
        "SQLITE_CONSTRAINT_PRIMARYKEY",
        "SQLITE_CONSTRAINT_TRIGGER",
    }
)


def connect_to_read(url: str | URL) -> Engine:
    """An engine for reads of one statement each: nothing but the statement is sent.

    A connection that was lost while it was idle is found out by the statement that fails.
    """
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS, pool_use_lifo=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(
        url,
        connect_args={"connect_timeout": _CONNECT_WAIT_SECONDS},
        isolation_level="AUTOCOMMIT",
        pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
        pool_use_lifo=True,  # what was used last has the statements that are asked prepared
    )


def connect_to(url: str | URL, *, lock_wait: float = _LOCK_WAIT_SECONDS) -> Engine:
    """An engine for a database URL; nothing is opened until it is used.

    Whoever waits for a lock waits a minute at most, or as many seconds as are said.
    """
    url = make_url(url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            connect_args={"timeout": lock_wait},
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_use_lifo=True,
        )
        engine.update_execution_options(**{_LINE: (Lock(), lock_wait)})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": _CONNECT_WAIT_SECONDS},
            pool_size=_CONNECTIONS,
            max_overflow=_CONNECTIONS,
            pool_use_lifo=True,
        )
        event.listen(engine, "connect", partial(_wait_for_locks, lock_wait))
        event.listen(engine, "checkin", _note_since_when_it_is_idle)
        event.listen(engine, "checkout", partial(_ask_whether_it_is_there, engine.dialect))
    event.listen(engine, "handle_error", _translate)
    event.listen(engine, "before_cursor_execute", send_first)
    return engine


@contextmanager
def connected_to_write(engine: Engine) -> Iterator[Connection]:
    """A connection that will write.

    On SQLite, who else writes in this process stands in line: SQLite itself would have them
    look again and again, ever more seldom, whether it is their turn.
    """
    with _in_line(engine), engine.connect().execution_options(**{WRITES: True}) as connection:
        yield connection


@contextmanager
def _in_line(engine: Engine) -> Iterator[None]:
    if _LINE not in engine.get_execution_options():
        yield
        return
    line, wait = engine.get_execution_options()[_LINE]
    if not line.acquire(timeout=wait):
        locked = sqlite3.OperationalError("database is locked")
        raise OperationalError(_BEGIN_TO_WRITE, None, locked)
    try:
        yield
    finally:
        line.release()


def send_first(connection: Connection, *_: Any) -> None:
    """Whatever is asked sees what was written before."""
    if send := connection.get_execution_options().get(SEND_FIRST):
        send()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not at the driver's guess
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _wait_for_locks(seconds: float, connection: Any, _record: Any) -> None:
    """PostgreSQL would wait for ever, and so would the thread that asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {round(seconds * 1000)}")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql(_BEGIN_TO_WRITE if writes else "BEGIN")


def _note_since_when_it_is_idle(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_IDLE_SINCE] = monotonic()


def _ask_whether_it_is_there(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: Any
) -> None:
    """A database that was restarted is told by the first connection that has been idle longer."""
    since = record.info.get(_IDLE_SINCE)
    if since is None or monotonic() - since < _TRUSTED_SECONDS:  # it is new, or was just used
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as lost:
        raise InvalidatePoolError from lost


def _translate(context: ExceptionContext) -> None:
    error = context.original_exception
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    if code in _SOMEONE_WAS_FASTER:
        raise StaleWrite(code) from error
