"""Unfunded mentors: sections 0, 3.3, 4, 5.7 and 10.2 of the contract."""

from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import ParticipantType
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)
from ecf_core.testing.participants import an_enrolment
from tests.integration.http.schooling import (
    enrolled,
    mentor_of_another,
    partnered_in_both_years,
)
from tests.integration.http.world import NOWHERE, World

MENTORS = "/api/v3/unfunded-mentors/ecf"
NOT_FOUND = {"error": "Resource not Found"}
MO, ZOE, ABE = "Mo Mentor", "Zoe Mentor", "Abe Mentor"


def settle(world: World) -> None:
    """Three mentors train with Orange Institute, and their teachers with Purple Learning."""
    partnered_in_both_years(world)
    own = enrolled(world, "Our Mentor", type_=ParticipantType.MENTOR)
    enrolled(world, "Teacher of ours", mentor=own)
    for name, trn in ((MO, "1234567"), (ZOE, None), (ABE, None)):
        mentor_of_another(world, name, trn=trn)


def names(world: World, query: str = "", **options: Any) -> list[str]:
    return [row["attributes"]["full_name"] for row in world.shown(f"{MENTORS}?{query}", **options)]


def test_one_is_shown_as_documented(settled: World) -> None:
    data = settled.shown(MENTORS)[0]
    assert list(data) == ["id", "type", "attributes"]
    assert data["type"] == "unfunded-mentor"
    assert list(data["attributes"].items()) == [
        ("full_name", MO),
        ("email", "mo.mentor@example.org"),
        ("teacher_reference_number", "1234567"),
        ("created_at", "2024-09-10T09:30:03Z"),
        ("updated_at", "2024-09-10T09:30:04Z"),
    ]
    for id_ in (data["id"], data["id"].replace("-", "").upper()):
        assert settled.call("GET", f"{MENTORS}/{id_}").json() == {"data": data}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [MO, ZOE, ABE]),
        ("filter[updated_since]=2024-09-10T09:30:06Z", [ZOE, ABE]),
        ("filter[updated_since]=2024-09-10T09:30:07Z", [ABE]),
        ("filter[updated_since]=2025-01-01T00:00:00Z", []),
        ("filter[cohort]=1999", [MO, ZOE, ABE]),
        ("sort=full_name", [ABE, MO, ZOE]),
        ("sort=-full_name", [ZOE, MO, ABE]),
        ("sort=email", [ABE, MO, ZOE]),
        ("sort=-created_at", [ABE, ZOE, MO]),
        ("sort=-updated_at", [ABE, ZOE, MO]),
        ("sort=updated_at", [MO, ZOE, ABE]),
        ("sort=-get_an_identity_id", [MO, ZOE, ABE]),
        ("sort=nonsense,-full_name", [ZOE, MO, ABE]),
        ("sort[]=-full_name", [MO, ZOE, ABE]),
        ("page[per_page]=2", [MO, ZOE]),
        ("page[per_page]=2&page[page]=2", [ABE]),
        ("page[page]=2", []),
    ],
)
def test_the_list_is_filtered_sorted_and_paged(
    settled: World, query: str, expected: list[str]
) -> None:
    assert names(settled, query) == expected


def test_another_lead_provider_has_none(settled: World) -> None:
    assert names(settled, by=ORANGE_INSTITUTE) == []
    mo = settled.shown(MENTORS)[0]["id"]
    assert settled.call("GET", f"{MENTORS}/{mo}", ORANGE_INSTITUTE).json() == NOT_FOUND


@pytest.mark.parametrize("id_", [NOWHERE, "nonsense", "%00"])
def test_who_is_no_unfunded_mentor_is_not_found(settled: World, id_: str) -> None:
    response = settled.call("GET", f"{MENTORS}/{id_}")
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_whom_the_lead_provider_trains_is_no_unfunded_mentor(settled: World) -> None:
    wanted = ParticipantsFilter(lead_provider_id=PURPLE_LEARNING.id)
    own = settled.container.queries().participants.all(wanted)
    assert len(own) == 5
    for row in own:
        assert settled.call("GET", f"{MENTORS}/{row.id}").status_code == 404


def test_the_filter_applies_to_one_of_them(settled: World) -> None:
    mo = settled.shown(MENTORS)[0]["id"]
    since = "filter[updated_since]=2024-09-10T09:30:0"
    assert settled.call("GET", f"{MENTORS}/{mo}?{since}4Z").status_code == 200
    assert settled.call("GET", f"{MENTORS}/{mo}?{since}5Z").status_code == 404
    assert settled.call("GET", f"{MENTORS}/{mo}?filter[updated_since]=soon").status_code == 400


def test_pages_are_linked_and_tagged(settled: World) -> None:
    first = settled.call("GET", f"{MENTORS}?page[per_page]=2&sort=email")
    assert 'sort=email&page%5Bpage%5D=2>; rel="next"' in first.headers["Link"]
    tagged = {"If-None-Match": first.headers["ETag"]}
    again = settled.call("GET", f"{MENTORS}?page[per_page]=2&sort=email", headers=tagged)
    assert again.status_code == 304


def test_a_new_teacher_shows_the_mentor_as_changed(world: World) -> None:
    """Lead providers that poll learn of a mentor who was there long before."""
    settle(world)
    world.clock.advance(days=7)
    since = f"filter[updated_since]={world.clock.instant:%Y-%m-%dT%H:%M:%SZ}"
    assert names(world, since) == []
    (own,) = [r for r in world.shown(MENTORS) if r["attributes"]["full_name"] == ZOE]
    mentor_id = ParticipantId(UUID(own["id"]))
    request = evolve(an_enrolment("New Teacher"), mentor_id=mentor_id)
    world.container.use_cases().enrol_participant(request, by=ADMINISTRATOR)
    assert names(world, since) == [ZOE]


def test_a_challenge_hides_mentors(world: World) -> None:
    settle(world)
    (partnership,) = world.shown("/api/v3/partnerships/ecf")
    world.challenge(partnership["id"])
    assert names(world) == []
