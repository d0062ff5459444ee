"""Which participants are listed, and in what order: sections 2 to 4 of the contract."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from attrs import evolve

from ecf_core.model.induction_record import TrainingStatus
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    PURPLE_2023,
    PURPLE_2024,
    a_mentor_too,
    a_training,
)
from tests.integration.http.training import FLAT, V1, V3, enrol, ids, make_ready
from tests.integration.http.world import World

BAD_PAGE = (
    "The '#/page[page]' and '#/page[per_page]' parameter values must be a valid number"
    " (equal and more than 1)"
)
BAD_DATE = "The filter '#/updated_since' must be a valid RCF3339 date"
BAD_STATUS = 'The filter \'#/training_status\' must be ["active", "deferred", "withdrawn"]'
OLD, MIDDLE, NEW, TWICE = (str(a_training(number).person.id) for number in (40, 30, 20, 10))


def settle(world: World) -> None:
    """Four people whose ids, instants and records are in different orders; one trains twice."""
    make_ready(world)
    old, middle, new, twice = (
        a_training(number, place, at=BEFORE + days * A_DAY)
        for number, place, days in (
            (40, PURPLE_2024, 0),
            (30, PURPLE_2023, 1),
            (20, PURPLE_2024, 2),
            (10, PURPLE_2023, 3),
        )
    )
    late = evolve(old.record, created_at=BEFORE + 9 * A_DAY, updated_at=BEFORE + 9 * A_DAY)
    mentor = a_mentor_too(twice, 11, PURPLE_2024)
    withdrawn = evolve(mentor.record, training_status=TrainingStatus.WITHDRAWN)
    deferred = evolve(middle.record, training_status=TrainingStatus.DEFERRED)
    enrol(
        world,
        evolve(old, record=late),
        evolve(middle, record=deferred),
        new,
        twice,
        evolve(mentor, record=withdrawn),
    )


def since(days: int, **more: int) -> str:
    at = BEFORE + timedelta(days=days, **more)
    return f"filter[updated_since]={quote(at.isoformat())}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [MIDDLE, NEW, TWICE, OLD]),  # in the order in which the records were made
        ("sort=", [MIDDLE, NEW, TWICE, OLD]),
        ("sort=nothing", [MIDDLE, NEW, TWICE, OLD]),
        ("sort=full_name,email", [MIDDLE, NEW, TWICE, OLD]),
        ("sort[]=id", [MIDDLE, NEW, TWICE, OLD]),
        ("sort=created_at", [OLD, MIDDLE, NEW, TWICE]),
        ("sort=-created_at", [TWICE, NEW, MIDDLE, OLD]),
        ("sort=%2Bcreated_at", [OLD, MIDDLE, NEW, TWICE]),
        ("sort=+created_at", [MIDDLE, NEW, TWICE, OLD]),
        ("sort=nothing,-created_at", [TWICE, NEW, MIDDLE, OLD]),
        ("sort=updated_at", [MIDDLE, NEW, TWICE, OLD]),
        ("sort=-updated_at", [OLD, TWICE, NEW, MIDDLE]),
        ("sort=id", [TWICE, NEW, MIDDLE, OLD]),
        ("sort=-id", [OLD, MIDDLE, NEW, TWICE]),
        ("page[per_page]=1", [OLD]),  # a page is cut by who was there first
        ("page[per_page]=1&page[page]=2", [MIDDLE]),
        ("page[per_page]=2", [MIDDLE, OLD]),
        ("page[per_page]=2&page[page]=2", [NEW, TWICE]),
        ("page[per_page]=2&sort=-id", [OLD, MIDDLE]),
        ("page[page]=9999", []),
        ("filter[cohort]=2024", [NEW, TWICE, OLD]),
        ("filter[cohort]=2023", [MIDDLE, TWICE]),
        ("filter[cohort]=2023, 2024abc", [MIDDLE, NEW, TWICE, OLD]),
        ("filter[cohort]=1999", []),
        ("filter[cohort]=abc", []),
        ("filter[cohort]=99999999999999999999", []),
        ("filter[cohort]=", [MIDDLE, NEW, TWICE, OLD]),
        ("filter[cohort][]=2024", [MIDDLE, NEW, TWICE, OLD]),
        ("filter[training_status]=active", [NEW, TWICE, OLD]),
        ("filter[training_status]=deferred", [MIDDLE]),
        ("filter[training_status]=withdrawn", [TWICE]),
        ("filter[training_status]=withdrawn&filter[cohort]=2023", []),
        ("filter[training_status]=", [MIDDLE, NEW, TWICE, OLD]),
        ("filter[training_status][]=x", [MIDDLE, NEW, TWICE, OLD]),
        (since(9), [OLD]),
        (since(4), [TWICE, OLD]),
        (since(9, microseconds=1), []),
        (f"{since(1)}&sort=id", [TWICE, NEW, MIDDLE, OLD]),
    ],
)
def test_a_list_is_as_it_was_asked_for(settled: World, query: str, expected: list[str]) -> None:
    assert ids(settled, query) == expected


def test_one_training_brings_the_others_along(settled: World) -> None:
    (data,) = settled.shown(f"{V3}?filter[training_status]=withdrawn")
    statuses = [each["training_status"] for each in data["attributes"]["ecf_enrolments"]]
    assert statuses == ["active", "withdrawn"]


@pytest.mark.parametrize(
    ("query", "title", "detail"),
    [
        ("filter=abc", "Bad parameter", "Filter must be a hash"),
        ("filter[]=a", "Bad parameter", "Filter must be a hash"),
        ("filter[updated_since]=2020-01-01", "Bad request", BAD_DATE),
        ("filter[training_status]=ACTIVE", "Bad request", BAD_STATUS),
        ("filter[training_status]=active,deferred", "Bad request", BAD_STATUS),
        ("filter[training_status]=x&filter[updated_since]=y", "Bad request", BAD_DATE),
    ],
)
def test_what_cannot_be_read_is_refused_also_of_one(
    settled: World, query: str, title: str, detail: str
) -> None:
    for path in (V3, f"{V3}/{OLD}", f"{V3}/abc"):
        response = settled.call("GET", f"{path}?{query}&page[page]=0")
        assert response.status_code == 400
        (error,) = response.json()["errors"]
        assert (error["title"], error["detail"]) == (title, detail)


def test_filters_are_judged_before_the_page_and_the_token_before_all(settled: World) -> None:
    response = settled.call("GET", f"{V3}?page[page]=0")
    assert response.json()["errors"][0]["detail"] == BAD_PAGE
    assert settled.call("GET", f"{V3}/{OLD}?page[page]=0").status_code == 200
    for path in (V3, *FLAT, f"{V1}.csv", f"{V1}.xml"):
        response = settled.client.get(f"{path}?filter=abc")
        assert response.status_code == 401


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("filter[cohort]=2023", False),
        ("filter[cohort]=2024", True),
        ("filter[training_status]=deferred", False),
        (since(9), True),
        (since(10), False),
        ("sort=nothing&page[page]=7", True),
    ],
)
def test_one_is_shown_if_the_filters_let_it_pass(
    settled: World, query: str, *, there: bool
) -> None:
    response = settled.call("GET", f"{V3}/{OLD}?{query}")
    assert response.status_code == (200 if there else 404)


@pytest.mark.parametrize("per_page", [1, 2, 3])
@pytest.mark.parametrize("sort", ["", "-created_at", "updated_at", "id,-updated_at"])
def test_links_lead_through_the_whole_list(settled: World, sort: str, per_page: int) -> None:
    path = V3
    query = f"sort={sort}&page[per_page]={per_page}"
    walked: list[set[str]] = []
    counted: list[set[str]] = []
    following: str | None = f"{path}?{query}"
    while following:
        response = settled.call("GET", following)
        walked.append({each["id"] for each in response.json()["data"]})
        counted.append(set(ids(settled, f"{query}&page[page]={len(walked)}")))
        following = response.links.get("next", {}).get("url")
    assert walked == counted
    assert sorted(id_ for page in walked for id_ in page) == sorted([OLD, MIDDLE, NEW, TWICE])


def test_a_list_that_is_had_already_is_not_sent_again(settled: World) -> None:
    for path in (V3, f"{V3}/{OLD}", *FLAT, f"{V1}.csv"):
        tag = settled.call("GET", path).headers["etag"]
        assert tag.startswith('W/"')
        again = settled.call("GET", path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
