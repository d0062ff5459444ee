"""The how-to guide to opening a cohort, followed to the letter; and its reference is complete."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RULES = ROOT / "src" / "ecf_core" / "rules" / "opening_a_cohort"
CODE = re.compile(
    r"""(?:problem\(\s*(?:[a-z]+|f?"[^"]*"|_NAME),|code=|\bname,|\.header,)\s*"([a-z_]+)\""""
)


def _console(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page, each with what the page shows of them."""
    for block in CONSOLE.findall((DOCS / "how-to" / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where a new user stands: the sources, and an empty database."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    engine = connect_to(f"sqlite:///{tmp_path / 'ecf.db'}")
    Schema(engine).upgrade()
    engine.dispose()
    return tmp_path


def test_the_how_to_happens_as_it_says(directory: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name[:4] != "ECF_"}
    environment["PATH"] = f"{Path(sys.executable).parent}:{environment['PATH']}"
    commands = list(_console("open-a-cohort.md"))
    assert len(commands) > 8
    for command, shown in commands:
        ran = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert ran.stdout == shown, command


def test_every_check_of_opening_a_cohort_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "opening-a-cohort.md").read_text(encoding="utf-8")
    _, refused, _ = re.split(r"^## What is refused$|^## What is written$", page, flags=re.MULTILINE)
    codes = {
        code
        for module in (*RULES.glob("*.py"), ROOT / "src/ecf_adapters/csv/table.py")
        for code in CODE.findall(module.read_text(encoding="utf-8"))
    }
    assert {"overlap", "no_contract", "needed", "missing_column", "second_cohort"} <= codes
    assert {code for code in codes if f"`{code}`" not in refused} == set()
