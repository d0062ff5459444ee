"""Which partnerships are wanted: sections 3.1, 3.3 and 3.4 of the contract."""

from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

import pytest

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Challenge, ChallengeReason
from ecf_core.testing.examples import (
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    RIVERSIDE_ID,
    SOUTH_HUB,
)
from tests.integration.http.world import NOWHERE, PARTNERSHIPS, SCHOOLS, World

NORTH, SOUTH, EAST = "north", "south", "east"
EVERY = [NORTH, SOUTH, EAST]
PARTNERS = {NORTH: NORTH_HUB, SOUTH: SOUTH_HUB, EAST: EAST_HUB}
NO_DATE = {
    "errors": [
        {
            "title": "Bad request",
            "detail": "The filter '#/updated_since' must be a valid RCF3339 date",
            "code": "bad_request",
            "source": {"parameter": "filter[updated_since]"},
        }
    ]
}


def settle(world: World) -> None:
    """With North, South and East, a day after one another; South's is challenged."""
    for number, partner in enumerate(PARTNERS.values()):
        world.seed(
            id=PartnershipId(UUID(int=number + 1)),
            school_id=(GREENDALE_ID, GREENDALE_ID, RIVERSIDE_ID)[number],
            delivery_partner_id=partner.id,
            challenge=Challenge(ChallengeReason.MISTAKE, NOW) if partner is SOUTH_HUB else None,
            created_at=NOW + timedelta(days=number),
            updated_at=NOW + timedelta(days=number),
        )


def partners(world: World, query: str) -> list[str]:
    names = {str(partner.id): name for name, partner in PARTNERS.items()}
    shown = world.shown(f"{PARTNERSHIPS}?{query}")
    return [names[row["attributes"]["delivery_partner_id"]] for row in shown]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=", EVERY),
        ("", EVERY),
        ("=%20", EVERY),
        (f"[]={NORTH_HUB.id}", EVERY),
        (f"[a]={NORTH_HUB.id}", EVERY),
        (f"={NORTH_HUB.id}", [NORTH]),
        (f"={str(NORTH_HUB.id).upper()}", [NORTH]),
        (f"={NORTH_HUB.id.hex}", [NORTH]),
        (f"={NORTH_HUB.id},{EAST_HUB.id}", [NORTH, EAST]),
        (f"={NORTH_HUB.id}%2C{EAST_HUB.id}", [NORTH, EAST]),
        (f"={NORTH_HUB.id},nonsense", [NORTH]),
        (f"=nonsense,{NORTH_HUB.id},", [NORTH]),
        ("=nonsense", []),
        (f"={NOWHERE}", []),
        ("=,", []),
        ("=00000000-0000-0000-0000-000000000000", []),
        (f"={NORTH_HUB.id}&filter[cohort]=2024", [NORTH]),
        (f"={NORTH_HUB.id}&filter[cohort]=2023", []),
    ],
)
def test_delivery_partners_are_filtered(settled: World, value: str, expected: list[str]) -> None:
    assert partners(settled, f"filter[delivery_partner_id]{value}") == expected


def test_a_null_byte_among_delivery_partners_is_refused(settled: World) -> None:
    response = settled.index("page=2&filter[delivery_partner_id]=%00")
    assert response.status_code == 400
    [problem] = response.json()["errors"]
    assert problem["detail"] == "string contains null byte"
    assert problem["source"] == {"parameter": "filter[delivery_partner_id]"}


# The partnerships changed at 09:30 UTC on 10, 11 and 12 September 2024. Values as received after
# the query was decoded.
INSTANTS = [
    ("", EVERY),
    ("   ", EVERY),
    ("2020-01-01T00:00:00Z", EVERY),
    ("2020-01-01T00:00:00.123Z", EVERY),
    ("2020-01-01T00:00:00+00:00", EVERY),
    ("2020-01-01t00:00:00z", EVERY),
    ("2020-01-01T00:00:00", EVERY),
    ("2020-01-01T00%3A00%3A00%2B01%3A00", EVERY),
    ("2020-02-30T00:00:00Z", EVERY),
    ("0001-01-01T00:00:00+01:00", EVERY),
    ("0000-01-01T00:00:00Z", EVERY),
    ("2024-09-10T09:30:00Z", EVERY),
    ("2024-09-10T09:30:00.000001Z", [SOUTH, EAST]),
    ("2024-09-10T09:30:00.0000009Z", EVERY),
    ("2024-09-10T09:30:01", [SOUTH, EAST]),
    ("2024-09-10T10:30:00+01:00", EVERY),
    ("2024-09-10T10%3A30%3A01%2B01%3A00", [SOUTH, EAST]),
    ("2024-09-10T08:30:01-01:00", [SOUTH, EAST]),
    ("2024-09-10T24:00:00Z", [SOUTH, EAST]),
    ("2024-08-31T24:00:00Z", EVERY),
    ("2024-09-11T09:29:60Z", [SOUTH, EAST]),
    ("2024-09-31T00:00:00Z", []),
    ("2024-09-12T09:30:00Z", [EAST]),
    ("2024-09-12T09:30:01Z", []),
    ("9999-12-31T24:00:00-23:59", []),
]


