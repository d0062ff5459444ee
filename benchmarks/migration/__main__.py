"""``python -m benchmarks.migration``: runs the benchmark, and writes the page that shows it."""

from datetime import UTC, datetime
from typing import Final

import click

from benchmarks.databases import KINDS
from benchmarks.machine import described
from benchmarks.migration.page import rendered
from benchmarks.migration.run import ROUNDS, run
from benchmarks.servers import ROOT

_PAGE: Final = ROOT / "docs" / "reference" / "benchmark-of-migrations.md"
_QUICK: Final = {1: 3, 1_000: 2}


@click.command()
@click.option("--database", type=click.Choice(KINDS), help="One of them alone.")
@click.option("--quick", is_flag=True, help="Two sizes, and few rounds.")
def main(database: str | None, *, quick: bool) -> None:
    """Compare moving participants with the bare statements, and with row by row.

    Only a whole run writes the page; others are shown.
    """
    kinds = (database,) if database else KINDS
    rounds = _QUICK if quick else ROUNDS
    results = [run(kind, rounds, lambda text: click.echo(text, err=True)) for kind in kinds]
    page = rendered(results, described("SQLAlchemy", "psycopg"), datetime.now(UTC).date())
    click.echo(page)
    if not (database or quick):
        _PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
