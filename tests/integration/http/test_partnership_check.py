"""Whether a partnership could be formed, rule by rule."""

from typing import Any

import pytest

from ecf_core.model.providers import LeadProvider
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.testing.examples import (
    CLOSED_ID,
    GREENDALE_ID,
    IDLE_HUB,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
)
from tests.integration.http.world import NOWHERE, SCHOOLS, World

NORTH = f"filter[delivery_partner_id]={NORTH_HUB.id}"


def check(
    world: World,
    school: object = GREENDALE_ID,
    query: str = f"filter[cohort]=2024&{NORTH}",
    by: LeadProvider = PURPLE_LEARNING,
) -> dict[str, Any]:
    response = world.call("GET", f"{SCHOOLS}/{school}/partnership-check?{query}", by)
    assert response.status_code == 200, response.text
    assert list(response.json()) == ["data"]
    data: dict[str, Any] = response.json()["data"]
    assert list(data) == ["id", "type", "attributes"]
    assert data["type"] == "partnership-check"
    attributes: dict[str, Any] = data["attributes"]
    assert list(attributes) == ["allowed", "rules"]
    return attributes


def broken(attributes: dict[str, Any]) -> list[tuple[str, str]]:
    return [(r["field"], r["code"]) for r in attributes["rules"] if r["passed"] is False]


def test_every_rule_is_listed_in_order_with_the_lead_providers_own(world: World) -> None:
    attributes = check(world)
    assert attributes["allowed"] is True
    table = DOCUMENTED.creating_a_partnership
    assert attributes["rules"] == [
        {"field": rule.field, "code": rule.code, "passed": True, "detail": rule.message}
        for rule in table
    ]
    assert list(attributes["rules"][0]) == ["field", "code", "passed", "detail"]
    assert "lead_provider_id" in {rule["field"] for rule in attributes["rules"]}
    world.formed()
    assert check(world)["allowed"] is False


@pytest.mark.parametrize(
    ("school", "query", "by", "expected"),
    [
        (
            GREENDALE_ID,
            f"filter[cohort]=2024&{NORTH}",
            PURPLE_LEARNING,
            [("school_id", "already_confirmed")],
        ),
        (
            GREENDALE_ID,
            f"filter[cohort]=2024&{NORTH}",
            ORANGE_INSTITUTE,
            [("school_id", "recruited_by_other_provider")],
        ),
        (
            CLOSED_ID,
            f"filter[cohort]=2024&{NORTH}",
            PURPLE_LEARNING,
            [("school_id", "ineligible_error")],
        ),
        (
            CLOSED_ID,
            f"filter[cohort]=1999&filter[delivery_partner_id]={IDLE_HUB.id}",
            PURPLE_LEARNING,
            [("cohort", "invalid"), ("school_id", "ineligible_error")],
        ),
        (
            CLOSED_ID,
            "filter[cohort]=2024&filter[delivery_partner_id]=nonsense",
            PURPLE_LEARNING,
            [("school_id", "ineligible_error"), ("delivery_partner_id", "invalid")],
        ),
        (
            CLOSED_ID,
            "filter[cohort]=&filter[delivery_partner_id][]=x",
            PURPLE_LEARNING,
            [
                ("cohort", "blank"),
                ("school_id", "ineligible_error"),
                ("delivery_partner_id", "blank"),
            ],
        ),
    ],
)
def test_what_stands_in_the_way_is_told(
    settled: World, school: object, query: str, by: LeadProvider, expected: list[tuple[str, str]]
) -> None:
    attributes = check(settled, school, query, by)
    assert attributes["allowed"] is False
    assert sorted(broken(attributes)) == sorted(expected)
    assert {rule["passed"] for rule in attributes["rules"]} == {True, False, None}


def test_it_says_what_forming_the_partnership_says(settled: World) -> None:
    told = broken(check(settled, RIVERSIDE_ID))
    refused = settled.create(school_id=str(RIVERSIDE_ID))
    assert told == [(error["title"], error["code"]) for error in refused.json()["errors"]]


@pytest.mark.parametrize("id_", [NOWHERE, "nonsense", "100001", "%00"])
def test_an_unknown_school_is_not_found(settled: World, id_: str) -> None:
    path = f"{SCHOOLS}/{id_}/partnership-check?filter[cohort]=2024&{NORTH}"
    response = settled.call("GET", path)
    assert (response.status_code, response.json()) == (404, {"error": "Resource not Found"})


def test_the_schools_id_is_shown_as_it_is_stored(settled: World) -> None:
    path = f"{SCHOOLS}/{GREENDALE_ID.hex.upper()}/partnership-check?filter[cohort]=2024"
    assert settled.call("GET", path).json()["data"]["id"] == str(GREENDALE_ID)
