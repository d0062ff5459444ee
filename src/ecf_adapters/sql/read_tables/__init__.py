"""The read tables: written with every change of what they show, checked, and made anew.

They hold nothing of their own: all of it follows from the tables of the model.
"""

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, Engine, delete, func, select, text

from ecf_adapters.sql.engine import connected_to_write
from ecf_adapters.sql.read_tables.enrolments import shown_enrolments
from ecf_adapters.sql.read_tables.partnerships import shown_partnerships
from ecf_adapters.sql.read_tables.placing import in_place
from ecf_adapters.sql.read_tables.schools import shown_schools
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_records,
    induction_tutors,
    participant_id_changes,
    participants,
    partnerships,
    read_enrolments,
    read_partnerships,
    read_schools,
    school_cohorts,
    schools,
    training_records,
    training_states,
)
from ecf_adapters.sql.upsert import written
from ecf_core.errors import Refused, Violation

_WRITTEN_FROM: Final = (
    cohorts,
    schools,
    delivery_partners,
    induction_tutors,
    school_cohorts,
    partnerships,
    induction_programmes,
    participants,
    participant_id_changes,
    training_records,
    training_states,
    induction_records,
)
_SHOWN: Final = (
    (read_partnerships, shown_partnerships),
    (read_schools, shown_schools),
    (read_enrolments, shown_enrolments),
)


@frozen
class Difference:
    """How many rows of a read table are not as the model says, and the id of one of them."""

    table: str
    missing: int
    wrong: int
    example: str

    def __str__(self) -> str:
        return (
            f"{self.missing:,} rows that should be there are not, and {self.wrong:,} are there"
            f" that should not be, of {self.example} for one. Run: ecf db check --rebuild"
        )


@frozen
class ReadTables:
    """The read tables of one database."""

    _engine: Engine

    def check(self) -> None:
        """Raises :class:`~ecf_core.errors.Refused` where they are not what they should be."""
        with self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            found = tuple(differences(connection))
        if found:
            raise Refused(*(Violation(each.table, "differs", str(each)) for each in found))

    def rebuild(self) -> None:
        """Makes all of them anew, while nothing else is written."""
        with connected_to_write(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                tables = ", ".join(table.name for table in _WRITTEN_FROM)
                connection.execute(text(f"LOCK TABLE {tables} IN SHARE MODE"))
            rebuild(connection)
            connection.commit()


def rebuild(connection: Connection) -> None:
    """Makes all of them anew."""
    for table, shown in _SHOWN:
        connection.execute(delete(table))
        connection.execute(table.insert().from_select(written(table), in_place(table, shown())))


def differences(connection: Connection) -> Iterator[Difference]:
    """Where the read tables are not what they should be."""
    for table, shown in _SHOWN:
        should_be, are = shown(), select(*(table.c[name] for name in written(table)))
        missing, wrong = (
            connection.execute(select(func.count(), func.min(rows.c.id)).select_from(rows)).one()
            for rows in (should_be.except_(are).subquery(), are.except_(should_be).subquery())
        )
        if missing[0] or wrong[0]:
            yield Difference(table.name, missing[0], wrong[0], missing[1] or wrong[1])
