"""How the database itself writes a value as it is shown."""

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from ecf_adapters.sql.types import ShownInstant


class ShownId(FunctionElement[str]):
    """An id in lower case, with its hyphens."""

    type = String()
    inherit_cache = True


class InstantShown(FunctionElement[Any]):
    """An instant in UTC, to the microsecond."""

    type = ShownInstant()
    inherit_cache = True


class DayShown(FunctionElement[str]):
    """A day, as ISO 8601 writes it."""

    type = String()
    inherit_cache = True


def shown_id(column: ColumnElement[Any]) -> ColumnElement[str]:
    return ShownId(column)


def shown_instant(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return InstantShown(column)


def shown_day(column: ColumnElement[Any]) -> ColumnElement[str]:
    return DayShown(column)


@compiles(ShownId, "postgresql")
def _id_in_postgresql(element: ShownId, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"


@compiles(ShownId, "sqlite")
def _id_in_sqlite(element: ShownId, compiler: SQLCompiler, **options: Any) -> str:
    """There it is kept as 32 digits."""
    digits = compiler.process(element.clauses, **options)
    groups = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "(" + " || '-' || ".join(f"substr({digits}, {at}, {n})" for at, n in groups) + ")"


@compiles(InstantShown, "postgresql")
def _instant_in_postgresql(element: InstantShown, compiler: SQLCompiler, **options: Any) -> str:
    instant = compiler.process(element.clauses, **options)
    return f"""to_char({instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


@compiles(InstantShown, "sqlite")
def _instant_in_sqlite(element: InstantShown, compiler: SQLCompiler, **options: Any) -> str:
    """There it is kept as a text with a blank in its middle."""
    return f"(replace({compiler.process(element.clauses, **options)}, ' ', 'T') || 'Z')"


@compiles(DayShown, "postgresql")
def _day_in_postgresql(element: DayShown, compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD')"


@compiles(DayShown, "sqlite")
def _day_in_sqlite(element: DayShown, compiler: SQLCompiler, **options: Any) -> str:
    """There it is kept as that text."""
    return compiler.process(element.clauses, **options)
