"""Who waits for a connection, and what becomes of one that is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from attrs import evolve
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from ecf_adapters.sql import engine as connections
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.rules.creating_a_partnership import Proposal
from ecf_core.testing.examples import COHORT_2024, NORTH_HUB, NOW, a_request, furnish
from tests.integration.conftest import NewDatabase

LOST = text(
    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid != pg_backend_pid()"
)
Lose = Callable[[], None]


@pytest.fixture
def url(new_database: NewDatabase) -> str:
    return new_database("postgresql")


@pytest.fixture
def used(url: str) -> Iterator[Engine]:
    """It has two connections that are idle."""
    engine = connect_to(url)
    furnish(SqlStorage(engine).begin)
    with engine.connect(), engine.connect():
        pass
    yield engine
    engine.dispose()


@pytest.fixture
def lose(url: str) -> Iterator[Lose]:
    """PostgreSQL was started anew, say."""
    other = connect_to(url)

    def lose() -> None:
        with other.connect() as connection:
            assert connection.scalar(LOST) == 2

    yield lose
    other.dispose()


def proposed(engine: Engine) -> Proposal:
    with SqlStorage(engine).begin() as work:
        return work.facts.proposal(a_request())


def test_connections_that_were_lost_while_they_were_idle_are_replaced(
    used: Engine, lose: Lose, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose()
    monkeypatch.setattr(connections, "_TRUSTED_SECONDS", 0)
    assert proposed(used).delivery_partner == NORTH_HUB


def test_connections_that_were_lost_a_moment_ago_are_an_error_once(
    used: Engine, lose: Lose
) -> None:
    lose()
    with pytest.raises(OperationalError) as lost:
        proposed(used)
    assert lost.value.connection_invalidated
    assert proposed(used).delivery_partner == NORTH_HUB


def test_who_waits_for_a_lock_does_not_wait_for_ever(url: str) -> None:
    engine, hasty = connect_to(url), connect_to(url, lock_wait=0.1)
    furnish(SqlStorage(engine).begin)
    with engine.begin() as holding:
        holding.execute(text("SELECT id FROM schools FOR UPDATE"))
        with ThreadPoolExecutor(1) as other:
            waiting = other.submit(proposed, hasty)
            try:
                with pytest.raises(OperationalError, match="lock timeout"):
                    waiting.result(10)
            finally:
                holding.rollback()
    assert proposed(hasty).delivery_partner == NORTH_HUB
    for each in (engine, hasty):
        each.dispose()


@pytest.fixture
def hasty(new_database: NewDatabase) -> Iterator[Engine]:
    """SQLite, where nobody waits for long."""
    engine = connect_to(new_database("sqlite"), lock_wait=0.1)
    yield engine
    engine.dispose()


def put_a_cohort(engine: Engine, year: int = 2024) -> None:
    with SqlStorage(engine).begin() as work:
        work.cohorts.put(evolve(COHORT_2024, start_year=year), at=NOW)
        work.commit()


def test_a_writer_within_another_is_told_that_the_database_is_locked(hasty: Engine) -> None:
    with SqlStorage(hasty).begin(), pytest.raises(OperationalError, match="database is locked"):
        put_a_cohort(hasty)
    put_a_cohort(hasty)


def test_after_an_error_the_next_writer_has_its_turn(hasty: Engine) -> None:
    with pytest.raises(ZeroDivisionError), SqlStorage(hasty).begin():
        raise ZeroDivisionError
    put_a_cohort(hasty)


def test_when_another_process_writes_for_long_the_next_writer_has_its_turn(
    hasty: Engine,
) -> None:
    with closing(sqlite3.connect(hasty.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="database is locked"):
            put_a_cohort(hasty)
    put_a_cohort(hasty)


def test_many_writers_of_a_process_stand_in_line(new_database: NewDatabase) -> None:
    """So that SQLite itself, which here does not wait at all, never has to let one wait."""
    engine = connect_to(new_database("sqlite"))
    event.listen(engine, "connect", lambda driver, _: driver.execute("PRAGMA busy_timeout = 0"))
    with ThreadPoolExecutor(32) as threads:
        list(threads.map(lambda year: put_a_cohort(engine, year), range(2100, 2400)))
    with SqlStorage(engine).look() as facts:
        assert facts.cohort_standing(2399).cohort is not None
    engine.dispose()
