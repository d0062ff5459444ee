"""Forming, reading and changing partnerships: what is answered, and what is there afterwards."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Challenge, ChallengeReason
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
)
from tests.integration.http.world import PARTNERSHIPS, World, body

NOT_FOUND = {"error": "Resource not Found"}


def attributes_of(world: World, id_: str) -> dict[str, Any]:
    response = world.call("GET", f"{PARTNERSHIPS}/{id_}")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()["data"]["attributes"]
    return found


def actors_of(world: World, id_: str) -> list[tuple[str, str]]:
    history = world.container.queries().partnerships.history(PartnershipId(UUID(id_)))
    return [(entry.event, entry.actor) for entry in history]


def test_a_partnership_is_formed_and_shown_as_documented(world: World) -> None:
    response = world.create(cohort=2024)
    assert response.status_code == 200
    data = response.json()["data"]
    assert list(response.json()) == ["data"]
    assert list(data) == ["id", "type", "attributes"]
    assert data["type"] == "partnership"
    assert list(data["attributes"].items()) == [
        ("cohort", "2024"),
        ("urn", GREENDALE.urn),
        ("school_id", str(GREENDALE_ID)),
        ("delivery_partner_id", str(NORTH_HUB.id)),
        ("delivery_partner_name", NORTH_HUB.name),
        ("status", "active"),
        ("challenged_reason", None),
        ("challenged_at", None),
        ("induction_tutor_name", None),
        ("induction_tutor_email", GREENDALE.primary_contact_email),
        ("created_at", "2024-09-10T09:30:00Z"),
        ("updated_at", "2024-09-10T09:30:00Z"),
    ]
    assert world.call("GET", f"{PARTNERSHIPS}/{data['id']}").content == response.content
    assert world.index().json() == {"data": [data]}
    assert actors_of(world, data["id"]) == [
        ("partnership_reported", f"lead provider: {PURPLE_LEARNING.name}")
    ]


def test_the_induction_tutor_is_shown(world: World) -> None:
    world.container.use_cases().set_induction_tutor(
        GREENDALE_ID, name="Ada Tutor", email="ada@greendale.example.org", by=ADMINISTRATOR
    )
    shown = world.formed()["attributes"]
    assert shown["induction_tutor_name"] == "Ada Tutor"
    assert shown["induction_tutor_email"] == "ada@greendale.example.org"


def test_a_challenged_partnership_shows_when_to_the_millisecond_and_why(world: World) -> None:
    id_ = world.formed()["id"]
    world.clock.instant = datetime(2024, 10, 1, 1, 2, 3, 455_999, tzinfo=UTC)
    world.challenge(id_)
    shown = attributes_of(world, id_)
    assert shown["status"] == "challenged"
    assert shown["challenged_reason"] == "mistake"
    assert shown["challenged_at"] == "2024-10-01T01:02:03.455Z"
    assert shown["updated_at"] == "2024-10-01T01:02:03Z"


def test_a_challenge_on_the_second_still_shows_milliseconds(world: World) -> None:
    id_ = world.seed(
        challenge=Challenge(ChallengeReason.NO_ECTS, datetime(2024, 10, 1, tzinfo=UTC))
    )
    assert attributes_of(world, id_)["challenged_at"] == "2024-10-01T00:00:00.000Z"


def test_a_discarded_delivery_partner_keeps_its_id_and_loses_its_name(world: World) -> None:
    id_ = world.formed()["id"]
    world.container.use_cases().discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR)
    shown = attributes_of(world, id_)
    assert shown["delivery_partner_id"] == str(NORTH_HUB.id)
    assert shown["delivery_partner_name"] is None


def test_a_challenged_partnership_is_formed_again_under_its_id(world: World) -> None:
    first = world.formed()
    world.challenge(first["id"])
    world.clock.advance(days=1)
    again = world.formed(delivery_partner_id=str(SOUTH_HUB.id))
    assert again["id"] == first["id"]
    assert again["attributes"]["status"] == "active"
    assert again["attributes"]["challenged_at"] is None
    assert again["attributes"]["delivery_partner_id"] == str(SOUTH_HUB.id)
    assert again["attributes"]["created_at"] == first["attributes"]["created_at"]
    assert again["attributes"]["updated_at"] == "2024-09-11T09:30:00Z"
    assert world.index().json() == {"data": [again]}


def test_a_relationship_partnership_is_promoted_and_keeps_its_id(world: World) -> None:
    id_ = world.seed(relationship=True)
    assert world.index().json() == {"data": []}
    assert world.formed()["id"] == id_
    assert [row["id"] for row in world.index().json()["data"]] == [id_]


def test_a_challenged_partnership_of_another_does_not_block(world: World) -> None:
    world.challenge(world.formed(by=ORANGE_INSTITUTE)["id"])
    assert world.create().status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_the_delivery_partner_is_changed(world: World, method: str) -> None:
    before = world.formed()
    world.clock.advance(hours=1)
    path = f"{PARTNERSHIPS}/{before['id']}"
    response = world.call(method, path, json=body({"delivery_partner_id": str(SOUTH_HUB.id)}))
    assert response.status_code == 200
    changed = {
        "delivery_partner_id": str(SOUTH_HUB.id),
        "delivery_partner_name": SOUTH_HUB.name,
        "updated_at": "2024-09-10T10:30:00Z",
    }
    assert response.json()["data"] == before | {"attributes": before["attributes"] | changed}
    assert world.call("GET", path).content == response.content


def test_the_same_delivery_partner_again_changes_nothing(world: World) -> None:
    before = world.formed()
    stored = world.stored()
    world.clock.advance(hours=1)
    response = world.update(before["id"], delivery_partner_id=str(NORTH_HUB.id))
    assert response.status_code == 200
    assert response.json() == {"data": before}
    assert world.stored() == stored


def test_an_update_reads_no_other_attribute(world: World) -> None:
    before = world.formed()
    response = world.update(
        before["id"], delivery_partner_id=str(NORTH_HUB.id), cohort="2025", school_id="x"
    )
    assert response.json() == {"data": before}


def test_another_lead_providers_partnership_is_not_found(world: World) -> None:
    id_ = world.formed()["id"]
    before = world.stored()
    path = f"{PARTNERSHIPS}/{id_}"
    change = body({"delivery_partner_id": str(SOUTH_HUB.id)})
    for response in (
        world.call("GET", path, ORANGE_INSTITUTE),
        world.call("PUT", path, ORANGE_INSTITUTE, json=change),
        world.call("PATCH", path, ORANGE_INSTITUTE, json=change),
    ):
        assert (response.status_code, response.json()) == (404, NOT_FOUND)
    assert world.index(by=ORANGE_INSTITUTE).json() == {"data": []}
    assert world.stored() == before


def test_a_relationship_partnership_is_not_found(world: World) -> None:
    path = f"{PARTNERSHIPS}/{world.seed(relationship=True)}"
    change = body({"delivery_partner_id": str(SOUTH_HUB.id)})
    for response in (world.call("GET", path), world.call("PUT", path, json=change)):
        assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_ids_are_read_in_any_case_with_or_without_hyphens(world: World) -> None:
    formed = world.formed(school_id=str(GREENDALE_ID).upper(), delivery_partner_id=NORTH_HUB.id.hex)
    for spelling in (formed["id"].upper(), formed["id"].replace("-", ""), f"{{{formed['id']}}}"):
        assert world.call("GET", f"{PARTNERSHIPS}/{spelling}").json() == {"data": formed}
        response = world.update(spelling, delivery_partner_id=NORTH_HUB.id.hex.upper())
        assert response.json() == {"data": formed}
