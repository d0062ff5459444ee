"""The page that shows a run: figures as multiples of the peer's, beside what is aimed at."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from benchmarks.lists.asked import LIMIT, PEER, PRODUCT, ROUND_TRIP, columns
from benchmarks.lists.run import POST, Result
from benchmarks.ratios import Measured, shown, table

_GOALS: Final = {column.name: column.goal for column in columns("")} | {POST: 6}
_LARGEST_MEGABYTES: Final = 120
_MOST_GROWTH: Final = 1.2
_NAMES: Final = {
    PRODUCT: "ecf",
    PEER: "FastAPI, ORM, pydantic",
    LIMIT: "limit: one flat table, bare server",
}

_OPENING: Final = """# Benchmarks

*For those who want to know how fast it is, and for those who change it.*

`make bench` wrote this page, on {day}: {machine}; {databases}.

The data is of national size: 25,000 schools, 4 cohorts, 12,000 partnerships a cohort. Figures are
answers per second **as multiples of an ordinary server's in the same run**: FastAPI, SQLAlchemy's
ORM and pydantic, on the same tables. The limit reads one flat table with the driver alone; it has
no framework, no authentication and no log. Each is one granian worker on one core, and is asked on
4 connections. Times are not given: they would tell about the machine.

The goals were set against an ordinary server that took longer for 100 rows than today's. Where the
limit does not reach a goal either, nothing does that reads what it sends.

Before a request is timed, the answers to it are compared. A target whose answer is not the
peer's is not timed, and has a dash.
"""

_CLOSING: Final = """## Repeat it

```sh
make bench BENCHMARKS=lists
```

It takes some eight minutes. With `OPTIONS=--quick` it takes two, and leaves this page alone;
so do `--database sqlite` and `--only "100 schools"`. It starts a PostgreSQL of its own, unless
`ECF_BENCH_POSTGRES_URL` names a server on which it may create databases.
[benchmarks/](../../benchmarks/README.md) says how it is made.
"""


def rendered(results: Iterable[Result], machine: str, day: date) -> str:
    results = list(results)
    databases = ", ".join(result.database for result in results)
    opening = _OPENING.format(day=day.isoformat(), machine=machine, databases=databases)
    sections = [section for result in results for section in _sections(result)]
    return "\n".join([opening, *sections, _CLOSING])


def _sections(result: Result) -> Iterator[str]:
    yield f"## {result.database}\n"
    reads = {name: found for name, found in result.columns.items() if name != POST}
    if reads:
        yield "### Lists and polls\n"
        yield _reads(reads) + "\n"
    if POST in result.columns:
        yield "### Forming a partnership\n"
        yield "8 connections, each partnership with a school of its own, all validations.\n"
        yield _posts(result.columns[POST]) + "\n"
    yield from _bounds(result)
    yield from differences(result.columns)


def _reads(found: dict[str, Measured]) -> str:
    goals = ["goal for ecf", *(f"≥ {_GOALS[name]}" for name in found)]
    halves = of_the_limit("ecf, of the limit (goal: ≥ 0.50)", found)
    return table(["Target", *found], [*multiples(found), goals, halves])


def multiples(found: Mapping[str, Measured]) -> list[list[str]]:
    """A row for each target: how many times as fast as the peer it is."""
    return [
        [name, *(shown(measured.multiple(target, PEER)) for measured in found.values())]
        for target, name in _NAMES.items()
    ]


def of_the_limit(name: str, found: Mapping[str, Measured]) -> list[str]:
    """What part of the limit ecf reaches."""
    return [name, *(_part(measured.multiple(PRODUCT, LIMIT)) for measured in found.values())]


def _part(multiple: float | None) -> str:
    return "—" if multiple is None else f"{multiple:.2f}"


def _posts(measured: Measured) -> str:
    names = {
        PRODUCT: f"ecf (goal: ≥ {_GOALS[POST]})",
        PEER: "FastAPI, ORM, row by row",
        ROUND_TRIP: "limit: the whole decision and its writes in one round trip",
        LIMIT: "limit: a bare insert",
    }
    rows = [
        [name, shown(measured.multiple(target, PEER))]
        for target, name in names.items()
        if target != ROUND_TRIP or target in measured.rounds or target in measured.differs
    ]
    return table(["Target", "POST partnership"], rows)


def _bounds(result: Result) -> Iterator[str]:
    if result.growth:
        yield "### How it grows\n"
        rows = [
            [name, f"{times:.2f}", f"≤ {_MOST_GROWTH}"] for name, times in result.growth.items()
        ]
        yield table(["ecf", "times as long", "goal"], rows) + "\n"
    yield from memory(result, goals={PRODUCT: f"≤ {_LARGEST_MEGABYTES} MB"})


def memory(result: Result, goals: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """What a worker of each target had taken in the end, beside what is aimed at."""
    if result.memory:
        yield "### Memory\n"
        yield "Of a worker, after all of these lists, 4 at a time.\n"
        heading = ["Target", "resident", *(["goal"] if goals else [])]
        rows = [
            [_NAMES[target], f"{megabytes:.0f} MB", *([goals.get(target, "")] if goals else [])]
            for target, megabytes in result.memory.items()
        ]
        yield table(heading, rows) + "\n"


def differences(columns: Mapping[str, Measured]) -> Iterator[str]:
    """Who was not timed, and why."""
    found = [
        f"- {name}, {target}: {why}"
        for name, measured in columns.items()
        for target, why in measured.differs.items()
    ]
    if found:
        yield "### Not timed\n"
        yield "\n".join(found) + "\n"
