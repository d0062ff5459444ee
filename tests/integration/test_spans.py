"""Spans of one training record never overlap, whoever writes to the database, and however."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine, insert, select, update

from ecf_adapters.sql.storage import SqlStorage
from ecf_adapters.sql.tables import induction_records
from ecf_core.errors import StaleWrite
from ecf_core.testing.contracts.enrolled import AN_ENROLMENT, LONG_AGO, enrolment, prepare
from ecf_core.testing.examples import NOW, furnish

DAY = timedelta(days=1)
OWN = induction_records.c.training_record_id == AN_ENROLMENT.training_record.id


@pytest.fixture
def enrolled(engine: Engine) -> Engine:
    """Two participants, each with one record that has ended."""
    storage = SqlStorage(engine)
    furnish(storage.begin)
    prepare(storage)
    with storage.begin() as work:
        work.participants.enrol([AN_ENROLMENT, enrolment(3)])
        work.commit()
    with engine.begin() as connection:
        connection.execute(update(induction_records).values(end_date=NOW))
    return engine


def _another(connection: Connection, start: datetime, end: datetime | None) -> Mapping[str, Any]:
    row = connection.execute(select(induction_records).where(OWN)).mappings().first()
    assert row is not None
    return {**row, "id": uuid4(), "start_date": start, "end_date": end}


def _spans(engine: Engine) -> list[tuple[datetime, datetime | None]]:
    c = induction_records.c
    with engine.connect() as connection:
        rows = connection.execute(
            select(c.start_date, c.end_date).where(OWN).order_by(c.start_date)
        )
        return [(start, end) for start, end in rows]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (LONG_AGO, NOW),
        (LONG_AGO - DAY, None),
        (LONG_AGO + DAY, LONG_AGO + DAY),
        (NOW - DAY, NOW + DAY),
        (LONG_AGO - DAY, LONG_AGO + timedelta(microseconds=1)),
    ],
)
def test_an_insert_that_overlaps_is_refused(
    enrolled: Engine, start: datetime, end: datetime | None
) -> None:
    with pytest.raises(StaleWrite), enrolled.begin() as connection:
        connection.execute(insert(induction_records).values(_another(connection, start, end)))
    assert _spans(enrolled) == [(LONG_AGO, NOW)]


def test_of_those_inserted_together_none_overlap(enrolled: Engine) -> None:
    with enrolled.connect() as connection:
        rows = [_another(connection, NOW, NOW + DAY) for _ in range(2)]
    with pytest.raises(StaleWrite), enrolled.begin() as connection:
        connection.execute(insert(induction_records).values(rows))
    assert _spans(enrolled) == [(LONG_AGO, NOW)]


@pytest.mark.parametrize(
    "values",
    [
        {"start_date": NOW - DAY},
        {"start_date": LONG_AGO, "end_date": None},
        {"start_date": LONG_AGO - DAY, "end_date": LONG_AGO + DAY},
    ],
)
def test_an_update_to_an_overlap_is_refused(enrolled: Engine, values: dict[str, Any]) -> None:
    with enrolled.begin() as connection:
        later = _another(connection, NOW, NOW + DAY)
        connection.execute(insert(induction_records).values(later))
    with pytest.raises(StaleWrite), enrolled.begin() as connection:
        connection.execute(
            update(induction_records).where(induction_records.c.id == later["id"]).values(values)
        )
    assert _spans(enrolled) == [(LONG_AGO, NOW), (NOW, NOW + DAY)]


def test_a_record_is_not_given_to_another_training_record_that_it_overlaps(
    enrolled: Engine,
) -> None:
    with pytest.raises(StaleWrite), enrolled.begin() as connection:
        connection.execute(
            update(induction_records)
            .where(~OWN)
            .values(training_record_id=AN_ENROLMENT.training_record.id)
        )


def test_records_may_follow_one_another_without_a_gap(enrolled: Engine) -> None:
    with enrolled.begin() as connection:
        for start, end in ((LONG_AGO - DAY, LONG_AGO), (NOW, NOW), (NOW, None)):
            connection.execute(insert(induction_records).values(_another(connection, start, end)))
    assert len(_spans(enrolled)) == 4


def test_of_two_who_write_at_once_the_later_is_refused(enrolled: Engine) -> None:
    refused: list[StaleWrite] = []

    def write() -> None:
        try:
            with enrolled.begin() as other:
                other.execute(insert(induction_records).values(second))
        except StaleWrite as stale:
            refused.append(stale)

    with enrolled.begin() as connection:
        second = _another(connection, NOW, NOW + DAY)
        connection.execute(
            insert(induction_records).values(_another(connection, NOW, NOW + 2 * DAY))
        )
        racing = Thread(target=write)
        racing.start()
        racing.join(timeout=0.2)
    racing.join()
    assert len(refused) == 1
    assert _spans(enrolled) == [(LONG_AGO, NOW), (NOW, NOW + 2 * DAY)]
