"""How many requests a caller may make: section 6.6 of the contract."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from attrs import define
from httpx import Response
from litestar.testing import TestClient

from ecf_adapters.container import Container
from ecf_adapters.settings import RateLimit, Settings
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.testing.examples import ORANGE_INSTITUTE, PURPLE_LEARNING
from ecf_http.app import create_app
from ecf_http.rate_limit import Allowance
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, SCHOOLS, World, body

BEGAN = 1_725_960_600
Client = TestClient[Any]
NewWorker = Callable[..., Client]


@define
class Time:
    at: float = BEGAN

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def new_worker(world: World, time: Time) -> Iterator[NewWorker]:
    """Another worker over the world's database, with so many requests in five minutes."""
    container = world.container
    with ExitStack() as open_:

        def make(requests: int = 10, client: tuple[str, int] = ("192.0.2.1", 1)) -> Client:
            app = create_app(
                container.use_cases(),
                container.queries(),
                clock=container.clock(),
                check_database=container.schema().check,
                allowance=Allowance(RateLimit(requests, 300), container.leases(), time),
            )

            async def of_client(scope: Any, receive: Any, send: Any) -> None:
                if scope["type"] == "http":
                    scope["client"] = client
                await app(scope, receive, send)

            return open_.enter_context(TestClient(of_client, raise_server_exceptions=False))

        yield make


def assert_refused(response: Response, seconds: int) -> None:
    assert response.status_code == 429
    assert response.content == b"Retry later\n"
    assert response.headers["content-type"] == "text/plain"
    assert response.headers["retry-after"] == str(seconds)
    assert response.headers["x-request-id"]


def test_a_token_may_make_as_many_requests_as_the_limit_says(
    world: World, new_worker: NewWorker, time: Time
) -> None:
    worker, headers = new_worker(), world.authorization()
    time.at += 12.5
    for _ in range(10):
        assert worker.get(PARTNERSHIPS, headers=headers).status_code == 200
    assert_refused(worker.get(PARTNERSHIPS, headers=headers), 288)
    time.at = BEGAN + 300
    assert worker.get(PARTNERSHIPS, headers=headers).status_code == 200


def test_a_limit_comes_before_everything_else(world: World, new_worker: NewWorker) -> None:
    worker = new_worker(requests=1)
    for headers in (world.authorization(), {}, {"Authorization": "Bearer nobody"}):
        worker.get(PARTNERSHIPS, headers=headers)
        for method, path in [
            ("GET", f"{PARTNERSHIPS}?filter=abc"),
            ("POST", PARTNERSHIPS),
            ("PUT", f"{PARTNERSHIPS}/{NOWHERE}"),
            ("DELETE", PARTNERSHIPS),
            ("OPTIONS", PARTNERSHIPS),
            ("GET", "/api/v3/nothing"),
            ("GET", "//api//v3/schools/ecf/"),
        ]:
            assert_refused(worker.request(method, path, headers=headers, content=b"{"), 300)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", PARTNERSHIPS, 200),
        ("GET", SCHOOLS, 400),
        ("GET", f"{PARTNERSHIPS}/{NOWHERE}", 404),
        ("DELETE", PARTNERSHIPS, 404),
        ("GET", "/api/v3/nothing", 404),
        ("GET", "/nothing", 404),
    ],
)
def test_every_request_counts_whatever_comes_of_it(
    world: World, new_worker: NewWorker, method: str, path: str, status: int
) -> None:
    worker, headers = new_worker(requests=3), world.authorization()
    for _ in range(3):
        assert worker.request(method, path, headers=headers).status_code == status
    assert_refused(worker.get(PARTNERSHIPS, headers=headers), 300)


