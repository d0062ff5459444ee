"""What a page shows of a terminal: commands, and what some of them say."""

import os
import re
import shlex
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from tests.integration.docs.terminal import Server, serving

ROOT: Final = Path(__file__).parents[3]
DOCS: Final = ROOT / "docs"
UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BLOCK: Final = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"`([a-z_]+\.csv)`:\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONTINUED: Final = re.compile(r"\\\n\s*")
_SERVES: Final = re.compile(r"make run\b|ecf demo\b|ecf serve\b")


@frozen
class Command:
    """A line of a page, and what the page shows of its output, if it shows any."""

    line: str
    shown: str | None


def commands(text: str) -> Iterator[Command]:
    """The commands of a page, in its order."""
    for _, language, block in BLOCK.findall(text):
        body = textwrap.dedent(block)
        if language == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                line, _, shown = part.partition("\n")
                yield Command(line, shown)
        elif language == "sh":
            for line in _CONTINUED.sub("", body).splitlines():
                yield Command(line.partition("  #")[0].strip(), None)


@define
class Reader:
    """Who does what a page says, in a directory: what is exported stays, and a server goes on.

    Ids are others than on the page, the same one wherever the page has the same; ``filled`` is
    what stands for something of the reader's own, and ``demo`` what ``make run`` printed.
    """

    directory: Path
    environment: dict[str, str]
    filled: Mapping[str, str] = field(factory=dict)
    demo: Sequence[str] = ()
    _ids: dict[str, str] = field(factory=dict)
    _server: Server | None = None

    def does(self, command: Command) -> None:
        line = self._own(command.line)
        if line.startswith("export "):
            self.environment |= dict(word.split("=", 1) for word in shlex.split(line)[1:])
        elif _SERVES.match(line):
            self.leaves()
            self._server = serving(line, self.directory, self.environment, self.demo)
        elif line.startswith("make "):
            self._run(f"make --dry-run {line.removeprefix('make ')}")
        elif line.startswith("curl "):
            assert self._server is not None, "there is no server yet"
            self._server.answers(line)
        else:
            said = self._run(line, fails=command.shown is not None)
            if command.shown is not None:
                self._learns(command.shown, said)
                assert said == self._own(command.shown), line

    def leaves(self) -> None:
        if self._server:
            self._server.stop()

    def _run(self, line: str, *, fails: bool = False) -> str:
        ran = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert fails or ran.returncode == 0, ran.stdout
        return ran.stdout

    def _learns(self, shown: str, said: str) -> None:
        for written, real in zip(UUID.findall(shown), UUID.findall(said), strict=False):
            self._ids.setdefault(written, real)

    def _own(self, text: str) -> str:
        for placeholder, own in self.filled.items():
            text = text.replace(placeholder, own)
        if self._server:
            text = self._server.own(text)
        return UUID.sub(lambda found: self._ids.get(found[0], found[0]), text)


def environment() -> dict[str, str]:
    """A terminal in which ``ecf`` is the one under test, and nothing is set."""
    kept = {name: value for name, value in os.environ.items() if name[:4] != "ECF_"}
    return kept | {"PATH": f"{Path(sys.executable).parent}:{kept['PATH']}"}


def follow(
    page: str,
    directory: Path,
    *,
    sandboxed: bool = False,
    filled: Mapping[str, str] | None = None,
    exported: Mapping[str, str] | None = None,
    demo: Sequence[str] = (),
) -> int:
    """Does what a page says in a directory, to the letter; says how many commands that were.

    ``sandboxed`` is for a page that shows instants: it happens on 1 October 2025, a command each
    minute.
    """
    text = (ROOT / page if page == "README.md" else DOCS / page).read_text(encoding="utf-8")
    for name, content in _FILE.findall(text):
        (directory / name).write_text(content, encoding="utf-8")
    reader = Reader(directory, environment() | dict(exported or {}), filled or {}, demo)
    every = list(commands(text))
    try:
        for minute, command in enumerate(every):
            if sandboxed:
                now = f"2025-10-01T09:{minute:02}:00Z"
                reader.environment |= {"ECF_SANDBOX": "1", "ECF_NOW": now}
            reader.does(command)
    finally:
        reader.leaves()
    return len(every)
