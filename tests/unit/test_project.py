import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "benchmarks/requirements.lock")
every_lock = pytest.mark.parametrize("lock", LOCKS)


def _pins(lock: str) -> list[str]:
    lines = (ROOT / lock).read_text().splitlines()
    return [line for line in lines if line and not line.startswith((" ", "#"))]


@every_lock
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index" not in text


@every_lock
def test_everything_in_a_lock_is_pinned_by_hash(lock: str) -> None:
    pins = _pins(lock)
    assert pins
    for pin in pins:
        assert "==" in pin, pin
        assert pin.endswith("\\"), pin


def test_the_benchmark_leaves_what_is_installed_as_it_is() -> None:
    everything, peers = (
        dict(pin.split(" ", 1)[0].split("==") for pin in _pins(lock)) for lock in LOCKS
    )
    shared = everything.keys() & peers.keys()
    assert {name: everything[name] for name in shared} == {name: peers[name] for name in shared}


def test_the_bare_install_needs_attrs_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert [need.split(">")[0] for need in project["dependencies"]] == ["attrs"]


@pytest.mark.parametrize("package", ["ecf_core", "ecf_adapters", "ecf_http", "ecf_cli"])
def test_every_package_says_that_it_is_typed(package: str) -> None:
    assert (ROOT / "src" / package / "py.typed").exists()
