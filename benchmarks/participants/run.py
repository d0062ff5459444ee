"""One run on one database: seed, compare, time."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import frozen
from sqlalchemy import Engine

from benchmarks.databases import databases_of, execute
from benchmarks.lists.asked import LIMIT, PEER, PRODUCT
from benchmarks.lists.reads import read
from benchmarks.lists.run import Result
from benchmarks.lists.targets import COMMANDS, start
from benchmarks.participants import flat
from benchmarks.participants.asked import DEEP, columns, requests
from benchmarks.participants.seed import nation, seed
from benchmarks.participants.size import NATIONAL, People
from benchmarks.servers import granian
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.read_tables import ReadTables
from ecf_adapters.sql.schema import Schema

_TARGETS: Final = {
    PRODUCT: COMMANDS[PRODUCT],
    PEER: granian("benchmarks.participants.peer.app:app", "--access-log"),
    LIMIT: granian("benchmarks.participants.limit:app"),
}


@frozen
class Run:
    """What is wanted of a run."""

    kind: str
    rounds: int
    seconds: float
    say: Callable[[str], None]

    def result(self) -> Result:
        with databases_of(self.kind) as databases, TemporaryDirectory(prefix="ecf-log-") as folder:
            found = Result(databases.version())
            self.say(f"{found.database}: {NATIONAL.participants:,} participants")
            url = databases.new()
            engine = connect_to(url)
            fill(engine, NATIONAL)
            asking = str(nation(NATIONAL).asking)
            place = flat.place_before(engine, asking, (DEEP - 1) * 100)
            engine.dispose()
            with ExitStack() as running:
                servers = {
                    target: running.enter_context(start(target, url, Path(folder), _TARGETS))
                    for target in _TARGETS
                }
                for column in columns(asking, place):
                    self.say(f"{found.database}: {column.name}")
                    found.columns[column.name] = read(
                        requests(column, servers), column.rows, servers, self.rounds, self.seconds
                    )
                for target, server in servers.items():
                    if (megabytes := server.resident_megabytes()) is not None:
                        found.memory[target] = megabytes
            return found


def fill(engine: Engine, size: People) -> None:
    """Fills an empty database, and the tables that are read; the planner is told of all."""
    Schema(engine).upgrade()
    seed(engine, nation(size))
    execute(engine.url, "ANALYZE")
    ReadTables(engine).rebuild()
    flat.build(engine)
    execute(engine.url, "ANALYZE")
