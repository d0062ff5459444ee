"""PostgreSQL asked by one call of its own library.

psycopg's cursors send, look and look again, step by step, so that others can wait for them in other
ways; for a statement that takes no time that is most of it. How values are written and read is
psycopg's all the same.
"""

from collections.abc import Sequence
from hashlib import sha1
from typing import Any, Final

from psycopg import Connection
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

Names = set[bytes]
"""Of what the connection has prepared."""

_MOST: Final = 100
"""Statements that a connection keeps prepared; what a list can be ordered by is without end."""
_PREPARED_NO_MORE: Final = frozenset({"26000", "0A000"})
"""Someone let go of all that was prepared, or the table was made anew."""


def rows_of_one_call(
    connection: Connection[Any], names: Names, text: str, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """All rows of a query. Raises :class:`psycopg.Error`."""
    transformer = Transformer(connection)
    given = transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
    result = _result(connection.pgconn, names, text.encode(), given)
    if result.status != ExecStatus.TUPLES_OK:
        raise error_from_result(result)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)


def _result(server: PGconn, names: Names, text: bytes, given: Sequence[Any]) -> PGresult:
    # By what it says: behind a pooler, another's statement of the name is the same.
    name = b"ecf_" + sha1(text, usedforsecurity=False).hexdigest().encode()
    if name not in names:
        if len(names) == _MOST:
            return server.exec_params(text, given)
        prepared = server.prepare(name, text)
        if prepared.status != ExecStatus.COMMAND_OK:
            return prepared
        names.add(name)
    result = server.exec_prepared(name, given)
    if result.status == ExecStatus.TUPLES_OK or _state_of(result) not in _PREPARED_NO_MORE:
        return result
    server.exec_(b"DEALLOCATE " + name)
    names.discard(name)
    return server.exec_params(text, given)


def _state_of(result: PGresult) -> str:
    return (result.error_field(DiagnosticField.SQLSTATE) or b"").decode()
