"""Many participants at once: staged, and then a statement for each table."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Boolean, Column, Connection, MetaData, Select, Table, select

from ecf_adapters.sql.induction_rows import row_of_person, row_of_record, row_of_training_record
from ecf_adapters.sql.mentors import touch_mentors
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import induction_records, participants, training_records
from ecf_adapters.sql.upsert import upsert_from
from ecf_core.model.participant import Enrolment

_TABLES: Final = (participants, training_records, induction_records)

# Where enrolments stand before they are told apart: a table of this connection alone.
_staged: Final = Table(
    "staged_enrolments",
    MetaData(),
    # Of a person who comes twice, the later one counts.
    Column("counts", Boolean, nullable=False),
    *(
        Column(f"{table.name}_{column.name}", column.type)
        for table in _TABLES
        for column in table.columns
    ),
    prefixes=["TEMPORARY"],
)

_mentor: Final = _staged.c[f"{induction_records.name}_{induction_records.c.mentor_id.name}"]


def enrol(connection: Connection, enrolments: Iterable[Enrolment]) -> None:
    run = connection.execute
    enrolled = list(enrolments)
    _staged.create(connection)
    stage(connection, _staged, _rows(enrolled))
    people = _of(participants).where(_staged.c.counts)
    upsert_from(connection, participants, people, advancing=("updated_at",))
    for table in (training_records, induction_records):
        run(table.insert().from_select(list(table.c.keys()), _of(table)))
    named = [each.record.updated_at for each in enrolled if each.record.mentor_id is not None]
    if named:
        touch_mentors(connection, select(_mentor).where(_mentor.is_not(None)), at=max(named))
    _staged.drop(connection)


def _of(table: Table) -> Select[Any]:
    """What is staged of a table, in the order of its columns."""
    return select(*(_staged.c[f"{table.name}_{column.name}"] for column in table.columns))


def _rows(enrolments: list[Enrolment]) -> Iterator[tuple[Any, ...]]:
    counts = {enrolment.person.id: enrolment for enrolment in enrolments}
    for enrolment in enrolments:
        person, training_record = enrolment.person, enrolment.training_record
        rows = (
            row_of_person(person),
            row_of_training_record(training_record),
            row_of_record(enrolment.record),
        )
        yield (
            counts[person.id] is enrolment,
            *(
                row.get(column.name)
                for table, row in zip(_TABLES, rows, strict=True)
                for column in table.columns
            ),
        )
