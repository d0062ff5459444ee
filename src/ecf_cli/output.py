"""How results are shown: to people as lines and tables, to scripts as one JSON document."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, TypeVar

import click
import msgspec
from attrs import frozen
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from ecf_cli.refusals import Problem, one_line

T = TypeVar("T")

_WIDE: Final = 500


def words(value: object) -> str:
    """A value as people read it."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S UTC")
        case list() | tuple():
            return ", ".join(map(words, value))
        case _:
            return one_line(str(value))


@frozen
class Output:
    """Where a command says what came of it."""

    json: bool

    def say(self, document: Any, text: str) -> None:
        """The result: the document, or the text that says the same."""
        click.echo(_encoded(document) if self.json else text)

    def one(self, document: Mapping[str, Any]) -> None:
        """One thing, with all that is known of it."""
        width = max(map(len, document))
        self.say(
            document,
            "\n".join(
                f"{key.replace('_', ' '):<{width}}  {words(value)}"
                for key, value in document.items()
            ),
        )

    def counts(self, document: Mapping[str, int]) -> None:
        """How many of each."""
        self.say(document, ", ".join(f"{key} {count:,}" for key, count in document.items()))

    def many(self, documents: Sequence[Mapping[str, Any]], shown: Sequence[str], of: str) -> None:
        """A list; people are shown the columns that matter to them."""
        if self.json:
            click.echo(_encoded(documents))
        elif documents:
            table(
                [key.replace("_", " ") for key in shown],
                ([d[key] for key in shown] for d in documents),
            )
        else:
            click.echo(f"no {of}")

    def stopped(self, problems: Iterable[Problem]) -> None:
        """Why there is no result."""
        if self.json:
            click.echo(_encoded({"errors": [problem.error for problem in problems]}))
            return
        for problem in problems:
            warn(problem.line)

    def hint(self, text: str) -> None:
        """What may help a person; a script is not helped by it."""
        if not self.json:
            warn(one_line(f"hint: {text}"))


def _encoded(document: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2)


def table(headers: Iterable[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as wide as the terminal, or as it needs to be where there is none."""
    shown = Table(*headers, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*(cell if isinstance(cell, Text) else Text(words(cell)) for cell in row))
    console = Console(width=None if sys.stdout is not None and sys.stdout.isatty() else _WIDE)
    with console.capture() as lines:
        console.print(shown)
    click.echo("\n".join(line.rstrip() for line in lines.get().splitlines()))


def people(number: int) -> str:
    return f"{number:,} participant{'' if number == 1 else 's'}"


def warn(line: str) -> None:
    click.echo(line, err=True)


def tracked(items: Iterable[T], what: str, total: int) -> Iterator[T]:
    """The items, with a bar of how many of them are done where someone is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    with Progress(console=console, transient=True) as progress:
        yield from progress.track(items, total=total, description=what)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Something that takes as long as it takes, with a bar where someone is watching."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with Progress(console=console, transient=True) as progress:
        progress.add_task(what, total=None)
        yield
