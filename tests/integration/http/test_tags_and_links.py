"""What reading answers besides the body: ``ETag`` with 304, and ``Link``."""

import re
from datetime import timedelta
from typing import Any

import pytest

from ecf_core.testing.examples import (
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    SOUTH_HUB,
)
from tests.integration.http.world import DELIVERY_PARTNERS, NOWHERE, PARTNERSHIPS, SCHOOLS, World

READ = [
    PARTNERSHIPS,
    DELIVERY_PARTNERS,
    f"{DELIVERY_PARTNERS}/{NORTH_HUB.id}",
    f"{SCHOOLS}?filter[cohort]=2024",
    f"{SCHOOLS}/{GREENDALE_ID}?filter[cohort]=2024",
    f"{SCHOOLS}/{GREENDALE_ID}/partnership-check?filter[cohort]=2024",
]
LINK = re.compile(r'<([!-;=?-~]+)>; rel="(\w+)"')


def links(response: Any) -> dict[str, str]:
    return {relation: url for url, relation in LINK.findall(response.headers.get("link", ""))}


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("form", ["{0}", "{1}", "*", '"x", {0}', 'W/"x",{1} , "y"'])
def test_who_has_it_already_is_not_sent_it_again(settled: World, path: str, form: str) -> None:
    first = settled.call("GET", path)
    tag = first.headers["etag"]
    assert re.fullmatch(r'W/"[0-9a-f]{40}"', tag)
    known = form.format(tag, tag.removeprefix("W/"))
    again = settled.call("GET", path, headers={"If-None-Match": known})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["cache-control"] == "max-age=0, private, must-revalidate"
    assert "x-request-id" in again.headers
    assert "content-length" not in again.headers


@pytest.mark.parametrize("known", ["", '"x"', 'W/"x", "y"', "nonsense", '"', "**"])
def test_who_has_something_else_is_sent_it(settled: World, known: str) -> None:
    response = settled.call("GET", PARTNERSHIPS, headers={"If-None-Match": known})
    assert response.status_code == 200
    assert response.json() == settled.index().json()


def test_a_tag_is_of_what_is_sent_compressed_or_not(settled: World) -> None:
    tags = {
        settled.call("GET", PARTNERSHIPS, headers={"Accept-Encoding": encoding}).headers["etag"]
        for encoding in ("gzip", "identity")
    }
    assert len(tags) == 1
    others = settled.call("GET", DELIVERY_PARTNERS, headers={"If-None-Match": tags.pop()})
    assert others.status_code == 200


@pytest.mark.parametrize("path", [f"{PARTNERSHIPS}/{NOWHERE}", f"{PARTNERSHIPS}?page=2", SCHOOLS])
def test_an_error_has_no_tag(settled: World, path: str) -> None:
    response = settled.call("GET", path, headers={"If-None-Match": "*"})
    assert response.status_code in {400, 404}
    assert "etag" not in response.headers


def test_without_a_token_nothing_is_told(settled: World) -> None:
    response = settled.client.get(PARTNERSHIPS, headers={"If-None-Match": "*"})
    assert response.status_code == 401


def test_a_write_has_no_tag_and_reads_none(world: World) -> None:
    id_ = world.formed()["id"]
    tag = world.index().headers["etag"]
    path = f"{PARTNERSHIPS}/{id_}"
    change = {"data": {"attributes": {"delivery_partner_id": str(SOUTH_HUB.id)}}}
    response = world.call("PUT", path, json=change, headers={"If-None-Match": "*"})
    assert response.status_code == 200
    assert "etag" not in response.headers
    assert world.index().headers["etag"] != tag


