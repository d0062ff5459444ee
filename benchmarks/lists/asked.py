"""What is asked of every target, in the words that each understands."""

import re
from typing import Final
from urllib.parse import urlencode

from attrs import frozen

from benchmarks.lists.seed import POLL_CHANGED, POLL_NONE, TOKEN, Free
from benchmarks.lists.size import COHORTS
from benchmarks.load import Request, ask

PRODUCT: Final = "ecf"
PEER: Final = "peer"
LIMIT: Final = "limit"
ROUND_TRIP: Final = "one round trip"

PARTNERSHIPS: Final = "/api/v3/partnerships/ecf"
SCHOOLS: Final = "/api/v3/schools/ecf"
_COHORT: Final = COHORTS[-1]
_KEY: Final = {"Authorization": f"Bearer {TOKEN}"}
_NEXT: Final = re.compile(r'<([^>]*)>; rel="next"')
_CHANGED: Final = f"{POLL_CHANGED:%Y-%m-%dT%H:%M:%SZ}"
_NONE: Final = f"{POLL_NONE:%Y-%m-%dT%H:%M:%SZ}"
_BY_COHORT: Final = {"filter[cohort]": _COHORT}
_DEEP: Final = 200


@frozen
class Column:
    """A column of the goals: what is asked, how many rows come back, and what is aimed at."""

    name: str
    rows: int
    goal: int
    ours: str
    limits: str


def api(path: str, **query: object) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def columns(lead_provider: str) -> tuple[Column, ...]:
    """The requests; the deep page's are found by :func:`requests`."""
    own, cohort = {"lead_provider": lead_provider}, {"cohort": _COHORT}
    changed, none = {"filter[updated_since]": _CHANGED}, {"filter[updated_since]": _NONE}
    most = {"page[per_page]": 3000}
    listed, since = "/partnerships", "/partnerships/since"
    return (
        Column("100 partnerships", 100, 30, PARTNERSHIPS, api(listed, **own, rows=100)),
        Column(
            "3,000 partnerships",
            3000,
            30,
            api(PARTNERSHIPS, **most),
            api(listed, **own, rows=3000),
        ),
        Column(
            "poll, 32 changed",
            32,
            30,
            api(PARTNERSHIPS, **changed),
            api(since, **own, since=_CHANGED, rows=100),
        ),
        Column(
            "poll, none changed",
            0,
            35,
            api(PARTNERSHIPS, **none),
            api(since, **own, since=_NONE, rows=100),
        ),
        Column(
            "100 schools", 100, 30, api(SCHOOLS, **_BY_COHORT), api("/schools", **cohort, rows=100)
        ),
        Column(
            f"schools, page {_DEEP}",
            100,
            30,
            api(SCHOOLS, **_BY_COHORT, **{"page[page]": _DEEP}),
            "/schools/after",
        ),
        Column(
            "3,000 schools",
            3000,
            40,
            api(SCHOOLS, **_BY_COHORT, **most),
            api("/schools", **cohort, rows=3000),
        ),
        Column(
            "schools poll, none",
            0,
            100,
            api(SCHOOLS, **_BY_COHORT, **none),
            api("/schools/since", **cohort, since=_NONE, rows=100),
        ),
    )


def requests(column: Column, ports: dict[str, int]) -> dict[str, Request]:
    """The request of a column to each target."""
    paths = {PRODUCT: column.ours, PEER: column.ours, LIMIT: column.limits}
    if column.limits == "/schools/after":
        paths[PRODUCT] = deep_page(ports[PRODUCT])
        paths[LIMIT] = _after(ports[PEER])
    return {target: get(paths[target]) for target in ports}


def get(path: str) -> Request:
    return Request(path, _KEY)


def first_page() -> str:
    return api(SCHOOLS, **_BY_COHORT)


def deep_page(port: int) -> str:
    """Page 200, as the answer to page 199 has it in its ``Link``."""
    return page_after(port, api(SCHOOLS, **_BY_COHORT, **{"page[page]": _DEEP - 1}))


def page_after(port: int, path: str) -> str:
    """The next page, as the answer to a page has it in its ``Link``."""
    found = _NEXT.search(ask(port, get(path)).headers["link"])
    if found is None:
        raise LookupError(f"{path} has no next page")
    return found[1]


def _after(peer: int) -> str:
    """Where page 199 ends."""
    before = ask(peer, get(api(SCHOOLS, **_BY_COHORT, **{"page[page]": _DEEP - 1})))
    last = before.content["data"][-1]
    place = {"created_at": last["attributes"]["created_at"], "id": last["id"]}
    return api("/schools/after", cohort=_COHORT, **place, rows=100)


def post(target: str, free: Free) -> Request:
    attributes = {
        "cohort": str(free.cohort),
        "school_id": str(free.school_id),
        "delivery_partner_id": str(free.delivery_partner_id),
    }
    body = {"data": {"type": "ecf-partnership", "attributes": attributes}}
    paths = {LIMIT: "/insert", ROUND_TRIP: "/decision"}
    return Request(paths.get(target, PARTNERSHIPS), _KEY, body)
