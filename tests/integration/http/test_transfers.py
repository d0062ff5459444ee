"""Transfers: sections 0, 3.3, 5.6 and 10.2 of the contract."""

from datetime import timedelta
from typing import Any

import pytest

from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.testing.examples import (
    GREENDALE,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
)
from ecf_core.testing.participants import furnish_for_participants
from tests.integration.http.schooling import (
    enrolled,
    transferred,
    who_goes_to_a_school_that_trains_by_itself,
)
from tests.integration.http.world import NOWHERE, World

TRANSFERS = "/api/v3/participants/ecf/transfers"
NOT_FOUND = {"error": "Resource not Found"}
DAY = "2024-10-01"
BAD_SINCE = "The filter '#/updated_since' must be a valid RCF3339 date"


def settle(world: World) -> None:
    """Ada goes from Purple Learning to Orange Institute, Bo stays, and Cy continues elsewhere."""
    furnish_for_participants(world.container.storage().begin)
    world.formed()
    world.confirm(RIVERSIDE_ID)
    world.formed(ORANGE_INSTITUTE, school_id=str(RIVERSIDE_ID))
    ada, _, cy = (enrolled(world, name) for name in ("Ada Goes", "Bo Stays", "Cy Continues"))
    transferred(world, ada)
    world.clock.advance(hours=1)
    transferred(world, cy, "continue")


def ids(world: World, query: str = "", **options: Any) -> list[str]:
    return [row["id"] for row in world.shown(f"{TRANSFERS}?{query}", **options)]


def test_transfers_are_shown_as_documented(settled: World) -> None:
    ada, cy = settled.shown(TRANSFERS)
    assert list(ada) == ["id", "type", "attributes"]
    assert ada["type"] == "participant-transfer"
    assert list(ada["attributes"]) == ["updated_at", "transfers"]
    assert ada["attributes"]["updated_at"] == "2024-09-10T09:30:03Z"
    (transfer,) = ada["attributes"]["transfers"]
    training = transfer.pop("training_record_id")
    assert training not in {NOWHERE, ada["id"]}
    assert list(transfer.items()) == [
        ("transfer_type", "new_provider"),
        ("status", "incomplete"),
        ("created_at", "2024-09-10T09:30:01Z"),
        (
            "leaving",
            {"school_urn": GREENDALE.urn, "provider": PURPLE_LEARNING.name, "date": DAY},
        ),
        (
            "joining",
            {"school_urn": RIVERSIDE.urn, "provider": ORANGE_INSTITUTE.name, "date": DAY},
        ),
    ]
    (continued,) = cy["attributes"]["transfers"]
    assert continued["transfer_type"] == "new_school"
    assert list(continued["joining"]) == ["school_urn", "provider", "date"]
    assert ids(settled, by=ORANGE_INSTITUTE) == [ada["id"]]


def test_the_transfers_of_one_participant_are_shown(settled: World) -> None:
    for row in settled.shown(TRANSFERS):
        path = f"/api/v3/participants/ecf/{row['id']}/transfers"
        assert settled.call("GET", path).json() == {"data": row}
    (ada, cy) = ids(settled)
    for path, by in ((ada, ORANGE_INSTITUTE), (cy, PURPLE_LEARNING)):
        given = f"/api/v3/participants/ecf/{path.upper()}/transfers"
        assert settled.call("GET", given, by).json()["data"]["id"] == path


@pytest.mark.parametrize("id_", [NOWHERE, "nonsense", "%00", "transfers"])
def test_who_has_no_transfer_is_not_found(settled: World, id_: str) -> None:
    response = settled.call("GET", f"/api/v3/participants/ecf/{id_}/transfers")
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


