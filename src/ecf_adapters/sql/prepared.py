"""Statements that are put together once, and run by the driver alone.

What SQLAlchemy does around an execution takes several times what the driver takes. So for what
every request asks it says, once for each database, what is sent, and how values are written and
read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from attrs import field, frozen
from sqlalchemy import (
    BindParameter,
    Dialect,
    Engine,
    FromClause,
    Insert,
    Select,
    Update,
)
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]
Values = Mapping[str, Any]
Statement = Select[Any] | Insert | Update
_Process = Callable[[Any], Any]
_NUMBERED: Final = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # SQLAlchemy's
"""Numbers parameters as PostgreSQL itself does, so that the driver has nothing to translate."""
_NAMES: Final = "ecf_prepared"


@frozen
class Compiled:
    """What a statement is on one database: its text, and how values are written and read."""

    text: str
    constants: Values
    places: Sequence[str] | None
    writing: Mapping[str, _Process]
    reading: Sequence[tuple[int, _Process]]
    columns: Sequence[Any]

    def written(self, values: Values) -> Values | Sequence[Any]:
        """The values as the driver wants them: by name, or by their places."""
        given = {**self.constants, **values}
        for name, write in self.writing.items():
            given[name] = write(given[name])
        return given if self.places is None else [given[name] for name in self.places]

    def read(self, row: Row) -> Row:
        """A row of the driver's, each value as its type says."""
        if not self.reading:
            return row
        values = list(row)
        for place, read in self.reading:
            values[place] = read(values[place])
        return tuple(values)


@frozen(eq=False)
class Prepared:
    """A statement whose parameters have one value each."""

    statement: Statement
    _compiled: dict[str, Compiled] = field(factory=dict, init=False)

    @property
    def table(self) -> FromClause:
        """The table that it writes."""
        if isinstance(self.statement, Select):
            raise TypeError(self.statement)
        return self.statement.table

    def on(self, dialect: Dialect) -> Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compiled_for(dialect, self.statement)
        return compiled


def _compiled_for(dialect: Dialect, statement: Statement) -> Compiled:
    compiled = statement.compile(dialect=_NUMBERED if dialect.name == _NUMBERED.name else dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(statement)
    names: Mapping[BindParameter[Any], str] = compiled.bind_names
    writing = {
        name: _own(bind.type, dialect).bind_processor(dialect) for bind, name in names.items()
    }
    columns = list(statement.exported_columns)
    reading = [_own(column.type, dialect).result_processor(dialect, None) for column in columns]
    return Compiled(
        text=str(compiled),
        constants={name: bind.value for bind, name in names.items() if not bind.required},
        places=compiled.positiontup,
        writing={name: write for name, write in writing.items() if write is not None},
        reading=[(place, read) for place, read in enumerate(reading) if read is not None],
        columns=columns,
    )


def _own(type_: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return type_.dialect_impl(dialect)


def rows_of(engine: Engine, asked: Prepared, values: Values) -> Sequence[Row]:
    """The driver's own rows, of an engine for reads; what goes wrong is said as SQLAlchemy says it.

    A connection that was lost while it was idle is no reason to fail: it is asked once more.
    """
    try:
        return _fetched(engine, asked, values)
    except DBAPIError as problem:
        if not problem.connection_invalidated:
            raise
    engine.dispose()  # the others that are idle were lost with it
    return _fetched(engine, asked, values)


def _fetched(engine: Engine, asked: Prepared, values: Values) -> Sequence[Row]:
    compiled = asked.on(engine.dialect)
    with _in_its_words(engine, None):
        connection = engine.raw_connection()
    try:
        with _in_its_words(engine, connection):
            given = compiled.written(values)
            return _all_rows(connection, engine.dialect, compiled.text, given)
    finally:
        connection.close()


@contextmanager
def _in_its_words(engine: Engine, connection: PoolProxiedConnection | None) -> Iterator[None]:
    """Raises SQLAlchemy's errors for the driver's, and lets go of a connection that is lost."""
    driver = engine.dialect.loaded_dbapi
    try:
        yield
    except driver.Error as problem:
        lost = connection is not None and engine.dialect.is_disconnect(problem, connection, None)
        if connection is not None and lost:
            connection.invalidate(problem)
        raise DBAPIError.instance(
            None, None, problem, driver.Error, connection_invalidated=lost, dialect=engine.dialect
        ) from problem


def _all_rows(
    connection: PoolProxiedConnection, dialect: Dialect, text: str, values: Any
) -> Sequence[Row]:
    if dialect.name == "postgresql":
        from ecf_adapters.sql.libpq import rows_of_one_call  # noqa: PLC0415 - SQLite does without

        driver: Any = connection.driver_connection
        return rows_of_one_call(driver, connection.info.setdefault(_NAMES, set()), text, values)
    cursor = connection.cursor()
    cursor.execute(text, values)
    return cursor.fetchall()


def values_of(engine: Engine, asked: Prepared, values: Values) -> list[Row]:
    """The rows, each value as its type says."""
    read = asked.on(engine.dialect).read
    return [read(row) for row in rows_of(engine, asked, values)]
