"""Random ids that the database itself makes, for rows that are never in Python."""

from typing import Any
from uuid import UUID

from sqlalchemy import Uuid
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class MadeId(FunctionElement[UUID]):
    """A UUID of version 4, another one for every row."""

    type = Uuid()
    inherit_cache = True


@compiles(MadeId, "postgresql")
def _in_postgresql(_element: MadeId, _compiler: SQLCompiler, **_options: Any) -> str:
    return "gen_random_uuid()"


@compiles(MadeId, "sqlite")
def _in_sqlite(_element: MadeId, _compiler: SQLCompiler, **_options: Any) -> str:
    """There it is kept as 32 digits."""
    three = "substr(hex(randomblob(2)), 2)"
    variant = "substr('89AB', (random() & 3) + 1, 1)"
    six = "hex(randomblob(6))"
    return f"lower({six} || '4' || {three} || {variant} || {three} || {six})"