def test_who_stays_is_not_found(settled: World) -> None:
    everyone = settled.container.queries().participants.all(ParticipantsFilter())
    (bo,) = {str(row.id) for row in everyone} - set(ids(settled))
    assert settled.call("GET", f"/api/v3/participants/ecf/{bo}/transfers").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[updated_since]=", [0, 1]),
        ("filter[updated_since][]=2030-01-01T00:00:00Z", [0, 1]),
        ("filter[updated_since]=2024-09-10T09:30:03Z", [0, 1]),
        ("filter[updated_since]=2024-09-10T09:30:04Z", [1]),
        ("filter[updated_since]=2024-09-10T12:00:00Z", []),
        ("filter[cohort]=1999", [0, 1]),
        ("sort=-created_at", [0, 1]),
        ("sort=-updated_at", [0, 1]),
        ("page[per_page]=1", [0]),
        ("page[per_page]=1&page[page]=2", [1]),
        ("page[page]=2", []),
        ("page[per_page]=5000", [0, 1]),
    ],
)
def test_the_list_is_filtered_and_paged(settled: World, query: str, expected: list[int]) -> None:
    every = ids(settled)
    assert ids(settled, query) == [every[number] for number in expected]


@pytest.mark.parametrize("of", ["", "/show"])
def test_an_instant_that_is_none_is_refused(settled: World, of: str) -> None:
    path = f"/api/v3/participants/ecf/{ids(settled)[0]}/transfers" if of else TRANSFERS
    response = settled.call("GET", f"{path}?filter[updated_since]=yesterday&page[page]=0")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert (error["title"], error["detail"]) == ("Bad request", BAD_SINCE)


def test_the_filter_applies_to_one_participant(settled: World) -> None:
    path = f"/api/v3/participants/ecf/{ids(settled)[0]}/transfers"
    since = "filter[updated_since]=2024-09-10T09:30:0"
    assert settled.call("GET", f"{path}?{since}3Z").status_code == 200
    assert settled.call("GET", f"{path}?{since}4Z").json() == NOT_FOUND


def test_pages_are_linked_and_tagged(settled: World) -> None:
    first = settled.call("GET", f"{TRANSFERS}?page[per_page]=1")
    assert 'page%5Bpage%5D=2>; rel="next"' in first.headers["Link"]
    tag = first.headers["ETag"]
    again = settled.call("GET", f"{TRANSFERS}?page[per_page]=1", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    one = settled.call("GET", f"/api/v3/participants/ecf/{ids(settled)[0]}/transfers")
    assert one.headers["ETag"].startswith('W/"')


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_transfers_are_only_read(settled: World, method: str) -> None:
    assert settled.call(method, TRANSFERS).status_code == 404


def test_a_transfer_is_complete_when_its_day_has_come(world: World) -> None:
    settle(world)
    statuses = []
    for days in (20, 1):
        world.clock.advance(days=days)
        (ada, _) = world.shown(TRANSFERS)
        statuses.append(ada["attributes"]["transfers"][0]["status"])
    assert statuses == ["incomplete", "complete"]


def test_who_leaves_for_nobody_knows_where_joins_nothing(world: World) -> None:
    furnish_for_participants(world.container.storage().begin)
    world.formed()
    di = enrolled(world, "Di Leaves")
    with world.container.storage().begin() as work:
        left = di.record.left(on=world.clock.now() + timedelta(days=3), at=world.clock.now())
        work.participants.put_records(left)
        work.commit()
    (row,) = world.shown(TRANSFERS)
    (transfer,) = row["attributes"]["transfers"]
    assert (transfer["transfer_type"], transfer["joining"]) == ("unknown", None)
    assert transfer["leaving"]["date"] == "2024-09-13"


def test_a_school_that_trains_by_itself_has_no_provider(world: World) -> None:
    who_goes_to_a_school_that_trains_by_itself(world)
    (row,) = world.shown(TRANSFERS)
    (transfer,) = row["attributes"]["transfers"]
    assert transfer["transfer_type"] == "new_school"
    assert transfer["joining"]["provider"] is None


def test_a_challenge_hides_transfers(world: World) -> None:
    furnish_for_participants(world.container.storage().begin)
    formed = world.formed()
    world.confirm(RIVERSIDE_ID)
    transferred(world, enrolled(world, "Ada Goes"))
    assert len(ids(world)) == 1
    world.challenge(formed["id"])
    assert ids(world) == []
