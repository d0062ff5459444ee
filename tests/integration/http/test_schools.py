"""Schools: sections 3, 4, 5.3 and 11 of the contract, as the differences D-08 to D-17 have them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import PartnershipId, school_id_of
from ecf_core.model.partnership import Challenge, ChallengeReason
from ecf_core.testing.examples import (
    CLOSED,
    CLOSED_ID,
    COHORT_2025,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT_ID,
    NOW,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
)
from tests.integration.http.world import NOWHERE, SCHOOLS, World

NOT_FOUND = {"error": "Resource not Found"}
COHORT_MISSING = {
    "errors": [
        {
            "title": "Bad parameter",
            "detail": "The filter '#/cohort' must be included in your request",
            "code": "bad_parameter",
            "source": {"parameter": "filter[cohort]"},
        }
    ]
}
APPROVED = evolve(
    GREENDALE, urn="100005", name="Approved School", type_code=11, section_41_approved=True
)
WELSH = evolve(GREENDALE, urn="100006", name="Ysgol", district_code="W06000015")
NOWHERES = evolve(GREENDALE, urn="100007", name="Far School", district_code="9999x")
IN_2024 = ["Greendale School", "Riverside Academy", "Old Mill School", "Approved School"]
ELIGIBLE = ["Greendale School", "Riverside Academy", "Approved School"]


def settle(world: World) -> None:
    """The closed school has a partnership of another's in 2024; in 2023 a challenged one.

    Greendale has chosen for 2024, and for 2025 a day later; Riverside has a relationship.
    """
    with world.container.storage().begin() as work:
        work.schools.load(
            [(school_id_of(entry.urn), entry) for entry in (APPROVED, WELSH, NOWHERES)],
            at=NOW - timedelta(days=1),
        )
        work.schools.load([(RIVERSIDE_ID, evolve(RIVERSIDE, town="Leeds"))], at=NOW)
        work.commit()
    theirs: dict[str, Any] = {"school_id": CLOSED_ID, "lead_provider_id": ORANGE_INSTITUTE.id}
    world.seed(id=PartnershipId(UUID(int=1)), **theirs)
    challenge = Challenge(ChallengeReason.MISTAKE, NOW)
    world.seed(id=PartnershipId(UUID(int=2)), cohort=2023, challenge=challenge, **theirs)
    world.seed(id=PartnershipId(UUID(int=3)), school_id=RIVERSIDE_ID, relationship=True)
    world.seed(id=PartnershipId(UUID(int=4)), school_id=INDEPENDENT_ID, relationship=True)
    world.clock.advance(days=1)
    world.confirm(cohort=COHORT_2025, programme="school_led")


def names(world: World, query: str = "filter[cohort]=2024") -> list[str]:
    return [row["attributes"]["name"] for row in world.shown(f"{SCHOOLS}?{query}")]


def test_one_is_shown_as_documented(settled: World) -> None:
    response = settled.call("GET", f"{SCHOOLS}/{GREENDALE_ID}?filter[cohort]=2024")
    assert response.status_code == 200
    data = response.json()["data"]
    assert list(data) == ["id", "type", "attributes"]
    assert (data["id"], data["type"]) == (str(GREENDALE_ID), "school")
    assert list(data["attributes"].items()) == [
        ("name", GREENDALE.name),
        ("urn", GREENDALE.urn),
        ("cohort", "2024"),
        ("in_partnership", False),
        ("induction_programme_choice", "provider_led"),
        ("created_at", "2023-01-01T00:00:00Z"),
        ("updated_at", "2024-09-10T09:30:00Z"),
    ]
    assert data in settled.shown(f"{SCHOOLS}?filter[cohort]=2024")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("=2024", set(IN_2024)),
        ("=2024,2025", set(IN_2024)),
        ("=2024abc", set(IN_2024)),
        ("=%202024", set(IN_2024)),
        ("=2023", set(ELIGIBLE)),
        ("=2025", set(ELIGIBLE)),
        ("=", set()),
        ("", set()),
        ("=%20", set()),
        ("[]=2024", set()),
        ("[a]=2024", set()),
        ("=abc", set()),
        ("=1999", set()),
        ("=-2024", set()),
        ("=99999999999999999999999", set()),
        ("=2024&filter[urn]=100001", {"Greendale School"}),
        ("=2024&filter[urn]=", set(IN_2024)),
        ("=2024&filter[urn][]=100001", set(IN_2024)),
        ("=2024&filter[urn]=100001,100002", set()),
        ("=2024&filter[urn]=%20100001", set()),
        ("=2024&filter[urn]=1", set()),
        ("=2024&filter[urn]=100003", set()),
        ("=2023&filter[urn]=100004", set()),
        ("=2024&filter[foo]=x", set(IN_2024)),
    ],
)
def test_the_list_has_eligible_and_partnered_schools(
    settled: World, query: str, expected: set[str]
) -> None:
    assert set(names(settled, f"filter[cohort]{query}")) == expected
    theirs = settled.shown(f"{SCHOOLS}?filter[cohort]{query}", ORANGE_INSTITUTE)
    assert settled.shown(f"{SCHOOLS}?filter[cohort]{query}") == theirs


@pytest.mark.parametrize("query", ["", "filter", "filter[urn]=100001", "page=2", "sort=x"])
@pytest.mark.parametrize("path", ["", f"/{GREENDALE_ID}", f"/{NOWHERE}", "/x/partnership-check"])
def test_without_a_cohort_the_request_means_nothing(settled: World, path: str, query: str) -> None:
    response = settled.call("GET", f"{SCHOOLS}{path}?{query}")
    assert (response.status_code, response.json()) == (400, COHORT_MISSING)


def test_a_partnership_of_anyones_counts_but_no_challenged_or_relationship_one(
    settled: World,
) -> None:
    shown = {
        row["attributes"]["name"]: row["attributes"]["in_partnership"]
        for row in settled.shown(f"{SCHOOLS}?filter[cohort]=2024")
    }
    assert shown == {name: name == CLOSED.name for name in IN_2024}


def test_the_choice_and_the_instant_are_of_the_cohort(settled: World) -> None:
    shown = []
    for year in (2023, 2024, 2025):
        [row] = settled.shown(f"{SCHOOLS}?filter[cohort]={year}&filter[urn]={GREENDALE.urn}")
        attributes = row["attributes"]
        shown.append((attributes["induction_programme_choice"], attributes["updated_at"]))
    assert shown == [
        ("not_yet_known", "2023-01-01T00:00:00Z"),
        ("provider_led", "2024-09-10T09:30:00Z"),
        ("school_led", "2024-09-11T09:30:00Z"),
    ]


@pytest.mark.parametrize(
    ("year", "since", "expected"),
    [
        (2023, "2024-09-10T09:30:00Z", {"Riverside Academy"}),
        (2024, "2024-09-10T09:30:00Z", {"Riverside Academy", "Greendale School"}),
        (2024, "2024-09-10T09:30:01Z", set()),
        (2025, "2024-09-11T09:30:00Z", {"Greendale School"}),
        (2025, "2024-09-11T09%253A30%253A00Z", {"Greendale School"}),
        (2024, "2024-09-09T09:30:00", {*ELIGIBLE}),
    ],
)
def test_what_changed_since_is_what_is_shown(
    settled: World, year: int, since: str, expected: set[str]
) -> None:
    query = f"filter[cohort]={year}&filter[updated_since]={since}"
    assert set(names(settled, query)) == expected
    greendale = settled.call("GET", f"{SCHOOLS}/{GREENDALE_ID}?{query}")
    assert (greendale.status_code == 200) is (GREENDALE.name in expected)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Approved School"),
        ("-name", "Riverside Academy"),
        ("urn", "Greendale School"),
        ("-urn", "Approved School"),
        ("-created_at", "Approved School"),
        ("updated_at", "Old Mill School"),
        ("-updated_at,name", "Greendale School"),
        ("-updated_at,-name", "Riverside Academy"),
    ],
)
def test_schools_are_sorted(settled: World, sort: str, first: str) -> None:
    assert names(settled, f"filter[cohort]=2024&sort={sort}")[0] == first


@pytest.mark.parametrize("sort", ["", "sort=", "sort=nonsense", "sort[]=-name", "sort=created_at"])
def test_otherwise_the_oldest_come_first_and_equals_by_id(settled: World, sort: str) -> None:
    rows = settled.shown(f"{SCHOOLS}?filter[cohort]=2024&{sort}")
    assert [row["attributes"]["name"] for row in rows][-1] == "Approved School"
    assert [row["id"] for row in rows[:-1]] == sorted(row["id"] for row in rows[:-1])


def test_pages_of_schools_follow_one_another(settled: World) -> None:
    query = "filter[cohort]=2024&sort=urn&page[per_page]=3&page[page]="
    pages = [names(settled, f"{query}{number}") for number in (1, 2, 3)]
    assert pages == [IN_2024[:3], IN_2024[3:], []]


@pytest.mark.parametrize(
    "id_",
    [NOWHERE, "nonsense", GREENDALE.urn, "%00", INDEPENDENT_ID, school_id_of(WELSH.urn)],
)
def test_what_is_not_listed_is_not_found(settled: World, id_: object) -> None:
    response = settled.call("GET", f"{SCHOOLS}/{id_}?filter[cohort]=2024")
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize(
    "query",
    ["=", "", "=1999", "=abc", "[]=2024", "=2024&filter[urn]=100002", "=0"],
)
def test_filters_apply_to_one_school_too(settled: World, query: str) -> None:
    response = settled.call("GET", f"{SCHOOLS}/{GREENDALE_ID}?filter[cohort]{query}")
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_ids_of_schools_are_read_in_any_case_with_or_without_hyphens(settled: World) -> None:
    for spelling in (str(GREENDALE_ID).upper(), GREENDALE_ID.hex, GREENDALE_ID.hex.upper()):
        response = settled.call("GET", f"{SCHOOLS}/{spelling}?filter[cohort]=2024&page=2")
        assert response.json()["data"]["id"] == str(GREENDALE_ID)


@pytest.mark.parametrize("name", ["cohort", "urn"])
def test_a_null_byte_in_a_schools_filter_is_refused(settled: World, name: str) -> None:
    response = settled.call("GET", f"{SCHOOLS}?page=2&filter[cohort]=2024&filter[{name}]=1%00")
    assert response.status_code == 400
    assert response.json()["errors"][0]["source"] == {"parameter": f"filter[{name}]"}


def test_forming_a_partnership_moves_the_school_in_its_cohort(world: World) -> None:
    world.clock.advance(days=1)
    world.formed()
    for year, moved in ((2023, False), (2024, True)):
        query = f"filter[cohort]={year}&filter[updated_since]=2024-09-11T00:00:00Z"
        assert names(world, query) == ([GREENDALE.name] if moved else [])
