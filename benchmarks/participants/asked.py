"""What is asked of every target, in the words that each understands."""

from typing import Final

from attrs import frozen

from benchmarks.lists.asked import LIMIT, PEER, PRODUCT, api, get, page_after
from benchmarks.lists.seed import POLL_CHANGED, POLL_NONE
from benchmarks.load import Request
from benchmarks.servers import Server

PARTICIPANTS: Final = "/api/v3/participants/ecf"
DEEP: Final = 200
DEEP_PAGE: Final = f"page {DEEP} by `Link`"
_CHANGED: Final = f"{POLL_CHANGED:%Y-%m-%dT%H:%M:%SZ}"
_NONE: Final = f"{POLL_NONE:%Y-%m-%dT%H:%M:%SZ}"


@frozen
class Column:
    """What is asked, and how many rows come back; ``place`` is where the deep page starts."""

    name: str
    rows: int
    ours: str
    limits: str


def columns(lead_provider: str, place: dict[str, str]) -> tuple[Column, ...]:
    """The requests; ``place`` is the row that page 200 comes after."""
    own, flat = {"lead_provider": lead_provider}, "/participants"
    deep = api(PARTICIPANTS, **{"page[page]": DEEP})
    changed, none = {"filter[updated_since]": _CHANGED}, {"filter[updated_since]": _NONE}
    return (
        Column("100 participants", 100, PARTICIPANTS, api(flat, **own, rows=100)),
        Column(
            "3,000 participants",
            3000,
            api(PARTICIPANTS, **{"page[per_page]": 3000}),
            api(flat, **own, rows=3000),
        ),
        Column(DEEP_PAGE, 100, deep, api(f"{flat}/after", **own, **place, rows=100)),
        Column(
            "poll, 32 changed",
            32,
            api(PARTICIPANTS, **changed),
            api(f"{flat}/since", **own, since=_CHANGED, rows=100),
        ),
        Column(
            "poll, none changed",
            0,
            api(PARTICIPANTS, **none),
            api(f"{flat}/since", **own, since=_NONE, rows=100),
        ),
    )


def requests(column: Column, servers: dict[str, Server]) -> dict[str, Request]:
    """The request of a column to each target."""
    paths = {PRODUCT: column.ours, PEER: column.ours, LIMIT: column.limits}
    if column.name == DEEP_PAGE:
        before = api(PARTICIPANTS, **{"page[page]": DEEP - 1})
        paths[PRODUCT] = page_after(servers[PRODUCT].port, before)
    return {target: get(paths[target]) for target in servers}
