from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from attrs import evolve

from ecf_adapters.container import Container, close
from ecf_core.testing.examples import NOW
from ecf_http.app import create_app
from ecf_http.sandbox import SettableClock, requested_date
from tests.integration.http.calling import calling
from tests.integration.http.world import PARTNERSHIPS, SOUND, World, body

OTHER_DATE = "2024-12-24T18:00:00Z"
NO_DATES = [
    "",
    "x",
    "2024-12-24",
    "2024-12-24T18:00:00",
    "24/12/2024",
    "9999-12-31T00:00:00Z",
    "0001-12-31T00:00:00Z",
    "0001-01-01T00:00:00+23:59",
    "ÿ",
]


@pytest.fixture
def sandbox(world: World) -> Iterator[World]:
    """The same database, served by a sandbox."""
    settings = evolve(world.container.settings(), sandbox=True, now=NOW)
    container = Container(settings=settings)
    clock = container.clock()
    assert isinstance(clock, SettableClock)
    app = create_app(
        container.use_cases(),
        container.queries(),
        clock=clock,
        check_database=container.schema().check,
        sandbox=clock,
    )
    with calling(app) as client:
        yield World(container, client, world.clock, world.tokens)
    close(container)


def created_at(world: World, date: str) -> str:
    response = world.call(
        "POST",
        PARTNERSHIPS,
        json=body(SOUND),
        headers={"X-With-Server-Date": date.encode("latin-1")},
    )
    assert response.status_code == 200, response.text
    found: str = response.json()["data"]["attributes"]["created_at"]
    return found


def test_a_request_sets_the_date_in_a_sandbox(sandbox: World) -> None:
    assert created_at(sandbox, OTHER_DATE) == OTHER_DATE


def test_what_is_no_date_is_ignored_in_a_sandbox(sandbox: World) -> None:
    assert created_at(sandbox, "tomorrow") == "2024-09-10T09:30:00Z"


def test_the_date_is_never_set_elsewhere(world: World) -> None:
    assert created_at(world, OTHER_DATE) == "2024-09-10T09:30:00Z"


@pytest.mark.parametrize("text", [OTHER_DATE, "2024-12-24T19:00:00+01:00", "2024-12-24 18:00:00Z"])
def test_a_date_is_an_instant(text: str) -> None:
    assert requested_date(text) == datetime(2024, 12, 24, 18, tzinfo=UTC)


@pytest.mark.parametrize("text", NO_DATES)
def test_anything_else_is_no_date(text: str) -> None:
    assert requested_date(text) is None


def test_the_date_is_the_requests_alone(sandbox: World) -> None:
    id_ = sandbox.formed()["id"]
    sandbox.call("GET", PARTNERSHIPS, headers={"X-With-Server-Date": OTHER_DATE})
    sandbox.challenge(id_)
    shown = sandbox.call("GET", f"{PARTNERSHIPS}/{id_}").json()["data"]["attributes"]
    assert shown["challenged_at"] == "2024-09-10T09:30:00.000Z"


def test_a_token_is_used_by_the_servers_own_date(sandbox: World) -> None:
    sandbox.call("GET", PARTNERSHIPS, headers={"X-With-Server-Date": OTHER_DATE})
    used = [row.last_used_at for row in sandbox.container.queries().tokens.all()]
    assert [at for at in used if at] == [NOW]
