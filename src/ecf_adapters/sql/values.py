"""Any number of values in one parameter: a statement takes no more than some thousands of them."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
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
from sqlalchemy.dialects.postgresql import JSONB


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