@pytest.mark.parametrize(("value", "expected"), INSTANTS)
def test_only_what_changed_since_is_listed(settled: World, value: str, expected: list[str]) -> None:
    assert partners(settled, f"filter[updated_since]={quote(value)}") == expected


@pytest.mark.parametrize("query", ["filter[updated_since]", "filter[updated_since][]=x"])
def test_what_is_no_single_text_asks_for_nothing(settled: World, query: str) -> None:
    assert partners(settled, query) == EVERY


NO_INSTANTS = [
    "2020-01-01T00:00:00 00:00",
    "2020-01-01",
    "2020-01-01T00:00Z",
    "2020-01-01 00:00:00Z",
    "20200101T000000Z",
    "2020-01-01T00:00:00+0100",
    "2020-01-01T00%3A00%3A00+01%3A00",
    "2020-13-01T00:00:00Z",
    "2020-00-01T00:00:00Z",
    "2020-01-00T00:00:00Z",
    "2020-01-32T00:00:00Z",
    "2020-01-01T25:00:00Z",
    "2020-01-01T24:00:01Z",
    "2020-01-01T00:60:00Z",
    "2020-01-01T00:00:61Z",
    "2020-01-01T00:00:00.Z",
    "2020-01-01T00:00:00+24:00",
    "2020-01-01T00:00:00+00:60",
    " 2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z\0",
    "2020-01-01T00:00:00Z\n",
    "٢٠٢٠-01-01T00:00:00Z",
    "yesterday",
    "%ff",
    "9" * 5000,
]


@pytest.mark.parametrize("value", NO_INSTANTS, ids=lambda value: repr(value[:40]))
def test_what_is_no_instant_is_refused(settled: World, value: str) -> None:
    for path in (f"{PARTNERSHIPS}?", f"{SCHOOLS}?filter[cohort]=2024&"):
        response = settled.call("GET", f"{path}filter[updated_since]={quote(value)}")
        assert (response.status_code, response.json()) == (400, NO_DATE)


def test_a_bad_instant_wins_over_a_bad_page(settled: World) -> None:
    assert settled.index("page=2&filter[updated_since]=x").json() == NO_DATE


def test_one_partnership_is_shown_whatever_the_filters(settled: World) -> None:
    id_ = settled.shown(PARTNERSHIPS)[0]["id"]
    query = "filter[updated_since]=x&filter[cohort]=2023&sort=x"
    assert settled.call("GET", f"{PARTNERSHIPS}/{id_}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EVERY),
        ("sort", EVERY),
        ("sort=", EVERY),
        ("sort=created_at", EVERY),
        ("sort=%2Bcreated_at", EVERY),
        ("sort=-created_at", EVERY[::-1]),
        ("sort=-updated_at", EVERY[::-1]),
        ("sort=updated_at", EVERY),
        ("sort=-id", EVERY[::-1]),
        ("sort=-delivery_partner_id", EVERY[::-1]),
        ("sort=challenged_at", [SOUTH, NORTH, EAST]),
        ("sort=-challenged_at", [NORTH, EAST, SOUTH]),
        ("sort=challenge_reason,-created_at", [SOUTH, EAST, NORTH]),
        ("sort=cohort_id,-created_at", EVERY[::-1]),
        ("sort=cohort,-created_at", EVERY[::-1]),
        ("sort=cohort", EVERY),
        ("sort=-cohort", EVERY),
        ("sort=created_at,-created_at", EVERY),
        ("sort=nonsense,-created_at", EVERY[::-1]),
        ("sort=nonsense", EVERY),
        ("sort=+created_at", EVERY),
        ("sort=-Created_at", EVERY),
        ("sort=--created_at", EVERY),
        ("sort=-created_at%00", EVERY),
        ("sort[]=-created_at", EVERY),
        ("sort[a]=-created_at", EVERY),
        ("sort=" + "-created_at," * 500, EVERY[::-1]),
    ],
    ids=lambda query: str(query)[:40],
)
def test_partnerships_are_sorted(settled: World, query: str, expected: list[str]) -> None:
    assert partners(settled, query) == expected
