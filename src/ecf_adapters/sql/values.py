"""Any number of values in one parameter: a statement takes no more than some thousands of them."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Several(TypeDecorator[list[Any]]):
    """Values that a column of a type may have: an array, or JSON where there are no arrays."""

    impl = String
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.of))
        return dialect.type_descriptor(String())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else json.dumps(value)


class _IsOneOf(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


@compiles(_IsOneOf, "postgresql")
def _in_an_array(element: _IsOneOf, compiler: SQLCompiler, **options: Any) -> str:
    one, several = (compiler.process(each, **options) for each in element.clauses)
    return f"{one} = ANY ({several})"


@compiles(_IsOneOf, "sqlite")
def _in_json(element: _IsOneOf, compiler: SQLCompiler, **options: Any) -> str:
    one, several = (compiler.process(each, **options) for each in element.clauses)
    return f"{one} IN (SELECT value FROM json_each({several}))"  # noqa: S608 - both are SQL


def one_of(column: Column[Any], name: str) -> ColumnElement[bool]:
    """The column has one of the texts or numbers that the parameter of a name will have."""
    return _IsOneOf(column, bindparam(name, type_=Several(column.type)))


def texts_in(connection: Connection, texts: Iterable[str]) -> Select[Any]:
    """The texts as rows."""
    return _rows(connection.dialect.name, literal(json.dumps(sorted(set(texts))), String))


def ids_in(connection: Connection, ids: Iterable[UUID]) -> Select[Any]:
    """The ids as rows."""
    return _as_ids(texts_in(connection, (id_.hex for id_ in ids)))


def ids_given(dialect: str, name: str) -> Select[Any]:
    """The ids as rows that the parameter of a name will have, as a JSON array."""
    return _as_ids(_rows(dialect, bindparam(name, type_=String)))


def _rows(dialect: str, given: ColumnElement[str]) -> Select[Any]:
    rows = (
        func.jsonb_array_elements_text(cast(given, JSONB))
        if dialect == "postgresql"
        else func.json_each(given)
    )
    return select(rows.table_valued(column("value", String)).c.value)


def _as_ids(texts: Select[Any]) -> Select[Any]:
    (value,) = texts.selected_columns
    return texts.with_only_columns(cast(value, Uuid))
