"""A row as it is sent: JSON that the database makes of its columns, once, when it is written.

So a list is read as it goes out, whatever there is in a row.
"""

from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Boolean, Column, ColumnElement, Computed, String, case, cast, column, func
from sqlalchemy import literal as text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_SECOND = len("2024-09-01T09:00:00")
_MILLISECOND = len("2024-09-01T09:00:00.000")
Piece = ColumnElement[str]


class _Json(FunctionElement[str]):
    """A text as JSON writes it, or ``null``."""

    type = String()
    inherit_cache = True


@compiles(_Json, "sqlite")
def _json_in_sqlite(element: _Json, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_quote({compiler.process(element.clauses, **options)})"


@compiles(_Json, "postgresql")
def _json_in_postgresql(element: _Json, compiler: SQLCompiler, **options: Any) -> str:
    """What is between the braces of an object: no shorter function is one that a column may use."""
    given = compiler.process(element.clauses, **options)
    return f"right(left(json_object(ARRAY['', {given}]::text[])::text, -1), -6)"


def column_sent_as(kind: str, **attributes: Piece) -> Column[str]:
    """The column that has a row as a resource of a kind, with its attributes."""
    pieces: list[Piece] = [text('{"id":'), plain("id"), text(f',"type":"{kind}","attributes":')]
    for number, (name, value) in enumerate(attributes.items()):
        pieces += [text(f'{"," if number else "{"}"{name}":'), value]
    return Column(
        "sent", String, Computed(reduce(add, [*pieces, text("}}")]), persisted=True), nullable=False
    )


def any_text(name: str) -> Piece:
    """A text, or nothing."""
    return _Json(column(name, String))


def plain(name: str) -> Piece:
    """What has nothing in it that JSON would write in another way."""
    return _quoted(column(name, String))


def year(name: str) -> Piece:
    return _quoted(cast(column(name), String))


def yes_or_no(name: str) -> Piece:
    return case((column(name, Boolean), text("true")), else_=text("false"))


def to_the_second(name: str) -> Piece:
    return _instant(name, _SECOND)


def to_the_millisecond(name: str) -> Piece:
    """An instant, or nothing."""
    shown = _instant(name, _MILLISECOND)
    return case((column(name).is_(None), text("null")), else_=shown)


def _instant(name: str, length: int) -> Piece:
    return _quoted(func.substr(column(name, String), 1, length, type_=String) + "Z")


def _quoted(value: Piece) -> Piece:
    return text('"').concat(value).concat(text('"'))
