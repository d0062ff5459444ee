"""The page that shows a run: how many times as long as the bare statements each took."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from benchmarks.migration.run import BARE, FORMING, PRODUCT, ROW_BY_ROW, Result
from benchmarks.ratios import shown, table

_NAMES: Final = {
    PRODUCT: "ecf, migrating participants",
    FORMING: "ecf, forming a partnership",
    ROW_BY_ROW: "SQLAlchemy's ORM, row by row",
    BARE: "the bare `UPDATE` and `INSERT … SELECT`",
}
_MOST: Final = 1.5
_MATTERS_FROM: Final = 1_000
_LEAST_FASTER: Final = 20

_OPENING: Final = """# Benchmark of migrations

*For those who want to know what moving participants costs, and for those who change it.*

`make bench` wrote this page, on {day}: {machine}; {databases}.

When a school challenges its partnership and another one is formed, or an administrator says so, all
who train in one induction programme go to another: their records end, and new ones begin. Figures
are times **as multiples of the two bare statements' in the same run**, on the same tables, with
their indexes and constraints; less is better. Each target has schools of its own in one database,
and they take turns. Times are not given: they would tell about the machine.

ecf's figures are of the whole command: look-up, rules, locks, event and commit; forming a
partnership also writes the partnership, the school's programme and what lists show. Row by row
reads a record, ends it and adds the next, in one transaction; beyond 10,000 participants it is not
timed. After the run everyone is counted: nobody is lost, and nobody is there twice.
"""

_CLOSING: Final = """## Repeat it

```sh
make bench BENCHMARKS=migration
```

It takes some twenty minutes. With `OPTIONS=--quick` it takes one, and leaves this page alone;
so does `--database sqlite`. [benchmarks/](../../benchmarks/README.md) says how it is made.
"""


def rendered(results: Iterable[Result], machine: str, day: date) -> str:
    results = list(results)
    databases = ", ".join(result.database for result in results)
    opening = _OPENING.format(day=day.isoformat(), machine=machine, databases=databases)
    sections = [section for result in results for section in _sections(result)]
    return "\n".join([opening, *sections, _CLOSING])


def _sections(result: Result) -> Iterator[str]:
    yield f"## {result.database}\n"
    sizes = result.sizes
    rows = [
        [name, *(shown(measured.multiple(BARE, target)) for measured in sizes.values())]
        for target, name in _NAMES.items()
    ]
    aims = [f"≤ {_MOST}" if size >= _MATTERS_FROM else "" for size in sizes]
    rows.insert(1, ["goal for migrating", *aims])
    faster = [shown(measured.multiple(PRODUCT, ROW_BY_ROW)) for measured in sizes.values()]
    rows.append(["ecf, times as fast as row by row", *faster])
    if result.database.startswith("PostgreSQL"):
        at_least = [f"≥ {_LEAST_FASTER}" if size == _MATTERS_FROM else "" for size in sizes]
        rows.append(["goal", *at_least])
    yield table(["Participants", *(f"{size:,}" for size in sizes)], rows) + "\n"
