"""What the migrations write again and again."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine


def required(type_: TypeEngine[Any], *names: str) -> Iterator[sa.Column[Any]]:
    """Columns of a type that have something in every row."""
    for name in names:
        yield sa.Column(name, type_, nullable=False)


def created_and_updated() -> Iterator[sa.Column[Any]]:
    return required(sa.DateTime(timezone=True), "created_at", "updated_at")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """The foreign key of one column of a table."""
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))
