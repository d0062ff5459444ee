"""Who may call: section 1 of the contract."""

from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import select

from ecf_adapters.sql.tables import api_tokens
from ecf_core.testing.examples import ADMINISTRATOR, NOW, PURPLE_LEARNING
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, World

ACCEPTED = [
    "Bearer {}",
    "Bearer     {}",
    "Bearer\t{}",
    'Bearer "{}"',
    "Token {}",
    "Token   {}",
    'Token token="{}"',
    'Token   token="{}"',
    "Token token={}",
    'Bearer token="{}"',
    'Token token="{}", nonce="abc"',
]
DENIED = [
    "bearer {}",
    "BEARER {}",
    "token {}",
    "Basic {}",
    "{}",
    "Bearer{}",
    "Bearer",
    "Bearer ",
    "Bearer x{}",
    "Bearer {}x",
    'Token nonce="a", token="{}"',
    "Bearer ÿ",
    "Bearer " + 5000 * "x",
]
EVERY_OPERATION = [
    ("GET", PARTNERSHIPS),
    ("POST", PARTNERSHIPS),
    ("GET", f"{PARTNERSHIPS}/{NOWHERE}"),
    ("PUT", f"{PARTNERSHIPS}/{NOWHERE}"),
    ("PATCH", f"{PARTNERSHIPS}/{NOWHERE}"),
]


def assert_denied(response: Response) -> None:
    assert response.status_code == 401
    assert response.content == b'{"error":"HTTP Token: Access denied"}'
    assert response.headers["content-type"] == "application/vnd.api+json"
    assert response.headers["www-authenticate"] == 'Token realm="Application"'


@pytest.mark.parametrize("spelling", ACCEPTED)
def test_a_token_is_accepted_in_every_spelling_that_clients_use(
    settled: World, spelling: str
) -> None:
    authorization = spelling.format(settled.tokens[PURPLE_LEARNING.name])
    response = settled.client.get(PARTNERSHIPS, headers={"Authorization": authorization})
    assert response.status_code == 200


@pytest.mark.parametrize("spelling", DENIED)
def test_anything_else_is_denied(settled: World, spelling: str) -> None:
    authorization = spelling.format(settled.tokens[PURPLE_LEARNING.name]).encode("latin-1")
    assert_denied(settled.client.get(PARTNERSHIPS, headers={b"Authorization": authorization}))


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
def test_no_operation_answers_without_a_token(settled: World, method: str, path: str) -> None:
    assert_denied(settled.client.request(method, path))


@pytest.mark.parametrize(("method", "path"), EVERY_OPERATION)
@pytest.mark.parametrize("query", ["filter=abc", "page=2", "page[page]=0"])
def test_denied_comes_before_anything_else(
    settled: World, method: str, path: str, query: str
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer nobody"}
    for content in (b"{", b"", 2_000_000 * b" "):
        assert_denied(
            settled.client.request(method, f"{path}?{query}", content=content, headers=headers)
        )


def test_a_token_expires(world: World) -> None:
    issued = world.container.use_cases().issue_token(
        PURPLE_LEARNING.id, expires=NOW.date(), by=ADMINISTRATOR
    )
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert world.client.get(PARTNERSHIPS, headers=headers).status_code == 200
    world.clock.advance(hours=14, minutes=30)  # midnight
    assert_denied(world.client.get(PARTNERSHIPS, headers=headers))


def test_a_revoked_token_is_denied_at_once(world: World) -> None:
    use_cases = world.container.use_cases()
    issued = use_cases.issue_token(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR)
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert world.client.get(PARTNERSHIPS, headers=headers).status_code == 200
    use_cases.revoke_token(issued.token.id, by=ADMINISTRATOR)
    assert_denied(world.client.get(PARTNERSHIPS, headers=headers))


def last_used(world: World) -> object:
    """When any of Purple Learning's tokens was last used."""
    used = select(api_tokens.c.last_used_at).where(
        api_tokens.c.lead_provider_id == PURPLE_LEARNING.id
    )
    with world.container.engine().connect() as connection:
        return connection.scalar(used)


def test_the_use_of_a_token_is_noted_at_most_once_a_minute(world: World) -> None:
    assert last_used(world) is None
    world.index()
    assert last_used(world) == NOW
    world.clock.advance(seconds=59)
    world.index()
    assert last_used(world) == NOW
    world.clock.advance(seconds=1)
    world.index()
    assert last_used(world) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", f"{PARTNERSHIPS}/{NOWHERE}", 404), ("POST", PARTNERSHIPS, 400)],
)
def test_a_use_that_comes_to_nothing_is_noted_too(
    world: World, method: str, path: str, status: int
) -> None:
    assert world.call(method, path).status_code == status
    assert last_used(world) == NOW
