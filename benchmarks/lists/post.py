"""Forming partnerships: every target on its own copy of the database, every request a school."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from benchmarks.answers import difference
from benchmarks.databases import Databases
from benchmarks.lists.asked import LIMIT, PEER, PRODUCT, ROUND_TRIP, post
from benchmarks.lists.seed import Free
from benchmarks.lists.targets import start
from benchmarks.load import ask, measure
from benchmarks.ratios import Measured
from benchmarks.servers import Server

CONNECTIONS: Final = 8
_ITS_OWN: Final = ("id", "created_at", "updated_at")
"""What no two new partnerships have in common."""


def form_partnerships(
    databases: Databases, url: str, free: list[Free], folder: Path, *, rounds: int, seconds: float
) -> Measured:
    """Nobody may be connected to the database, which is copied."""
    first, *others = free
    # SQLite has no statement that writes several tables.
    targets = [PRODUCT, PEER, LIMIT, *([ROUND_TRIP] if url.startswith("postgresql") else [])]
    with ExitStack() as running:
        servers = {
            target: running.enter_context(start(target, databases.copy(url), folder))
            for target in targets
        }
        measured = Measured({}, _differing(servers, first))
        share = len(others) // (rounds + 1)
        for number in range(rounds + 1):
            schools = others[number * share :][:share]
            for target in targets:
                if target in measured.differs:
                    continue
                load = measure(
                    servers[target].port,
                    (post(target, school) for school in schools),
                    connections=CONNECTIONS,
                    seconds=seconds,
                    repeat=False,
                )
                if load.refused:
                    measured.differs[target] = f"{load.refused} were not answered with 200"
                elif number:  # the first round warms it up
                    measured.rounds.setdefault(target, []).append(load.a_second)
    return measured


def _differing(servers: Mapping[str, Server], free: Free) -> dict[str, str]:
    """A partnership is formed with one school everywhere; then it is refused, where rules speak."""
    differs: dict[str, str] = {}
    for judged in ((PRODUCT, ROUND_TRIP), (PRODUCT,)):
        expected = ask(servers[PEER].port, post(PEER, free))
        for target in judged:
            if target not in servers or target in differs:
                continue
            answer = ask(servers[target].port, post(target, free))
            found = difference(
                {"status": answer.status, "content": answer.content},
                {"status": expected.status, "content": expected.content},
                but=_ITS_OWN,
            )
            if found:
                differs[target] = found
    return differs
