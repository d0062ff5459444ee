import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text()


def test_the_lock_names_no_host() -> None:
    assert "://" not in LOCK
    assert "--index" not in LOCK


def test_everything_in_the_lock_is_pinned_by_hash() -> None:
    pins = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert pins
    for pin in pins:
        assert "==" in pin, pin
        assert pin.endswith("\\"), pin


def test_the_bare_install_needs_attrs_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert [need.split(">")[0] for need in project["dependencies"]] == ["attrs"]


@pytest.mark.parametrize("package", ["ecf_core", "ecf_adapters", "ecf_http", "ecf_cli"])
def test_every_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / "src" / package / "py.typed").exists()
