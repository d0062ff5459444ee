"""Whatever is sent: an answer in one of the documented shapes, and nothing changed."""

import json
from typing import Any
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecf_core.testing.examples import GREENDALE_ID, NORTH_HUB, SOUTH_HUB
from tests.integration.http.world import DELIVERY_PARTNERS, JSON_API, PARTNERSHIPS, SCHOOLS, World

# The fixture is the same for every example: none of them changes anything.
examples = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = st.text(max_size=40) | st.sampled_from(
    ["2024", "2023", str(GREENDALE_ID), str(SOUTH_HUB.id), "\0", "\ud7ff", "9" * 5000, " "]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["cohort", "school_id", "delivery_partner_id", "lead_provider_id"])
attributes = st.dictionaries(names | texts, anything, max_size=5)
documents = (
    anything
    | st.fixed_dictionaries({"data": anything})
    | st.fixed_dictionaries({"data": st.fixed_dictionaries({"attributes": anything})})
    | st.fixed_dictionaries({"data": st.fixed_dictionaries({"attributes": attributes})})
)
LISTS = [
    PARTNERSHIPS,
    DELIVERY_PARTNERS,
    SCHOOLS,
    f"{SCHOOLS}/{GREENDALE_ID}",
    f"{SCHOOLS}/{GREENDALE_ID}/partnership-check",
]
filters = ["cohort", "delivery_partner_id", "updated_since", "urn"]
parameters = st.tuples(
    st.sampled_from(["filter", "page", "page[page]", "page[per_page]", "sort"])
    | st.sampled_from([f"filter[{name}]" for name in filters])
    | texts,
    st.sampled_from(["=", "[]=", "[a]=", ""]),
    texts
    | st.datetimes().map(lambda at: f"{at.isoformat()}Z")
    | st.sampled_from(["0000-01-01T00:00:00Z", "9999-12-31T24:00:00-23:59", "-created_at,id"]),
)
content_types = st.sampled_from(
    [
        "application/json",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
    ]
)


def assert_refused_as_documented(response: Any) -> None:
    assert response.status_code in {400, 404, 422}, response.text
    assert response.headers["content-type"] == JSON_API
    answer = response.json()
    if response.status_code == 404:
        assert answer == {"error": "Resource not Found"}
        return
    assert list(answer) == ["errors"]
    assert answer["errors"]
    for problem in answer["errors"]:
        assert {"title", "detail", "code"} <= set(problem) <= {"title", "detail", "code", "source"}
        assert all(problem[key] for key in problem)


def everywhere(world: World, **sent: Any) -> None:
    """Sends it to every operation that takes a body; none of them can be content with it."""
    [own] = world.index("filter[cohort]=2024").json()["data"]
    for method, path in (
        ("POST", PARTNERSHIPS),
        ("PUT", f"{PARTNERSHIPS}/{own['id']}"),
        ("PATCH", f"{PARTNERSHIPS}/x"),
    ):
        assert_refused_as_documented(world.call(method, path, **sent))


def settle(world: World) -> None:
    """A challenged partnership of Purple Learning's, which no update is right for."""
    id_ = world.formed(delivery_partner_id=str(NORTH_HUB.id))["id"]
    world.challenge(id_)
    world.confirm(programme="school_led")


@examples
@given(document=documents)
def test_any_json_is_answered_as_documented(settled: World, document: Any) -> None:
    content = json.dumps(document).encode()
    everywhere(settled, content=content, headers={"Content-Type": "application/json"})


@examples
@given(content=st.binary(max_size=200), content_type=content_types)
def test_any_bytes_are_answered_as_documented(
    settled: World, content: bytes, content_type: str
) -> None:
    everywhere(settled, content=content, headers={"Content-Type": content_type})


@examples
@given(given_attributes=st.dictionaries(names | texts, texts, max_size=4))
def test_any_form_is_answered_as_documented(
    settled: World, given_attributes: dict[str, str]
) -> None:
    pairs = (f"data[attributes][{quote(k)}]={quote(v)}" for k, v in given_attributes.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    everywhere(settled, content="&".join(pairs).encode(), headers=headers)


@examples
@given(path=st.sampled_from(LISTS), query=st.lists(parameters, max_size=4))
def test_any_query_is_answered_as_documented(
    settled: World, path: str, query: list[tuple[str, str, str]]
) -> None:
    encoded = "&".join(
        quote(name, safe="[]") + equals + quote(value) for name, equals, value in query
    )
    response = settled.call("GET", f"{path}?{encoded}")
    if response.status_code != 200:
        assert_refused_as_documented(response)


@examples
@given(path=st.sampled_from(LISTS[:-1]), query=st.text(st.characters(max_codepoint=255)))
def test_any_text_for_a_query_is_answered_as_documented(
    settled: World, path: str, query: str
) -> None:
    response = settled.call("GET", f"{path}?filter[cohort]=2024&{quote(query, safe='&=%[],-+')}")
    if response.status_code != 200:
        assert_refused_as_documented(response)


@examples
@given(id_=texts)
def test_any_id_is_not_found(settled: World, id_: str) -> None:
    for path in (PARTNERSHIPS, DELIVERY_PARTNERS, SCHOOLS):
        response = settled.call("GET", f"{path}/x{quote(id_, safe='')}?filter[cohort]=2024")
        assert response.status_code == 404
        assert_refused_as_documented(response)