def test_a_token_is_the_same_however_its_header_is_spelt(
    world: World, new_worker: NewWorker
) -> None:
    worker, token = new_worker(requests=3), world.tokens[PURPLE_LEARNING.name]
    spelt = [f"Bearer {token}", f"Token {token}", f'Token token="{token}"', f"Bearer   {token}"]
    statuses = [
        worker.get(PARTNERSHIPS, headers={"Authorization": header}).status_code for header in spelt
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_token_is_limited_whatever_addresses_it_is_used_from(
    world: World, new_worker: NewWorker
) -> None:
    workers = [new_worker(2, (f"192.0.2.{number}", 1)) for number in range(3)]
    headers = world.authorization()
    statuses = [worker.get(PARTNERSHIPS, headers=headers).status_code for worker in workers]
    assert statuses == [200, 200, 429]


def test_other_tokens_and_lead_providers_have_their_own(
    world: World, new_worker: NewWorker
) -> None:
    worker = new_worker(requests=1)
    assert worker.get(PARTNERSHIPS, headers=world.authorization()).status_code == 200
    assert worker.get(PARTNERSHIPS, headers=world.authorization()).status_code == 429
    other = world.authorization(ORANGE_INSTITUTE)
    assert worker.get(PARTNERSHIPS, headers=other).status_code == 200


def test_without_a_valid_token_an_address_is_limited(world: World, new_worker: NewWorker) -> None:
    here, there = new_worker(requests=3), new_worker(3, ("2001:db8::1", 1))
    denied: list[dict[str, str]] = [
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Bearer somebody else", "X-Forwarded-For": "198.51.100.7"},
    ]
    for headers in denied:
        assert here.get(PARTNERSHIPS, headers=headers).status_code == 401
    for headers in denied:
        assert_refused(here.get(PARTNERSHIPS, headers=headers), 300)
    assert there.get(PARTNERSHIPS).status_code == 401
    assert here.get(PARTNERSHIPS, headers=world.authorization()).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/readyz/", "/metrics"])
def test_operators_are_not_limited(new_worker: NewWorker, path: str) -> None:
    worker = new_worker(requests=1)
    assert [worker.get(path).status_code for _ in range(5)] == [200] * 5
    assert worker.get(PARTNERSHIPS).status_code == 401


def test_two_workers_let_through_what_one_would_within_a_tenth(
    world: World, new_worker: NewWorker
) -> None:
    first, second = new_worker(requests=100), new_worker(requests=100)
    headers = world.authorization()
    first.get(PARTNERSHIPS, headers=headers)
    through = 1 + sum(
        second.get(PARTNERSHIPS, headers=headers).status_code == 200 for _ in range(110)
    )
    assert 90 <= through <= 100


def test_without_a_limit_nobody_is_refused(world: World) -> None:
    assert {world.index().status_code for _ in range(20)} == {200}


def test_a_request_that_is_refused_changes_nothing(world: World, new_worker: NewWorker) -> None:
    worker, headers = new_worker(requests=1), world.authorization()
    worker.get(PARTNERSHIPS, headers=headers)
    before = world.stored()
    sent = body({"cohort": "2024"})
    assert_refused(worker.post(PARTNERSHIPS, headers=headers, json=sent), 300)
    assert world.stored() == before


def test_without_a_database_the_service_is_unavailable() -> None:
    settings = Settings(
        database_url="postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        rules=DOCUMENTED,
        sandbox=False,
        now=None,
        rate_limit=RateLimit(10, 300),
    )
    container = Container(settings=settings)
    app = create_app(
        container.use_cases(),
        container.queries(),
        clock=container.clock(),
        check_database=container.schema().check,
        allowance=Allowance(RateLimit(10, 300), container.leases()),
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        for headers in ({}, {"Authorization": "Bearer x"}):
            response = client.get(PARTNERSHIPS, headers=headers)
            assert (response.status_code, response.json()) == (
                503,
                {"error": "Service unavailable"},
            )
            assert response.headers["content-type"] == "application/vnd.api+json"
        assert client.get("/healthz").status_code == 200
    container.engine().dispose()
