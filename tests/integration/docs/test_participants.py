"""The how-to guides to participants, followed to the letter after ``make run``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.docs.transcript import follow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of ``make run``, made on the day of the guides."""
    directory = tmp_path_factory.mktemp("demo")
    environment = {name: value for name, value in os.environ.items() if name[:4] != "ECF_"}
    environment |= {"ECF_SANDBOX": "1", "ECF_NOW": "2025-10-01T08:00:00Z"}
    command = [sys.executable, "-m", "ecf_cli.main", "demo", "--no-serve"]
    subprocess.run(command, cwd=directory, env=environment, check=True, capture_output=True)
    return directory / "ecf.db"


@pytest.mark.parametrize(
    "page",
    [
        "correct-what-is-known-of-a-participant.md",
        "enrol-participants.md",
        "move-participants.md",
        "transfer-a-participant.md",
    ],
)
def test_the_how_to_happens_as_it_says(demo: Path, tmp_path: Path, page: str) -> None:
    shutil.copy(demo, tmp_path)
    assert follow(f"how-to/{page}", tmp_path, sandboxed=True) > 5
