"""``python -m benchmarks.participants``: runs the benchmark, and writes its figures."""

import signal
import sys
from datetime import UTC, datetime
from typing import Final

import click

from benchmarks.databases import KINDS
from benchmarks.lists.__main__ import PACKAGES
from benchmarks.machine import described
from benchmarks.participants.page import rendered, written
from benchmarks.participants.run import Run
from benchmarks.servers import ROOT

_PAGE: Final = ROOT / "docs" / "reference" / "benchmark-of-participants.md"


@click.command()
@click.option("--database", type=click.Choice(KINDS), help="One of them alone.")
@click.option("--quick", is_flag=True, help="One short round of each.")
def main(database: str | None, *, quick: bool) -> None:
    """Compare ecf's participants with an ordinary server's, and with the least that could be done.

    Only a whole run writes the page; others are shown.
    """
    # Whoever stops it stops the servers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    rounds, seconds = (1, 0.4) if quick else (3, 1.0)
    kinds = (database,) if database else KINDS
    runs = [Run(kind, rounds, seconds, lambda text: click.echo(text, err=True)) for kind in kinds]
    figures = rendered(
        [run.result() for run in runs], described(*PACKAGES), datetime.now(UTC).date()
    )
    click.echo(figures)
    if not (database or quick):
        _PAGE.write_text(written(_PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
