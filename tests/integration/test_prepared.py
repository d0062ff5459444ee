"""Statements that the driver runs alone are answered as SQLAlchemy's are."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    column,
    func,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from ecf_adapters.sql.engine import connect_to_read
from ecf_adapters.sql.libpq import _MOST
from ecf_adapters.sql.prepared import Prepared, rows_of, values_of
from ecf_adapters.sql.tables import cohorts
from ecf_adapters.sql.types import UtcDateTime
from ecf_adapters.sql.values import one_of
from tests.integration.conftest import NewDatabase

VALUES: dict[str, Any] = {
    "id": UUID("50000000-0000-4000-8000-00000000000a"),
    "at": datetime(2024, 9, 1, 9, 30, 0, 123456, UTC),
    "yes": True,
    "no": False,
    "number": -(2**31),
    "text": "Sl\\ash 'quote' \"é😀\" \x01 $1 :x %s",
    "empty": None,
}
TYPES: dict[str, TypeEngine[Any]] = {
    "id": Uuid(),
    "at": UtcDateTime(),
    "yes": Boolean(),
    "no": Boolean(),
    "number": Integer(),
    "text": String(),
    "empty": String(),
}


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = connect_to_read(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres(new_database: NewDatabase) -> Iterator[Engine]:
    """One connection, so that everything is asked of it."""
    engine = connect_to_read(new_database("postgresql"))
    with engine.connect():
        pass
    yield engine
    engine.dispose()


def test_values_come_back_as_they_went(reading: Engine) -> None:
    table_ = Table("of_all_kinds", MetaData(), *(Column(name, t) for name, t in TYPES.items()))
    with reading.begin() as connection:
        table_.create(connection)
        connection.execute(table_.insert(), VALUES)
    same = [column == bindparam(name, type_=column.type) for name, column in table_.c.items()]
    for given in (VALUES, {**VALUES, "text": None}):
        asked = Prepared(select(*table_.c).where(*same[:-2], or_(same[-2], literal(True))))
        (row,) = values_of(reading, asked, given)
        assert dict(zip(VALUES, row, strict=True)) == VALUES


@pytest.mark.parametrize("years", [[], [2024], [2023, 2024, 9999]])
def test_any_number_of_values_is_one_parameter(reading: Engine, years: list[int]) -> None:
    asked = Prepared(select(func.count()).where(one_of(cohorts.c.start_year, "years")))
    assert rows_of(reading, asked, {"years": years}) == [(0,)]
    with reading.connect() as connection:
        assert connection.execute(asked.statement, {"years": years}).all() == [(0,)]


def test_what_is_wrong_is_said_as_sqlalchemy_says_it(reading: Engine) -> None:
    nowhere = Prepared(select(column("something")).select_from(table("nowhere")))
    for _ in range(3):
        with pytest.raises(DBAPIError, match="nowhere"):
            rows_of(reading, nowhere, {})
    assert rows_of(reading, Prepared(select(literal(1))), {}) == [(1,)]


def test_a_connection_keeps_no_more_statements_than_it_should(postgres: Engine) -> None:
    for number in range(_MOST + 20):
        asked = Prepared(select(literal(number, Integer).label(f"n_{number}")))
        assert rows_of(postgres, asked, {}) == [(number,)]
        assert rows_of(postgres, asked, {}) == [(number,)]
    kept = Prepared(select(func.count()).select_from(text("pg_prepared_statements")))
    assert rows_of(postgres, kept, {}) == [(_MOST,)]


def test_a_statement_that_is_prepared_no_more_is_asked_all_the_same(postgres: Engine) -> None:
    asked = Prepared(select(literal(1, Integer)))
    assert rows_of(postgres, asked, {}) == [(1,)]
    with postgres.connect() as connection:
        connection.execute(text("DEALLOCATE ALL"))
    assert rows_of(postgres, asked, {}) == [(1,)]
    assert rows_of(postgres, asked, {}) == [(1,)]
