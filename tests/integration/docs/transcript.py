"""What a page shows of a terminal: commands, and what each of them says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]
DOCS: Final = ROOT / "docs"
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CONSOLE: Final = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"`([a-z]+\.csv)`:\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a page, each with what the page shows of them."""
    for block in _CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def _with(ids: Mapping[str, str], text: str) -> str:
    return UUID.sub(lambda found: ids.get(found[0], found[0]), text)


def follow(page: str, directory: Path, *, sandboxed: bool = False) -> int:
    """Does what a page says in a directory, to the letter; says how many commands that were.

    Ids are others than on the page, the same one wherever the page has the same. ``sandboxed``
    is for a page that shows instants: it happens on 1 October 2025, a command each minute.
    """
    environment = {name: value for name, value in os.environ.items() if name[:4] != "ECF_"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, content in _FILE.findall(text):
        (directory / name).write_text(content, encoding="utf-8")
    ids: dict[str, str] = {}
    commands = list(_commands(text))
    for minute, (command, shown) in enumerate(commands):
        if sandboxed:
            environment |= {"ECF_SANDBOX": "1", "ECF_NOW": f"2025-10-01T09:{minute:02}:00Z"}
        ran = subprocess.run(
            ["/bin/sh", "-c", _with(ids, command)],
            cwd=directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        for written, real in zip(UUID.findall(shown), UUID.findall(ran.stdout), strict=False):
            ids.setdefault(written, real)
        assert ran.stdout == _with(ids, shown), command
    return len(commands)
