"""One run on one database: seed, compare, time."""

import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from attrs import field, frozen
from sqlalchemy import text

from benchmarks.databases import Databases, databases_of, execute
from benchmarks.lists import asked, flat
from benchmarks.lists.asked import LIMIT, PEER, PRODUCT
from benchmarks.lists.post import form_partnerships
from benchmarks.lists.reads import in_turn, read
from benchmarks.lists.seed import Free, country, seed
from benchmarks.lists.size import EARLY, NATIONAL, Size
from benchmarks.lists.targets import environment, start
from benchmarks.ratios import Measured
from benchmarks.servers import ecf
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema

POST: Final = "POST partnership"
GROWTH: Final = "growth"
MEMORY: Final = "3,000 partnerships"

Say = Callable[[str], None]


@frozen
class Result:
    """What a run found on one database."""

    database: str
    columns: dict[str, Measured] = field(factory=dict)
    growth: dict[str, float] = field(factory=dict)
    memory: dict[str, float] = field(factory=dict)


@frozen
class Run:
    """What is wanted of a run; ``only`` names one column."""

    kind: str
    only: str | None
    rounds: int
    seconds: float
    say: Say

    def result(self) -> Result:
        with databases_of(self.kind) as databases, TemporaryDirectory(prefix="ecf-log-") as folder:
            found = Result(databases.version())
            url, free = self._seeded(databases, NATIONAL)
            self._read(found, url, Path(folder))
            if self._wanted(POST):
                self.say(f"{found.database}: {POST}")
                found.columns[POST] = form_partnerships(
                    databases, url, free, Path(folder), rounds=self.rounds, seconds=self.seconds
                )
            if self._wanted(GROWTH):
                self.say(f"{found.database}: {GROWTH}")
                early, _ = self._seeded(databases, EARLY)
                found.growth.update(self._grown(early, url, Path(folder)))
            return found

    def _wanted(self, name: str) -> bool:
        return self.only in {None, name}

    def _seeded(self, databases: Databases, size: Size) -> tuple[str, list[Free]]:
        self.say(
            f"{databases.version()}: {size.schools:,} schools,"
            f" 4 cohorts of {size.partnerships_a_cohort:,} partnerships"
        )
        url = databases.new()
        engine = connect_to(url)
        Schema(engine).upgrade()
        made = country(size)
        seed(engine, made)
        flat.build(engine)
        engine.dispose()
        _rebuild(url)
        execute(url, "ANALYZE")
        return url, made.free

    def _read(self, found: Result, url: str, folder: Path) -> None:
        columns = [c for c in asked.columns(_lead_provider(url)) if self._wanted(c.name)]
        if not columns:
            return
        with ExitStack() as running:
            servers = {
                target: running.enter_context(start(target, url, folder))
                for target in (PRODUCT, PEER, LIMIT)
            }
            ports = {target: server.port for target, server in servers.items()}
            for column in columns:
                self.say(f"{found.database}: {column.name}")
                found.columns[column.name] = read(
                    asked.requests(column, ports), column.rows, servers, self.rounds, self.seconds
                )
            for target, server in servers.items():
                if (megabytes := server.resident_megabytes()) is not None:
                    found.memory[target] = megabytes

    def _grown(self, early: str, late: str, folder: Path) -> dict[str, float]:
        """How many times as long the product takes where there is more, or further on."""
        with ExitStack() as running:
            servers = {
                name: running.enter_context(start(PRODUCT, url, folder))
                for name, url in {"early": early, "late": late}.items()
            }
            partnerships = asked.get(asked.PARTNERSHIPS)
            found = in_turn(
                dict.fromkeys(servers, partnerships), servers, self.rounds, self.seconds
            )
            pages = {
                "first": asked.get(asked.first_page()),
                "deep": asked.get(asked.deep_page(servers["late"].port)),
            }
            late_twice = dict.fromkeys(pages, servers["late"])
            found |= in_turn(pages, late_twice, self.rounds, self.seconds)
        measured = Measured(found, {})
        return {
            "4,000 → 48,000 partnerships": measured.multiple("early", "late") or 0.0,
            "schools, page 1 → page 200 by `Link`": measured.multiple("first", "deep") or 0.0,
        }


def _lead_provider(url: str) -> str:
    engine = connect_to(url)
    with engine.connect() as connection:
        id_ = connection.scalar(text("SELECT lead_provider_id FROM api_tokens"))
    engine.dispose()
    return str(UUID(str(id_)))


def _rebuild(url: str) -> None:
    """Fills the tables that lists are read from; a version that has none has no such command."""
    command = ecf("db", "check", "--rebuild")
    ran = subprocess.run(command, env=environment(url), capture_output=True, text=True, check=False)
    if ran.returncode and "No such command" not in ran.stderr:
        raise RuntimeError(f"{' '.join(command)}: {ran.stderr}")
