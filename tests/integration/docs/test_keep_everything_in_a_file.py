"""The tutorial's storage, put together from the page and held to the suite that ships."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.integration.docs.transcript import DOCS, ROOT

_BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The two files that the page has its reader write: the last block is the tests."""
    page = DOCS / "tutorials" / "keep-everything-in-a-file.md"
    *module, tests = _BLOCK.findall(page.read_text(encoding="utf-8"))
    (tmp_path / "json_lines.py").write_text("\n\n".join(module), encoding="utf-8")
    (tmp_path / "test_json_lines.py").write_text(tests, encoding="utf-8")
    return tmp_path


def test_the_strangers_storage_passes_the_suite(written: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_json_lines.py"],
        cwd=written,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert re.search(r"\d{3} passed", ran.stdout)


def test_the_strangers_storage_is_typed(written: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "json_lines.py"],
        cwd=written,
        env={**os.environ, "MYPYPATH": str(ROOT / "src"), "MYPY_CACHE_DIR": str(written)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
