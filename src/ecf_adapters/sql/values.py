"""Any number of values in one parameter: a statement takes no more than some thousands of them."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, String, Uuid, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB


def texts_in(connection: Connection, texts: Iterable[str]) -> Select[Any]:
    """The texts as rows."""
    given = literal(json.dumps(sorted(set(texts))), String)
    rows = (
        func.jsonb_array_elements_text(cast(given, JSONB))
        if connection.dialect.name == "postgresql"
        else func.json_each(given)
    )
    return select(rows.table_valued(column("value", String)).c.value)


def ids_in(connection: Connection, ids: Iterable[UUID]) -> Select[Any]:
    """The ids as rows."""
    (value,) = (texts := texts_in(connection, (id_.hex for id_ in ids))).selected_columns
    return texts.with_only_columns(cast(value, Uuid))
