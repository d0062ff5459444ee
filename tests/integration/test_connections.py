"""What becomes of a connection that is lost."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from ecf_adapters.sql import engine as connections
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.testing.examples import NORTH_HUB, furnish
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


def names(engine: Engine) -> set[str]:
    with SqlStorage(engine).begin() as work:
        return {each.name for each in work.providers.delivery_partners()}


def test_connections_that_were_lost_while_they_were_idle_are_replaced(
    used: Engine, lose: Lose, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose()
    monkeypatch.setattr(connections, "_TRUSTED_SECONDS", 0)
    assert NORTH_HUB.name in names(used)


def test_connections_that_were_lost_a_moment_ago_are_an_error_once(
    used: Engine, lose: Lose
) -> None:
    lose()
    with pytest.raises(OperationalError) as lost:
        names(used)
    assert lost.value.connection_invalidated
    assert NORTH_HUB.name in names(used)
