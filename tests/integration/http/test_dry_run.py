"""Writes that are only judged: they answer as they would, and store nothing."""

import pytest

from ecf_core.testing.examples import GREENDALE_ID, IDLE_HUB, NORTH_HUB, RIVERSIDE_ID, SOUTH_HUB
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, SOUND, World, body

CHANGE = body({"delivery_partner_id": str(SOUTH_HUB.id)})


@pytest.mark.parametrize("value", ["true", "TRUE", "True"])
def test_a_partnership_that_would_be_formed_is_shown(world: World, value: str) -> None:
    before = world.stored()
    judged = world.call("POST", f"{PARTNERSHIPS}?dry_run={value}", json=body(SOUND))
    assert judged.status_code == 200
    assert world.stored() == before
    would_be = judged.json()["data"]
    assert world.call("GET", f"{PARTNERSHIPS}/{would_be['id']}").status_code == 404
    formed = world.formed()
    assert formed["attributes"] == would_be["attributes"]
    assert formed["id"] != would_be["id"]


def test_a_partnership_that_would_be_used_again_shows_its_id(world: World) -> None:
    id_ = world.formed()["id"]
    world.challenge(id_)
    before = world.stored()
    judged = world.call("POST", f"{PARTNERSHIPS}?dry_run=true", json=body(SOUND))
    assert judged.json()["data"]["id"] == id_
    assert judged.json()["data"]["attributes"]["status"] == "active"
    assert world.stored() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_an_update_that_would_be_made_is_shown(world: World, method: str) -> None:
    before, path = world.formed(), ""
    stored = world.stored()
    path = f"{PARTNERSHIPS}/{before['id']}"
    world.clock.advance(hours=1)
    judged = world.call(method, f"{path}?dry_run=true", json=CHANGE)
    assert judged.status_code == 200
    assert world.stored() == stored
    assert world.call("GET", path).json() == {"data": before}
    assert world.call(method, path, json=CHANGE).json() == judged.json()


@pytest.mark.parametrize(
    "attributes",
    [
        {"cohort": None},
        {"cohort": 1999},
        {"school_id": NOWHERE},
        {"school_id": str(RIVERSIDE_ID)},
        {"delivery_partner_id": str(IDLE_HUB.id)},
        {"school_id": str(GREENDALE_ID), "delivery_partner_id": str(NORTH_HUB.id)},
    ],
)
def test_what_would_be_refused_is_refused_the_same(
    settled: World, attributes: dict[str, object]
) -> None:
    sent = body({**SOUND, **attributes})
    judged = settled.call("POST", f"{PARTNERSHIPS}?dry_run=true", json=sent)
    assert judged.status_code == 422
    assert judged.content == settled.call("POST", PARTNERSHIPS, json=sent).content


def test_an_update_that_would_be_refused_is_refused_the_same(settled: World) -> None:
    [own] = settled.shown(PARTNERSHIPS)
    for id_, attributes in ((own["id"], {}), (own["id"], {"delivery_partner_id": NOWHERE})):
        path = f"{PARTNERSHIPS}/{id_}"
        judged = settled.call("PUT", f"{path}?dry_run=true", json=body(attributes))
        assert judged.status_code == 422
        assert judged.content == settled.call("PUT", path, json=body(attributes)).content
    missing = settled.call("PUT", f"{PARTNERSHIPS}/{NOWHERE}?dry_run=true", json=CHANGE)
    assert missing.status_code == 404


@pytest.mark.parametrize(
    "query", ["", "=", "=%20", "=false", "=1", "=yes", "=tru%00e", "=%20true", "[]=true"]
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", PARTNERSHIPS), ("PUT", f"{PARTNERSHIPS}/{NOWHERE}")]
)
def test_anything_else_is_refused_before_all_the_rest(
    settled: World, method: str, path: str, query: str
) -> None:
    response = settled.call(method, f"{path}?dry_run{query}", content=b"{")
    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "title": "Bad parameter",
                "detail": "The parameter '#/dry_run' must be true, or be left out",
                "code": "bad_parameter",
                "source": {"parameter": "dry_run"},
            }
        ]
    }


def test_another_name_is_another_parameter(world: World) -> None:
    response = world.call("POST", f"{PARTNERSHIPS}?Dry_run=true", json=body(SOUND))
    assert response.status_code == 200
    assert [row["id"] for row in world.shown(PARTNERSHIPS)] == [response.json()["data"]["id"]]


def test_reading_knows_no_dry_run(settled: World) -> None:
    assert settled.call("GET", f"{PARTNERSHIPS}?dry_run=x").status_code == 200
