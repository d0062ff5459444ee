"""Which partnerships are listed: sections 2 and 3.2 of the contract."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Challenge, ChallengeReason, Partnership
from ecf_core.testing.examples import (
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    SOUTH_HUB,
)
from tests.integration.http.world import PARTNERSHIPS, World

BAD_PAGE = (
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid number"
    " (equal and more than 1)"
)
NO_PAGES = [
    "page[page]=0",
    "page[page]=-1",
    "page[page]=abc",
    "page[page]=",
    "page[per_page]=0",
    "page[per_page]=-5",
    "page[per_page]=abc",
    "page[per_page]=",
    "page[page]=99999999999999999999999",
    "page[page]=" + 5000 * "9",
    "page[page]=9223372036854775807",
    "page[page]=1%00",
    "page=2",
    "page=",
    "page[]=1",
    "page[page][]=1",
    "page[page][a]=1",
    "page[per_page][]=1",
    "page=2&page[page]=1",
]
PAGES = [
    ("", 3),
    ("page", 3),
    ("page[page]", 3),
    ("page[foo]=1", 3),
    ("page[page]=1", 3),
    ("page%5Bpage%5D=1", 3),
    ("page[page]=2", 0),
    ("page[page]=9999", 0),
    ("page[page]=2&page[per_page]=2", 1),
    ("page[page]=2abc&page[per_page]=2", 1),
    ("page[page]=1.9&page[per_page]=2", 2),
    ("page[page]=1&page[page]=2&page[per_page]=2", 1),
    ("page[page]=+2&page[per_page]=%2B2", 1),
    ("page[per_page]=1", 1),
    ("page[per_page]=3000", 3),
    ("page[per_page]=5000", 3),
    ("page[per_page]=99999999999999999999999", 3),
    ("page[per_page]=5000&page[page]=2", 0),
]


def settle(world: World) -> None:
    """Of 2020, 2023, 2025 and 2024, in this order."""
    at = datetime(2024, 1, 1, tzinfo=UTC)
    with world.container.storage().begin() as work:
        work.cohorts.put(Cohort(start_year=2020), at=at)
        for number, year in enumerate([2020, 2023, 2025, 2024]):
            work.partnerships.add(
                Partnership(
                    # The other way round than they were made.
                    id=PartnershipId(UUID(int=100 - number)),
                    school_id=GREENDALE_ID,
                    cohort=year,
                    lead_provider_id=PURPLE_LEARNING.id,
                    delivery_partner_id=NORTH_HUB.id,
                    created_at=at + timedelta(days=number),
                    updated_at=at,
                )
            )
        work.commit()


def cohorts(world: World, query: str) -> list[str]:
    response = world.index(query)
    assert response.status_code == 200, response.text
    assert list(response.json()) == ["data"]
    return [row["attributes"]["cohort"] for row in response.json()["data"]]


@pytest.mark.parametrize("query", NO_PAGES, ids=lambda query: query[:40])
def test_what_is_no_page_is_refused(settled: World, query: str) -> None:
    response = settled.index(query)
    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert problem.pop("source")["parameter"].startswith("page")
    assert problem == {"title": "Bad request", "detail": BAD_PAGE, "code": "bad_request"}


@pytest.mark.parametrize(("query", "count"), PAGES)
def test_a_page_has_so_many(settled: World, query: str, count: int) -> None:
    assert len(cohorts(settled, query)) == count


def test_pages_follow_one_another_until_one_is_empty(settled: World) -> None:
    pages = [cohorts(settled, f"page[per_page]=2&page[page]={number}") for number in (1, 2, 3)]
    assert pages == [["2023", "2025"], ["2024"], []]


def test_pages_mean_nothing_to_one_partnership(settled: World) -> None:
    id_ = settled.index().json()["data"][0]["id"]
    assert settled.call("GET", f"{PARTNERSHIPS}/{id_}?page=2").status_code == 200


def test_those_made_at_once_are_listed_by_id(world: World) -> None:
    partners = {50: NORTH_HUB, 7: SOUTH_HUB, 300: EAST_HUB}
    for number, partner in partners.items():
        world.seed(
            id=PartnershipId(UUID(int=number)),
            delivery_partner_id=partner.id,
            challenge=Challenge(ChallengeReason.MISTAKE, NOW),
        )
    listed = [UUID(row["id"]).int for row in world.index().json()["data"]]
    assert listed == [7, 50, 300]


EVERY = ["2023", "2025", "2024"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("filter", EVERY),
        ("filter[foo]=2023", EVERY),
        ("filter[cohort]", EVERY),
        ("filter[cohort]=", EVERY),
        ("filter[cohort]=%20", EVERY),
        ("filter[cohort][]=2023", EVERY),
        ("filter[cohort][a]=2023", EVERY),
        ("filter[cohort]=2023", ["2023"]),
        ("filter%5Bcohort%5D=2023", ["2023"]),
        ("filter[cohort]=2024,2023", ["2023", "2024"]),
        ("filter[cohort]=2024%2C%202023", ["2023", "2024"]),
        ("filter[cohort]=2024abc", ["2024"]),
        ("filter[cohort]=2024,", ["2024"]),
        ("filter[cohort]=abc", []),
        ("filter[cohort]=abc,2024", ["2024"]),
        ("filter[cohort]=2020", ["2020"]),
        ("filter[cohort]=2020,2025", ["2020", "2025"]),
        ("filter[cohort]=1999", []),
        ("filter[cohort]=-2024", []),
        ("filter[cohort]=0", []),
        ("filter[cohort]=40000", []),
        ("filter[cohort]=99999999999999999999999", []),
        ("filter[cohort]=" + 5000 * "9", []),
        ("filter[cohort]=%ef%bc%92", []),
    ],
    ids=lambda query: str(query)[:50],
)
def test_cohorts_are_filtered(settled: World, query: str, expected: list[str]) -> None:
    assert cohorts(settled, query) == expected


def test_a_cohort_before_2021_is_shown_by_its_id_all_the_same(settled: World) -> None:
    [row] = settled.index("filter[cohort]=2020").json()["data"]
    assert settled.call("GET", f"{PARTNERSHIPS}/{row['id']}").json() == {"data": row}


def test_a_null_byte_in_a_filter_is_refused(settled: World) -> None:
    response = settled.index("filter[cohort]=2024%00")
    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "title": "Bad request",
                "detail": "string contains null byte",
                "code": "bad_request",
                "source": {"parameter": "filter[cohort]"},
            }
        ]
    }


def test_a_query_that_is_no_utf_8_is_refused(settled: World) -> None:
    response = settled.index("filter[cohort]=%ff")
    assert response.status_code == 400
    assert response.json()["errors"][0]["title"] == "Bad request"


def test_a_filter_is_judged_before_the_page(settled: World) -> None:
    response = settled.index("page=2&filter[cohort]=%00")
    assert response.json()["errors"][0]["source"] == {"parameter": "filter[cohort]"}
