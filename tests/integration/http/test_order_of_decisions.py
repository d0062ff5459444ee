"""What is decided first: section 6.3 of the contract, and the guard on filters of section 3.1."""

from typing import Any

import pytest

from ecf_core.testing.examples import CLOSED_ID, IDLE_HUB, INDEPENDENT_ID, SOUTH_HUB
from tests.integration.http.world import (
    DELIVERY_PARTNERS,
    NOWHERE,
    PARTNERSHIPS,
    SCHOOLS,
    World,
    body,
)

BAD_FILTER = {
    "errors": [
        {
            "title": "Bad parameter",
            "detail": "Filter must be a hash",
            "code": "bad_parameter",
            "source": {"parameter": "filter"},
        }
    ]
}
WRONG_STRUCTURE = {
    "errors": [
        {
            "title": "Bad request",
            "detail": "correct json data structure required. See API docs for reference",
            "code": "bad_request",
        }
    ]
}
NOT_FOUND = {"error": "Resource not Found"}
NO_HASH = ["filter=abc", "filter=", "filter[]=a", "filter%5B%5D=a", "filter=a&filter[cohort]=2024"]
A_HASH = ["", "filter", "filter[foo]=1", "filter[cohort]=", "filter[cohort][]=a"]


@pytest.mark.parametrize("query", NO_HASH)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PARTNERSHIPS),
        ("POST", PARTNERSHIPS),
        ("GET", f"{PARTNERSHIPS}/{NOWHERE}"),
        ("PUT", f"{PARTNERSHIPS}/{NOWHERE}"),
        ("PATCH", f"{PARTNERSHIPS}/nonsense"),
        ("GET", DELIVERY_PARTNERS),
        ("GET", f"{DELIVERY_PARTNERS}/{NOWHERE}"),
        ("GET", SCHOOLS),
        ("GET", f"{SCHOOLS}/{NOWHERE}"),
        ("GET", f"{SCHOOLS}/{NOWHERE}/partnership-check"),
    ],
)
def test_a_filter_that_is_no_hash_is_refused_before_path_page_and_body(
    settled: World, method: str, path: str, query: str
) -> None:
    response = settled.call(method, f"{path}?page=2&dry_run=x&{query}", content=b"{")
    assert (response.status_code, response.json()) == (400, BAD_FILTER)


@pytest.mark.parametrize("query", A_HASH)
def test_a_filter_that_is_a_hash_lets_the_operation_decide(settled: World, query: str) -> None:
    assert settled.call("GET", f"{PARTNERSHIPS}?{query}").status_code == 200
    assert settled.call("GET", f"{PARTNERSHIPS}/{NOWHERE}?{query}").status_code == 404
    assert settled.call("POST", f"{PARTNERSHIPS}?{query}").json() == WRONG_STRUCTURE


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("id_", [NOWHERE, "nonsense", "100001", "%00", "0" * 32])
@pytest.mark.parametrize("content", [b"", b"{", b'{"data":{}}'])
def test_an_update_looks_up_before_it_reads_the_body(
    settled: World, method: str, id_: str, content: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    response = settled.call(method, f"{PARTNERSHIPS}/{id_}", content=content, headers=headers)
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_an_update_reads_the_body_before_it_judges(settled: World, method: str) -> None:
    id_ = settled.index().json()["data"][0]["id"]
    response = settled.call(method, f"{PARTNERSHIPS}/{id_}", json={"data": {}})
    assert (response.status_code, response.json()) == (400, WRONG_STRUCTURE)


def test_a_bad_filter_value_wins_over_a_bad_page(settled: World) -> None:
    assert settled.index("page=2&filter=abc").json() == BAD_FILTER


BLANK_COHORT = ("cohort", "blank")
UNKNOWN_COHORT = ("cohort", "invalid")
BLANK_SCHOOL = ("school_id", "blank")
UNKNOWN_SCHOOL = ("school_id", "invalid")
BLANK_PARTNER = ("delivery_partner_id", "blank")
UNKNOWN_PARTNER = ("delivery_partner_id", "invalid")
ORDERS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"cohort": None}, [BLANK_COHORT]),
    ({"cohort": 1999}, [UNKNOWN_COHORT]),
    (
        {"cohort": None, "school_id": None, "delivery_partner_id": None},
        [BLANK_COHORT, BLANK_SCHOOL, BLANK_PARTNER],
    ),
    (
        {"cohort": 1999, "school_id": None, "delivery_partner_id": None},
        [BLANK_SCHOOL, BLANK_PARTNER, UNKNOWN_COHORT],
    ),
    (
        {"cohort": None, "school_id": NOWHERE, "delivery_partner_id": NOWHERE},
        [BLANK_COHORT, UNKNOWN_SCHOOL, UNKNOWN_PARTNER],
    ),
    (
        {"cohort": 1999, "school_id": NOWHERE, "delivery_partner_id": None},
        [BLANK_PARTNER, UNKNOWN_COHORT, UNKNOWN_SCHOOL],
    ),
    (
        {"cohort": 1999, "school_id": NOWHERE, "delivery_partner_id": NOWHERE},
        [UNKNOWN_COHORT, UNKNOWN_SCHOOL, UNKNOWN_PARTNER],
    ),
    (
        {"cohort": 1999, "school_id": str(INDEPENDENT_ID)},
        [UNKNOWN_COHORT, ("school_id", "funding_error")],
    ),
    (
        {"school_id": str(CLOSED_ID), "delivery_partner_id": str(IDLE_HUB.id)},
        [("school_id", "ineligible_error"), ("delivery_partner_id", "no_relationship")],
    ),
    (
        {"delivery_partner_id": None},
        [BLANK_PARTNER, ("school_id", "already_confirmed")],
    ),
    # What needs the cohort stays silent without one, even with a school that is partnered.
    ({"cohort": "abc", "delivery_partner_id": str(IDLE_HUB.id)}, [UNKNOWN_COHORT]),
]


@pytest.mark.parametrize(("attributes", "expected"), ORDERS)
def test_refusals_come_in_the_order_in_which_they_are_found(
    settled: World, attributes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    response = settled.create(**attributes)
    assert response.status_code == 422
    errors = response.json()["errors"]
    assert [(error["title"], error["code"]) for error in errors] == expected
    for error in errors:
        assert list(error) == ["title", "detail", "code", "source"]
        assert error["source"] == {"pointer": f"/data/attributes/{error['title']}"}


def test_an_unknown_cohort_comes_before_the_data_of_the_cohort(settled: World) -> None:
    response = settled.call(
        "POST", PARTNERSHIPS, json=body({"delivery_partner_id": str(SOUTH_HUB.id)})
    )
    assert [error["title"] for error in response.json()["errors"]] == ["cohort", "school_id"]
