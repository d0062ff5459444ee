"""The servers that are compared, each started as it would be in earnest."""

import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final
from uuid import uuid4

from benchmarks.lists.asked import LIMIT, PEER, PRODUCT, ROUND_TRIP
from benchmarks.servers import PEERS, ROOT, Server, ecf, granian, serving

_NEVER: Final = "999999999/300"
"""Requests are counted, and nobody gets so far."""
_LIMIT: Final = granian("benchmarks.lists.limit:app")
COMMANDS: Final[Mapping[str, list[str]]] = {
    PRODUCT: ecf("serve"),
    # The product writes a line for each request; so does the peer, by the server's own log.
    PEER: granian("benchmarks.lists.peer.app:app", "--access-log"),
    LIMIT: _LIMIT,
    ROUND_TRIP: _LIMIT,
}


def start(
    target: str, database_url: str, folder: Path, commands: Mapping[str, list[str]] = COMMANDS
) -> AbstractContextManager[Server]:
    """A target on a database; its lines go to a file."""
    log = folder / f"{target}-{uuid4().hex[:8]}.log"
    paths = {"PYTHONPATH": f"{ROOT}{os.pathsep}{PEERS}"} if target == PEER else {}
    return serving(commands[target], log, {**environment(database_url), **paths})


def environment(database_url: str) -> dict[str, str]:
    """That of a deployment, without what may be set here by chance."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ECF_")}
    return {**inherited, "ECF_DATABASE_URL": database_url, "ECF_RATE_LIMIT": _NEVER}
