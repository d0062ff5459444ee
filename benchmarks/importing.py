"""``python -m benchmarks.importing``: what a program waits for that imports the library."""

import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median
from typing import Final

import click

from benchmarks.machine import described
from benchmarks.ratios import shown, table
from benchmarks.servers import ROOT

_PAGE: Final = ROOT / "docs" / "reference" / "benchmark-of-importing.md"
_PROGRAMS: Final = {
    "nothing": "pass",
    "`import attrs`": "import attrs",
    "`import ecf_core`": "import ecf_core",
    "`from ecf_core import UseCases`, and with it all of the library": (
        "from ecf_core import UseCases"
    ),
    "`import sqlalchemy, litestar`, to compare": "import sqlalchemy, litestar",
}
_ROUNDS: Final = 25
_LEAST: Final = 3
_MOST: Final = 100

_OPENING: Final = """# Benchmark of importing

*For those whose program starts often: a command, a function that is called from afar, a test.*

`make bench` wrote this page, on {day}: {machine}.

How many milliseconds of processor time a Python takes that starts, does this one thing and ends:
the median of {rounds} rounds, in which the programs take turns. The goal is for `import ecf_core`:
at most {most} ms more than nothing at all.
"""

_CLOSING: Final = """The names of `ecf_core` are loaded when one of them is first asked for, so
importing it costs next to nothing. The first name brings all of the library with it; most of that
is the making of its frozen classes, and attrs itself. That nothing but attrs and the standard
library is loaded, and nothing of that which opens, starts or logs something, is tested, without a
clock.

## Repeat it

```sh
make bench BENCHMARKS=importing OPTIONS=--quick
```

That shows a page, and leaves this one alone; without `OPTIONS` it writes it.
"""


def _milliseconds(program: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-I", "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent * 1_000


def rendered(rounds: Mapping[str, Sequence[float]], machine: str, day: date) -> str:
    """The page that shows a run."""
    start = median(rounds["nothing"])
    number = len(rounds["nothing"])
    rows = [
        (name, f"{median(of):.0f}", f"{median(of) - start:.0f}", shown(median(of) / start))
        for name, of in rounds.items()
    ]
    opening = _OPENING.format(day=day.isoformat(), machine=machine, rounds=number, most=_MOST)
    heading = ("Program", "ms", "More than nothing", "Times as long")
    return "\n".join((opening, table(heading, rows), "", _CLOSING))


@click.command()
@click.option("--quick", is_flag=True, help="Few rounds, and no page.")
def main(*, quick: bool) -> None:
    """Time the start of a Python that imports the library."""
    rounds: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    for _ in range(_LEAST if quick else _ROUNDS):
        for name, program in _PROGRAMS.items():
            rounds[name].append(_milliseconds(program))
    page = rendered(rounds, described("attrs"), datetime.now(UTC).date())
    click.echo(page)
    if not quick:
        _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
