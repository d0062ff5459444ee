"""The read tables: written with every change of what they show, checked, and made anew.

They hold nothing of their own: all of it follows from the tables of the model.
"""

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, delete, func, select

from ecf_adapters.sql.read_tables.partnerships import shown_partnerships
from ecf_adapters.sql.read_tables.schools import shown_schools
from ecf_adapters.sql.tables import read_partnerships, read_schools

_SHOWN: Final = ((read_partnerships, shown_partnerships), (read_schools, shown_schools))


@frozen
class Difference:
    """How many rows of a read table are not as the model says, and the id of one of them."""

    table: str
    missing: int
    wrong: int
    example: str


def rebuild(connection: Connection) -> None:
    """Makes all of them anew."""
    for table, shown in _SHOWN:
        connection.execute(delete(table))
        connection.execute(table.insert().from_select(list(table.c.keys()), shown()))


def differences(connection: Connection) -> Iterator[Difference]:
    """Where the read tables are not what they should be."""
    for table, shown in _SHOWN:
        should_be, are = shown(), select(*table.c)
        missing, wrong = (
            connection.execute(select(func.count(), func.min(rows.c.id)).select_from(rows)).one()
            for rows in (should_be.except_(are).subquery(), are.except_(should_be).subquery())
        )
        if missing[0] or wrong[0]:
            yield Difference(table.name, missing[0], wrong[0], missing[1] or wrong[1])
