"""PostgreSQL asked by one call of its own library.

psycopg's cursors send, look and look again, step by step, so that others can wait for them in other
ways; for a statement that takes no time that is most of it. How values are written and read is
psycopg's all the same.
"""

from collections.abc import Sequence
from typing import Any, Final

from psycopg import Connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult

Names = dict[str, bytes]
"""What the connection has prepared, by its text."""

_MOST: Final = 100
"""Statements that a connection keeps prepared; what a list can be ordered by is without end."""


def rows_of_one_call(
    connection: Connection[Any], names: Names, text: str, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """All rows of a query. Raises :class:`psycopg.Error`."""
    transformer = Transformer(connection)
    given = transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
    result = _result(connection.pgconn, names, text, given)
    if result.status != ExecStatus.TUPLES_OK:
        raise error_from_result(result)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)


def _result(server: PGconn, names: Names, text: str, given: Sequence[Any]) -> PGresult:
    name = names.get(text)
    if name is None:
        if len(names) == _MOST:
            return server.exec_params(text.encode(), given)
        name = f"ecf_{len(names)}".encode()
        prepared = server.prepare(name, text.encode())
        if prepared.status != ExecStatus.COMMAND_OK:
            raise error_from_result(prepared)
        names[text] = name
    return server.exec_prepared(name, given)
