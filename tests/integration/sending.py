"""What is sent to a database, whoever sends it: SQLAlchemy does not see all of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import Engine, event

RUNS = ("Execute", "Query")
"""The messages that run a statement."""

FROM_HERE = re.compile(r"\tF\t\d+\t(\w+)")


@contextmanager
def sent_by(engine: Engine) -> Iterator[list[str]]:
    """SQLite's statements, or the kinds of PostgreSQL's messages, once all is sent."""
    sent: list[str] = []
    drivers: list[Any] = []
    with TemporaryFile("w+") as trace:

        def listen(connection: Any, _record: Any, _proxy: Any) -> None:
            drivers.append(connection)
            if engine.dialect.name == "sqlite":
                connection.set_trace_callback(sent.append)
            else:
                connection.pgconn.trace(trace.fileno())

        event.listen(engine, "checkout", listen)
        yield sent
        event.remove(engine, "checkout", listen)
        for driver in drivers:
            if engine.dialect.name == "sqlite":
                driver.set_trace_callback(None)
            else:
                driver.pgconn.untrace()
        trace.seek(0)
        sent += FROM_HERE.findall(trace.read())
