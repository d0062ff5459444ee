"""The how-to guide to opening a cohort, followed to the letter; and its reference is complete."""

import re
from pathlib import Path

import pytest

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema
from tests.integration.docs.transcript import DOCS, ROOT, follow

RULES = ROOT / "src" / "ecf_core" / "rules" / "opening_a_cohort"
CODE = re.compile(
    r"""(?:problem\(\s*(?:[a-z]+|f?"[^"]*"|_NAME),|code=|\bname,|\.header,)\s*"([a-z_]+)\""""
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where a new user stands: the sources, and an empty database."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    engine = connect_to(f"sqlite:///{tmp_path / 'ecf.db'}")
    Schema(engine).upgrade()
    engine.dispose()
    return tmp_path


def test_the_how_to_happens_as_it_says(directory: Path) -> None:
    assert follow("how-to/open-a-cohort.md", directory) > 8


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
