"""Delivery partners: sections 3.2, 4 and 5.1 of the contract."""

from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.providers import ProviderRelationship
from ecf_core.testing.examples import (
    EAST_HUB,
    FURNISHED_AT,
    IDLE_HUB,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
)
from tests.integration.http.world import DELIVERY_PARTNERS, NOWHERE, World

NOT_FOUND = {"error": "Resource not Found"}
NORTH, SOUTH, EAST = NORTH_HUB.name, SOUTH_HUB.name, EAST_HUB.name
WORK = ProviderRelationship(
    lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2023
)


def settle(world: World) -> None:
    """South works in 2024 alone; North in 2020 too, and East in 2020 alone. Idle is another's."""
    south, east = (evolve(WORK, delivery_partner_id=hub.id) for hub in (SOUTH_HUB, EAST_HUB))
    with world.container.storage().begin() as work:
        work.cohorts.put(Cohort(start_year=2020), at=FURNISHED_AT)
        work.providers.relate(
            [evolve(WORK, cohort=2020), evolve(east, cohort=2020)], at=FURNISHED_AT
        )
        work.providers.relate(
            [evolve(WORK, lead_provider_id=ORANGE_INSTITUTE.id, delivery_partner_id=IDLE_HUB.id)],
            at=NOW,
        )
        work.providers.discard([south, evolve(south, cohort=2025)], at=NOW)
        work.providers.discard([evolve(east, cohort=year) for year in (2023, 2024, 2025)], at=NOW)
        work.commit()


def names(world: World, query: str = "") -> list[str]:
    return [row["attributes"]["name"] for row in world.shown(f"{DELIVERY_PARTNERS}?{query}")]


def show(world: World, id_: object, **options: Any) -> Any:
    return world.call("GET", f"{DELIVERY_PARTNERS}/{id_}", **options)


def test_one_is_shown_as_documented(settled: World) -> None:
    response = show(settled, NORTH_HUB.id)
    data = response.json()["data"]
    assert list(data) == ["id", "type", "attributes"]
    assert (data["id"], data["type"]) == (str(NORTH_HUB.id), "delivery-partner")
    assert list(data["attributes"].items()) == [
        ("name", NORTH),
        ("created_at", "2021-06-01T00:00:00Z"),
        ("updated_at", "2023-01-01T00:00:00Z"),
        ("cohort", ["2020", "2023", "2024", "2025"]),
    ]
    assert settled.shown(DELIVERY_PARTNERS)[0] == data


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [NORTH, SOUTH]),
        ("filter[cohort]=", [NORTH, SOUTH]),
        ("filter[cohort][]=2020", [NORTH, SOUTH]),
        ("filter[foo]=x", [NORTH, SOUTH]),
        ("filter[cohort]=2024", [NORTH, SOUTH]),
        ("filter[cohort]=2023", [NORTH]),
        ("filter[cohort]=2020", [NORTH, EAST]),
        ("filter[cohort]=2020,%202024abc", [NORTH, SOUTH, EAST]),
        ("filter[cohort]=1999", []),
        ("filter[cohort]=99999999999999999999999", []),
        ("filter[updated_since]=x", [NORTH, SOUTH]),
        ("sort=-name", [SOUTH, NORTH]),
        ("sort=name", [NORTH, SOUTH]),
        ("sort=-updated_at", [SOUTH, NORTH]),
        ("sort=updated_at", [NORTH, SOUTH]),
        ("sort=-created_at", [NORTH, SOUTH]),
        ("sort=-id", [SOUTH, NORTH]),
        ("sort=discarded_at", [NORTH, SOUTH]),
        ("sort=nonsense", [NORTH, SOUTH]),
        ("sort[]=-name", [NORTH, SOUTH]),
        ("page[per_page]=1", [NORTH]),
        ("page[per_page]=1&page[page]=2", [SOUTH]),
        ("page[page]=2", []),
    ],
)
def test_the_list_has_those_that_the_caller_works_with(
    settled: World, query: str, expected: list[str]
) -> None:
    assert names(settled, query) == expected


def test_the_cohorts_shown_do_not_depend_on_the_filter(settled: World) -> None:
    rows = settled.shown(f"{DELIVERY_PARTNERS}?filter[cohort]=2023,2020")
    assert [row["attributes"]["cohort"] for row in rows] == [
        ["2020", "2023", "2024", "2025"],
        ["2020"],
    ]


def test_one_of_an_early_cohort_is_shown_by_its_id(settled: World) -> None:
    response = show(settled, f"{EAST_HUB.id.hex.upper()}?filter[cohort]=2024")
    assert response.json()["data"]["attributes"]["cohort"] == ["2020"]


@pytest.mark.parametrize("id_", [IDLE_HUB.id, NOWHERE, "nonsense", "%00"])
def test_what_the_caller_does_not_work_with_is_not_found(settled: World, id_: object) -> None:
    response = show(settled, id_)
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_each_lead_provider_sees_its_own(settled: World) -> None:
    assert show(settled, IDLE_HUB.id, by=ORANGE_INSTITUTE).status_code == 200
    [*_, idle] = settled.shown(f"{DELIVERY_PARTNERS}?sort=updated_at", ORANGE_INSTITUTE)
    assert idle["attributes"]["cohort"] == ["2023"]
    south = show(settled, SOUTH_HUB.id, by=ORANGE_INSTITUTE).json()["data"]["attributes"]
    assert (south["updated_at"], len(south["cohort"])) == ("2023-01-01T00:00:00Z", 3)


def test_it_is_as_recent_as_its_work_with_the_caller(settled: World) -> None:
    for hub in (SOUTH_HUB, EAST_HUB):
        shown = show(settled, hub.id).json()["data"]["attributes"]
        assert shown["updated_at"] == "2024-09-10T09:30:00Z"


def test_a_discarded_one_is_not_found(world: World) -> None:
    with world.container.storage().begin() as work:
        work.providers.put_delivery_partners([NORTH_HUB.discarded(at=NOW)])
        work.commit()
    assert show(world, NORTH_HUB.id).status_code == 404
    assert names(world) == [SOUTH, EAST]


def test_a_bad_filter_wins_over_a_bad_page(settled: World) -> None:
    response = settled.call("GET", f"{DELIVERY_PARTNERS}?page=2&filter[cohort]=%00")
    assert response.json()["errors"][0]["source"] == {"parameter": "filter[cohort]"}
    response = settled.call("GET", f"{DELIVERY_PARTNERS}?page=2")
    assert response.json()["errors"][0]["source"] == {"parameter": "page"}
