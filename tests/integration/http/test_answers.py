"""What every answer has in common: sections 6.1, 6.4 and 6.5 of the contract."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from ecf_adapters.container import Container
from ecf_core.errors import StaleWrite
from ecf_core.queries import Queries
from ecf_http.app import create_app
from tests.integration.http.calling import calling
from tests.integration.http.world import JSON_API, NOWHERE, PARTNERSHIPS, SOUND, World, body

TOLD_NOBODY = "hunter2"
NOT_FOUND = {"error": "Resource not Found"}


def assert_the_usual_headers(headers: Any) -> None:
    assert headers["content-type"] == JSON_API
    assert headers["cache-control"] == "max-age=0, private, must-revalidate"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert str(UUID(headers["x-request-id"])) == headers["x-request-id"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/api"),
        ("GET", "/api/v3"),
        ("GET", "/api/v3/partnerships"),
        ("GET", "/api/v4/partnerships/ecf"),
        ("GET", f"{PARTNERSHIPS}/{NOWHERE}/x"),
        ("GET", f"{PARTNERSHIPS}/a%2Fb"),
        ("GET", "/%00"),
        ("GET", "/%ff"),
        ("GET", "/schema"),
        ("DELETE", PARTNERSHIPS),
        ("PUT", PARTNERSHIPS),
        ("PATCH", PARTNERSHIPS),
        ("POST", f"{PARTNERSHIPS}/{NOWHERE}"),
        ("DELETE", f"{PARTNERSHIPS}/{NOWHERE}"),
        ("OPTIONS", PARTNERSHIPS),
        ("HEAD", PARTNERSHIPS),
        ("TRACE", PARTNERSHIPS),
        ("NONSENSE", PARTNERSHIPS),
        ("POST", "/healthz"),
    ],
)
def test_an_unknown_route_and_a_wrong_verb_are_not_found(
    settled: World, method: str, path: str
) -> None:
    for response in (settled.call(method, path), settled.client.request(method, path)):
        assert response.status_code == 404
        assert method == "HEAD" or response.json() == NOT_FOUND
        assert_the_usual_headers(response.headers)


@pytest.mark.parametrize("id_", [NOWHERE, "nonsense", "100001", "%00", "é", "0" * 32, "a b", "*"])
def test_a_partnership_that_is_none_is_not_found(settled: World, id_: str) -> None:
    response = settled.call("GET", f"{PARTNERSHIPS}/{id_}")
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_every_answer_has_the_usual_headers(settled: World) -> None:
    id_ = settled.index().json()["data"][0]["id"]
    answers = {
        200: settled.index(),
        400: settled.index("page=2"),
        401: settled.client.get(PARTNERSHIPS),
        404: settled.call("GET", f"{PARTNERSHIPS}/{NOWHERE}"),
        413: settled.call("PUT", f"{PARTNERSHIPS}/{id_}", content=1_000_001 * b" "),
        422: settled.create(),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert_the_usual_headers(response.headers)


def test_accept_and_extension_say_nothing(settled: World) -> None:
    usual = settled.index()
    id_ = usual.json()["data"][0]["id"]
    for path in (f"{PARTNERSHIPS}.csv", f"{PARTNERSHIPS}.json", f"{PARTNERSHIPS}/"):
        assert settled.call("GET", path, headers={"Accept": "text/csv"}).json() == usual.json()
    one = settled.call("GET", f"{PARTNERSHIPS}/{id_}.json", headers={"Accept": "text/html"})
    assert one.json() == {"data": usual.json()["data"][0]}


def test_a_list_is_compressed_for_whoever_asks(settled: World) -> None:
    asked = settled.call("GET", PARTNERSHIPS, headers={"Accept-Encoding": "gzip"})
    assert asked.headers["vary"] == "Accept-Encoding"
    plain = settled.call("GET", PARTNERSHIPS, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == asked.json()


@pytest.mark.parametrize(
    ("sent", "told"),
    [("abc-1_2@x", "abc-1_2@x"), ("a b\n{c}", "abc"), (300 * "a", 255 * "a")],
)
def test_a_clients_request_id_is_kept_as_far_as_it_is_one(
    settled: World, sent: str, told: str
) -> None:
    response = settled.call("GET", PARTNERSHIPS, headers={"X-Request-Id": sent.encode()})
    assert response.headers["x-request-id"] == told


class _Broken:
    """Stands where something else should, and fails with what it was given."""

    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def __getattr__(self, name: str) -> Any:
        raise self.problem

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise self.problem


def broken(problem: Exception) -> Any:
    return _Broken(problem)


def failing(world: World, problem: Exception) -> Iterator[Any]:
    """The answers of a server whose use cases and queries fail, to one request of each."""
    container: Container = world.container
    queries: Queries = container.queries()
    app = create_app(
        evolve(
            container.use_cases(),
            create_partnership=broken(problem),
            update_partnership=broken(problem),
        ),
        evolve(queries, partnerships=broken(problem)),
        clock=world.clock,
        check_database=broken(problem),
    )
    with calling(app) as client:
        headers = world.authorization()
        yield client.get(PARTNERSHIPS, headers=headers)
        yield client.get(f"{PARTNERSHIPS}/{NOWHERE}", headers=headers)
        yield client.post(PARTNERSHIPS, headers=headers, json=body(SOUND))


@pytest.mark.parametrize("kind", [RuntimeError, KeyError, AssertionError])
def test_a_defect_of_ours_tells_nothing(
    settled: World, kind: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    for response in failing(settled, kind(TOLD_NOBODY)):
        assert response.status_code == 500
        assert response.content == b'{"error":"Internal server error"}'
        assert_the_usual_headers(response.headers)
    assert kind.__name__ in caplog.text
    assert TOLD_NOBODY not in caplog.text


@pytest.mark.parametrize(
    "problem",
    [
        StaleWrite(TOLD_NOBODY),
        OperationalError("SELECT", {}, Exception(TOLD_NOBODY)),
        InterfaceError("SELECT", {}, Exception(TOLD_NOBODY)),
        DBAPIError("SELECT", {}, Exception(TOLD_NOBODY), connection_invalidated=True),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_what_may_pass_is_unavailable(settled: World, problem: Exception) -> None:
    for response in failing(settled, problem):
        assert response.status_code == 503
        assert response.content == b'{"error":"Service unavailable"}'
        assert_the_usual_headers(response.headers)


def test_any_other_error_of_the_database_is_a_defect(settled: World) -> None:
    for response in failing(settled, DBAPIError("SELECT", {}, Exception(TOLD_NOBODY))):
        assert response.status_code == 500


def test_a_use_that_cannot_be_noted_fails_no_request(settled: World) -> None:
    container = settled.container
    app = create_app(
        evolve(container.use_cases(), note_token_use=broken(OperationalError("", {}, KeyError()))),
        container.queries(),
        clock=settled.clock,
        check_database=container.schema().check,
    )
    settled.clock.advance(minutes=2)
    with calling(app, raise_server_exceptions=True) as client:
        assert client.get(PARTNERSHIPS, headers=settled.authorization()).status_code == 200
