"""What a unit of work writes of one thing each, kept back and sent together."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from attrs import define, field, frozen
from sqlalchemy import BindParameter, Column, Connection, FromClause, bindparam

from ecf_adapters.sql.in_transaction import begin, execute
from ecf_adapters.sql.prepared import Prepared, Row, Values

Then = Callable[[Row | None], None]
"""What is to be done once a row is written, with what the statement returns of it, if any."""

_PARAMETER: Final = re.compile(r"\$(\d+)")


def given(*columns: Column[Any]) -> Mapping[str, BindParameter[Any]]:
    """Values for columns, which the parameters of their names will have."""
    return {column.name: bindparam(column.name, type_=column.type) for column in columns}


def _nothing(_: Row | None) -> None:
    """Whoever adds a row need not look back."""


@frozen
class _Write:
    statement: Prepared
    values: Values
    then: Then


@define
class Writes:
    """What is to be written when the unit of work commits, or before anything else is asked.

    PostgreSQL is sent it as one statement, which has one snapshot for all its parts: so there is
    one part for a table at most, and each writes one row at most and returns something of it.
    """

    _connection: Connection
    _waiting: dict[FromClause, _Write] = field(factory=dict, init=False)
    _failed: bool = field(default=False, init=False)

    def add(self, statement: Prepared, values: Values, then: Then = _nothing) -> None:
        begin(self._connection)
        table = statement.table
        if table in self._waiting:
            self.send()
        self._waiting[table] = _Write(statement, values, then)

    def send(self) -> None:
        """Once it has failed, nothing of the unit of work may be stored any more."""
        if self._failed:
            raise RuntimeError("a unit of work that has failed can only be left")
        self._failed = True
        while self._waiting:
            waiting = list(self._waiting.values())
            self._waiting.clear()
            for write, row in zip(waiting, self._answers(waiting), strict=True):
                write.then(row)
        self._failed = False

    def _answers(self, waiting: Sequence[_Write]) -> list[Row | None]:
        if self._connection.dialect.name != "postgresql":
            return [_written(self._connection, write) for write in waiting]
        return _written_together(self._connection, waiting)


def _written(connection: Connection, write: _Write) -> Row | None:
    sent = write.statement.on(connection.dialect)
    rows = execute(connection, sent.text, sent.written(write.values)).fetchall()
    return sent.read(rows[0]) if rows else None


def _written_together(connection: Connection, waiting: Sequence[_Write]) -> list[Row | None]:
    dialect = connection.dialect
    sent = [write.statement.on(dialect) for write in waiting]
    values = [
        value
        for each, write in zip(sent, waiting, strict=True)
        for value in each.written(write.values)
    ]
    text = _together(tuple(each.text for each in sent))
    row = execute(connection, text, values).fetchone()
    answers: list[Row | None] = []
    for each in sent:
        answer, row = row[: len(each.columns)], row[len(each.columns) :]
        answers.append(None if answer[0] is None else each.read(answer))
    return answers


@lru_cache
def _together(texts: tuple[str, ...]) -> str:
    """One statement whose only row has, side by side, what each of them returns."""
    parts, parameters = list[str](), 0
    for text in texts:
        parts.append(_numbered_from(parameters, text))
        parameters += len(set(_PARAMETER.findall(text)))
    written = ", ".join(f"written_{n} AS ({part})" for n, part in enumerate(parts))
    returned = ", ".join(f"written_{n}.*" for n in range(len(parts)))
    joined = " ".join(f"LEFT JOIN written_{n} ON true" for n in range(len(parts)))
    return f"WITH {written} SELECT {returned} FROM (SELECT 1) AS one {joined}"  # noqa: S608 - all are SQL


def _numbered_from(first: int, text: str) -> str:
    return _PARAMETER.sub(lambda number: f"${first + int(number[1])}", text)
