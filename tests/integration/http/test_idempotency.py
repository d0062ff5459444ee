"""Writes that are sent again: what was done is done once, and answered the same."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx import Response

from ecf_core.testing.examples import IDLE_HUB, NORTH_HUB, ORANGE_INSTITUTE, SOUTH_HUB
from tests.integration.http.world import JSON_API, NOWHERE, PARTNERSHIPS, SOUND, World, body

KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
TO_SOUTH = body({"delivery_partner_id": str(SOUTH_HUB.id)})
TO_NORTH = body({"delivery_partner_id": str(NORTH_HUB.id)})


def form(world: World, **options: Any) -> Response:
    return world.call("POST", PARTNERSHIPS, **({"json": body(SOUND), "headers": KEY} | options))


def assert_replayed(again: Response, first: Response) -> None:
    assert first.status_code == 200, first.text
    assert "idempotency-replayed" not in first.headers
    assert again.status_code == first.status_code
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"] == JSON_API
    assert again.headers["x-request-id"] != first.headers["x-request-id"]


def assert_reused(response: Response) -> None:
    assert response.status_code == 422
    assert response.json() == {
        "errors": [
            {
                "title": "Idempotency-Key",
                "detail": "This key has been used for another request."
                " Use a new key for each request.",
                "code": "idempotency_key_reused",
                "source": {"header": "Idempotency-Key"},
            }
        ]
    }


def test_a_partnership_is_formed_once(world: World) -> None:
    first = form(world)
    before = world.stored()
    world.clock.advance(hours=23)
    assert_replayed(form(world), first)
    assert world.stored() == before


def test_a_replay_shows_what_was_answered_not_what_is_now(world: World) -> None:
    first = form(world)
    world.update(first.json()["data"]["id"], delivery_partner_id=str(SOUTH_HUB.id))
    assert_replayed(form(world), first)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_an_update_is_made_once(world: World, method: str) -> None:
    path = f"{PARTNERSHIPS}/{world.formed()['id']}"
    first = world.call(method, path, json=TO_SOUTH, headers=KEY)
    world.call(method, path, json=TO_NORTH)
    before = world.stored()
    assert_replayed(world.call(method, path, json=TO_SOUTH, headers=KEY), first)
    assert world.stored() == before


def test_a_path_is_the_same_however_it_is_written(world: World) -> None:
    id_ = world.formed()["id"]
    first = world.call("PUT", f"{PARTNERSHIPS}/{id_}", json=TO_SOUTH, headers=KEY)
    world.call("PUT", f"{PARTNERSHIPS}/{id_}", json=TO_NORTH)
    for path in (id_.upper(), id_.replace("-", ""), f"{id_}.json", f"{id_}?a=b", f"{id_}/"):
        again = world.call("PUT", f"{PARTNERSHIPS}/{path}", json=TO_SOUTH, headers=KEY)
        assert_replayed(again, first)


def test_a_key_is_for_one_lead_provider_method_and_path(world: World) -> None:
    id_ = form(world).json()["data"]["id"]
    assert form(world, by=ORANGE_INSTITUTE).json()["errors"][0]["code"] == (
        "recruited_by_other_provider"
    )
    for method in ("PUT", "PATCH"):
        response = world.call(method, f"{PARTNERSHIPS}/{id_}", json=TO_SOUTH, headers=KEY)
        assert response.status_code == 200
        assert "idempotency-replayed" not in response.headers


@pytest.mark.parametrize(
    "other",
    [
        {"json": body({**SOUND, "delivery_partner_id": str(SOUTH_HUB.id)})},
        {"json": body({**SOUND, "cohort": 2024})},
        {"content": b'{"data":{"attributes":{}}}', "json": None},
        {
            "data": {f"data[attributes][{name}]": value for name, value in SOUND.items()},
            "json": None,
        },
    ],
)
def test_a_key_stands_for_one_body(world: World, other: dict[str, Any]) -> None:
    form(world)
    before = world.stored()
    headers = KEY if "data" in other else KEY | {"Content-Type": "application/json"}
    assert_reused(form(world, **other, headers=headers))
    assert world.stored() == before


def test_the_same_bytes_of_another_content_type_are_another_body(world: World) -> None:
    first = form(world, headers=KEY | {"Content-Type": "application/json"})
    same = KEY | {"Content-Type": "Application/JSON; charset=utf-8"}
    assert_replayed(form(world, headers=same), first)
    assert_reused(form(world, headers=KEY | {"Content-Type": JSON_API}))


def test_a_refusal_is_judged_anew(world: World) -> None:
    sent = body({**SOUND, "delivery_partner_id": str(IDLE_HUB.id)})
    assert form(world, json=sent).status_code == 422
    assert form(world, json=body({})).status_code == 422
    assert form(world, content=b"{", json=None).status_code == 400
    first = form(world)
    assert first.status_code == 200
    assert_replayed(form(world), first)


def test_what_is_not_there_is_looked_for_again(world: World) -> None:
    path = f"{PARTNERSHIPS}/{NOWHERE}"
    for _ in range(2):
        assert world.call("PUT", path, json=TO_SOUTH, headers=KEY).status_code == 404
    assert form(world).status_code == 200


def test_of_many_at_once_one_works_and_all_are_answered_the_same(world: World) -> None:
    with ThreadPoolExecutor(16) as threads:
        responses = list(threads.map(lambda _: form(world), range(16)))
    assert [response.status_code for response in responses] == [200] * 16
    assert len({response.content for response in responses}) == 1
    assert sum("idempotency-replayed" in response.headers for response in responses) == 15
    assert len(world.shown(PARTNERSHIPS)) == 1


def test_after_a_day_it_is_another_request(world: World) -> None:
    form(world)
    world.clock.advance(hours=24)
    assert form(world).json()["errors"][0]["code"] == "already_confirmed"


def test_a_dry_run_knows_no_key(world: World) -> None:
    for key in (KEY, KEY, {"Idempotency-Key": "x" * 256}):
        judged = world.call("POST", f"{PARTNERSHIPS}?dry_run=true", json=body(SOUND), headers=key)
        assert judged.status_code == 200
        assert "idempotency-replayed" not in judged.headers
    assert "idempotency-replayed" not in form(world).headers


@pytest.mark.parametrize("key", [b"x" * 256, "schlüssel".encode(), b"a\tb", b"a\x7fb"])
def test_what_is_no_key_is_refused(settled: World, key: bytes) -> None:
    headers = {k.encode(): v.encode() for k, v in settled.authorization().items()}
    response = settled.client.post(
        PARTNERSHIPS, json=body(SOUND), headers={**headers, b"Idempotency-Key": key}
    )
    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "title": "Bad request",
                "detail": "The header 'Idempotency-Key' must be at most 255 printable ASCII"
                " characters",
                "code": "bad_request",
                "source": {"header": "Idempotency-Key"},
            }
        ]
    }


@pytest.mark.parametrize("key", ["x", "x" * 255, '"quoted, with ~ and \\"'])
def test_any_printable_text_is_a_key(world: World, key: str) -> None:
    first = form(world, headers={"Idempotency-Key": key})
    assert_replayed(form(world, headers={"Idempotency-Key": key}), first)


@pytest.mark.parametrize("key", ["", "  "])
def test_an_empty_key_is_none(world: World, key: str) -> None:
    assert form(world, headers={"Idempotency-Key": key}).status_code == 200
    assert form(world, headers={"Idempotency-Key": key}).status_code == 422


def test_reading_knows_no_key(world: World) -> None:
    assert form(world).status_code == 200
    for _ in range(2):
        listed = world.call("GET", PARTNERSHIPS, headers=KEY)
        assert "idempotency-replayed" not in listed.headers
