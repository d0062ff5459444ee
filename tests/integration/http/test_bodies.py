"""How bodies and their values are read: section 6.2 of the contract, and the blanks of 7.1."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from ecf_core.testing.examples import GREENDALE_ID, NORTH_HUB
from tests.integration.http.world import PARTNERSHIPS, SOUND, World, body

WRONG_STRUCTURE = {
    "errors": [
        {
            "title": "Bad request",
            "detail": "correct json data structure required. See API docs for reference",
            "code": "bad_request",
        }
    ]
}
READ_AS_JSON = [
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON",
    "application/vnd.api+json",
    "text/x-json",
]
NOT_READ = [None, "", "text/plain", "text/html", "application/xml", "application/octet-stream", ";"]
WRONG: list[bytes] = [
    b"",
    b" ",
    b"{",
    b"}",
    b'{"data":',
    b'{"data":{}} x',
    b"\xff\xfe",
    b'{"data":{"attributes":{"cohort":"\xff"}}}',
    b'{"data":{"attributes":{"cohort":"\\ud800"}}}',
    b"\x00",
    b"NaN",
    b"1e999",
    b"{}",
    b"[]",
    b"null",
    b"5",
    b"true",
    b'"abc"',
    b"[1,2]",
    b'{"data":null}',
    b'{"data":{}}',
    b'{"data":[]}',
    b'{"data":""}',
    b'{"data":"x"}',
    b'{"data":5}',
    b'{"data":true}',
    b'{"data":[{"attributes":{"cohort":"2024"}}]}',
    b'{"data":{"attributes":[]}}',
    b'{"data":{"attributes":[{"cohort":"2024"}]}}',
    100_000 * b"[",
    100_000 * b'{"data":',
]
WITHOUT_ATTRIBUTES: list[Any] = [
    {"data": {"type": "x"}},
    {"data": {"attributes": "x"}},
    {"data": {"attributes": ""}},
    {"data": {"attributes": 5}},
    {"data": {"attributes": None}},
    {"data": {"attributes": {}}},
    {"data": {"id": "x", "attributes": {"unknown": 1}}},
]
BLANKS: list[Any] = [None, "", "  ", "\t\n", "\u00a0", False, [], {}, ["2024"], {"a": "2024"}]
ALL_BLANK = ["cohort", "school_id", "delivery_partner_id"]


def posted(world: World, content: bytes, content_type: str | None) -> Any:
    headers = {} if content_type is None else {"Content-Type": content_type}
    return world.call("POST", PARTNERSHIPS, content=content, headers=headers)


@pytest.mark.parametrize("content_type", READ_AS_JSON)
def test_json_is_read_under_each_of_its_names(settled: World, content_type: str) -> None:
    response = posted(settled, json.dumps(body(SOUND)).encode(), content_type)
    assert response.json()["errors"][0]["code"] == "already_confirmed"


@pytest.mark.parametrize("content_type", NOT_READ)
def test_a_body_of_any_other_kind_counts_as_missing(
    settled: World, content_type: str | None
) -> None:
    response = posted(settled, json.dumps(body(SOUND)).encode(), content_type)
    assert (response.status_code, response.json()) == (400, WRONG_STRUCTURE)


def test_a_form_is_read(settled: World) -> None:
    form = urlencode({f"data[attributes][{name}]": value for name, value in SOUND.items()})
    response = posted(settled, form.encode(), "application/x-www-form-urlencoded")
    assert response.json()["errors"][0]["code"] == "already_confirmed"


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (b"", 400),
        (b"data=x", 400),
        (b"data[]=x", 400),
        (b"data[attributes][]=x", 400),
        (b"data[][attributes][cohort]=2024", 400),
        (b"other=x", 400),
        (b"data[attributes][cohort]=%ff", 400),
        (b"data[attributes][cohort]=\xff", 400),
        (b"data[type]=x", 422),
        (b"data[attributes]=x", 422),
        (b"data[attributes][cohort][]=2024", 422),
        (b"data[attributes][cohort][a]=2024", 422),
        (b"data[attributes][cohort]=+&data[attributes][school_id]", 422),
    ],
)
def test_a_form_is_judged_like_the_json_it_stands_for(
    settled: World, form: bytes, status: int
) -> None:
    response = posted(settled, form, "application/x-www-form-urlencoded")
    assert response.status_code == status
    if status == 400:
        assert response.json() == WRONG_STRUCTURE
    else:
        assert [error["title"] for error in response.json()["errors"]] == ALL_BLANK


@pytest.mark.parametrize("content", WRONG, ids=lambda content: repr(content[:40]))
def test_what_has_no_data_object_is_refused_as_such(settled: World, content: bytes) -> None:
    response = posted(settled, content, "application/json")
    assert (response.status_code, response.json()) == (400, WRONG_STRUCTURE)
    assert response.headers["content-type"] == "application/vnd.api+json"


@pytest.mark.parametrize("document", WITHOUT_ATTRIBUTES)
def test_data_without_attributes_has_them_all_blank(settled: World, document: Any) -> None:
    response = settled.call("POST", PARTNERSHIPS, json=document)
    assert response.status_code == 422
    errors = response.json()["errors"]
    assert [(error["title"], error["code"]) for error in errors] == [
        (name, "blank") for name in ALL_BLANK
    ]


@pytest.mark.parametrize("name", ALL_BLANK)
@pytest.mark.parametrize("value", BLANKS, ids=repr)
def test_a_blank_value_is_a_missing_one(settled: World, name: str, value: Any) -> None:
    response = settled.create(**{name: value})
    assert response.status_code == 422
    assert response.json()["errors"][0]["title"] == name
    assert response.json()["errors"][0]["code"] == "blank"


@pytest.mark.parametrize(
    "cohort",
    [2024, "2024", "2024abc", 2024.9, "2024,2022", " 2024", "+2024", "2024.9", "02024", "2_024"],
)
def test_a_cohort_is_the_number_it_starts_with(settled: World, cohort: Any) -> None:
    assert settled.create(cohort=cohort).json()["errors"][0]["code"] == "already_confirmed"


@pytest.mark.parametrize(
    "cohort",
    [
        "abc",
        "0",
        0,
        -2024,
        "-2024",
        True,
        1999,
        "1999",
        10**30,
        "9" * 5000,
        1.5e300,
        "\uff12\uff10\uff12\uff14",
    ],
)
def test_a_cohort_that_is_no_known_year_is_unknown(settled: World, cohort: Any) -> None:
    response = settled.create(cohort=cohort)
    assert response.status_code == 422
    assert [(e["title"], e["code"]) for e in response.json()["errors"]] == [("cohort", "invalid")]


@pytest.mark.parametrize("name", ["school_id", "delivery_partner_id"])
@pytest.mark.parametrize(
    "value",
    [
        "abc",
        "100001",
        100001,
        True,
        1.5,
        "0" * 32,
        "00000000-0000-0000-0000-000000000000",
        f" {GREENDALE_ID}",
        f"urn:uuid:{GREENDALE_ID}",
        f"{GREENDALE_ID}0",
        "é" * 36,
    ],
    ids=repr,
)
def test_an_id_that_is_none_is_not_found(settled: World, name: str, value: Any) -> None:
    given: dict[str, Any] = {name: value}
    response = settled.create(**given)
    assert response.status_code == 422
    assert (name, "invalid") in [(e["title"], e["code"]) for e in response.json()["errors"]]


@pytest.mark.parametrize("name", ALL_BLANK)
@pytest.mark.parametrize("value", ["\0", "2024\0", f"{NORTH_HUB.id}\0", "\0" * 36], ids=repr)
def test_a_null_byte_is_refused(settled: World, name: str, value: str) -> None:
    given: dict[str, Any] = {name: value}
    response = settled.create(**given)
    assert response.status_code == 400
    assert response.json() == {
        "errors": [
            {
                "title": "Bad request",
                "detail": "string contains null byte",
                "code": "bad_request",
                "source": {"pointer": f"/data/attributes/{name}"},
            }
        ]
    }


def test_a_null_byte_in_what_nobody_reads_says_nothing(settled: World) -> None:
    given: dict[str, Any] = {"unknown": "\0", "\0": 1}
    response = settled.create(**given)
    assert response.json()["errors"][0]["code"] == "already_confirmed"


@pytest.mark.parametrize("name", ALL_BLANK)
def test_a_null_byte_in_a_form_is_refused(settled: World, name: str) -> None:
    form = urlencode({f"data[attributes][{name}]": "\0"}).encode()
    assert posted(settled, form, "application/x-www-form-urlencoded").status_code == 400


def test_a_body_over_a_megabyte_is_too_large(settled: World) -> None:
    too_large = {
        "errors": [
            {
                "title": "Content too large",
                "detail": "The request body must not be over 1 MB.",
                "code": "content_too_large",
            }
        ]
    }
    id_ = settled.index().json()["data"][0]["id"]
    content = json.dumps(body(SOUND)).encode()
    for method, path in (("POST", PARTNERSHIPS), ("PUT", f"{PARTNERSHIPS}/{id_}")):
        for sent in (content.ljust(1_000_001), iter([content, 1_000_000 * b" "])):
            response = settled.call(
                method, path, content=sent, headers={"Content-Type": "application/json"}
            )
            assert (response.status_code, response.json()) == (413, too_large)
    assert posted(settled, content.ljust(1_000_000), "application/json").status_code == 422
