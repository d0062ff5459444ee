"""``python -m benchmarks.lists``: runs the benchmark, and writes the page that shows it."""

import signal
import sys
from datetime import UTC, datetime
from typing import Final

import click

from benchmarks.databases import KINDS
from benchmarks.lists.asked import columns
from benchmarks.lists.page import rendered
from benchmarks.lists.run import GROWTH, POST, Run
from benchmarks.machine import described
from benchmarks.servers import ROOT

_PAGE: Final = ROOT / "docs" / "reference" / "benchmarks.md"
PACKAGES: Final = ("granian", "SQLAlchemy", "Litestar", "FastAPI", "pydantic", "psycopg")
_NAMES: Final = (*(column.name for column in columns("")), POST, GROWTH)


@click.command()
@click.option("--database", type=click.Choice(KINDS), help="One of them alone.")
@click.option("--only", type=click.Choice(_NAMES), help="One column alone.")
@click.option("--quick", is_flag=True, help="One short round of each.")
def main(database: str | None, only: str | None, *, quick: bool) -> None:
    """Compare ecf with an ordinary server, and with the least that could be done.

    Only a whole run writes the page; others are shown.
    """
    # Whoever stops it stops the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    rounds, seconds = (1, 0.4) if quick else (3, 1.5)
    kinds = (database,) if database else KINDS
    runs = [
        Run(kind, only, rounds, seconds, lambda text: click.echo(text, err=True)) for kind in kinds
    ]
    page = rendered([run.result() for run in runs], described(*PACKAGES), datetime.now(UTC).date())
    click.echo(page)
    if not (database or only or quick):
        _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