def test_links_lead_through_the_list_and_back(settled: World) -> None:
    path = f"{DELIVERY_PARTNERS}?filter[cohort]=2023,2024&sort=-name&page[per_page]=1"
    names, backward, forward = [], [], path
    while forward:
        response = settled.call("GET", forward)
        [row] = response.json()["data"]
        names.append(row["attributes"]["name"])
        backward.append(links(response).get("prev"))
        forward = links(response).get("next", "")
    assert names == [SOUTH_HUB.name, NORTH_HUB.name, EAST_HUB.name]
    assert backward[0] is None
    [row] = settled.call("GET", str(backward[2])).json()["data"]
    assert row["attributes"]["name"] == NORTH_HUB.name


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("page[per_page]=3", {}),
        ("page[per_page]=2", {"next": "page%5Bper_page%5D=2&page%5Bpage%5D=2"}),
        ("page[per_page]=2&page[page]=2", {"prev": "page%5Bper_page%5D=2&page%5Bpage%5D=1"}),
        ("page[page]=9", {"prev": "page%5Bpage%5D=8"}),
        ("page%5Bpage%5D=3&page[page]=9", {"prev": "page%5Bpage%5D=8"}),
        ("page", {}),
        (
            "a=%22%3E%0d%0aX:%20y&page[per_page]=2&b&=c&",
            {"next": "a=%22%3E%0D%0AX%3A+y&page%5Bper_page%5D=2&b&page%5Bpage%5D=2"},
        ),
        (
            "filter[cohort]=2023,+2024&page[per_page]=2",
            {
                "next": "filter%5Bcohort%5D=2023%2C+2024&page%5Bper_page%5D=2&page%5Bpage%5D=2",
            },
        ),
    ],
)
def test_links_ask_for_the_same_but_the_page(
    settled: World, query: str, expected: dict[str, str]
) -> None:
    response = settled.call("GET", f"{DELIVERY_PARTNERS}?{query}")
    wanted = {relation: f"{DELIVERY_PARTNERS}?{link}" for relation, link in expected.items()}
    assert links(response) == wanted
    assert list(response.json()) == ["data"]
    for url in wanted.values():
        assert settled.call("GET", url).status_code == 200


@pytest.mark.parametrize("path", [PARTNERSHIPS, f"{SCHOOLS}?filter[cohort]=2024"])
def test_every_list_has_links(settled: World, path: str) -> None:
    join = "&" if "?" in path else "?"
    response = settled.call("GET", f"{path}{join}page[page]=2", ORANGE_INSTITUTE)
    assert set(links(response)) == {"prev"}
    assert "link" not in settled.call("GET", f"{DELIVERY_PARTNERS}/{NORTH_HUB.id}").headers


def test_who_has_a_page_is_told_of_the_next_one_that_has_come(world: World) -> None:
    """The page itself is as it was; what is new is on the next one."""
    path = f"{PARTNERSHIPS}?page[per_page]=1"
    world.seed(cohort=2023, created_at=NOW - timedelta(days=1))
    first = world.call("GET", path)
    assert "link" not in first.headers
    world.formed()
    again = world.call("GET", path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    [row] = world.shown(links(again)["next"])
    assert row["attributes"]["cohort"] == "2024"


def cursor_of(world: World, path: str) -> str:
    found = re.search(r"after%5D=([^&>]+)", world.call("GET", path).headers["link"])
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [
        (f"{SCHOOLS}?filter[cohort]=2024&sort=name", f"{SCHOOLS}?filter[cohort]=2024&sort=-name"),
        (f"{SCHOOLS}?filter[cohort]=2024&sort=name", f"{SCHOOLS}?filter[cohort]=2024"),
        (f"{SCHOOLS}?filter[cohort]=2024", f"{PARTNERSHIPS}?"),
    ],
)
def test_a_cursor_means_nothing_to_another_list_or_order(
    settled: World, path: str, elsewhere: str
) -> None:
    cursor = cursor_of(settled, f"{path}&page[per_page]=1")
    assert settled.call("GET", f"{path}&page[after]={cursor}").status_code == 200
    response = settled.call("GET", f"{elsewhere}&page[after]={cursor}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["source"] == {"parameter": "page[after]"}


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "WyJhIl0", "bnVsbA", "%00", "%C3%A9", "WyJhIixudWxsXQ"]
)
def test_a_cursor_that_was_made_up_is_refused(settled: World, cursor: str) -> None:
    path = f"{PARTNERSHIPS}?page[after]={cursor}"
    assert settled.call("GET", path).status_code == 400
