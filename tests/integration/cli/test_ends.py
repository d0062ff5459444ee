"""How commands end: exit codes, and what is on which stream."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from ecf_cli.main import Commands, cli
from ecf_cli.named import id_in

ECF = [sys.executable, "-m", "ecf_cli.main"]


def run(*args: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, args, env=environment)


@pytest.mark.parametrize(
    "args",
    [
        ["nonsense"],
        ["--nonsense"],
        ["token", "create"],
        ["school", "show"],
        ["school", "show", "1", "--cohort", "next"],
        ["school", "show", "\udcff"],
        ["partnership", "create", "--urn", "1"],
        ["delivery-partners", "add", "X", "--works-with", "Teach First"],
        ["serve", "--port", "0"],
        ["serve", "--workers", "none"],
    ],
)
def test_wrong_usage_is_told_and_ends_with_2(args: list[str]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: " in result.stderr
    result = run("--json", *args)
    assert (result.exit_code, result.stderr) == (2, "")
    assert [list(e) for e in json.loads(result.stdout)["errors"]] == [["title", "detail", "code"]]


@pytest.mark.parametrize(
    ("args", "environment", "told"),
    [
        ([], {"ECF_DATABASE_URL": "oracle://x"}, "ECF_DATABASE_URL: "),
        (["--database-url", "nowhere"], {}, "ECF_DATABASE_URL: "),
        (["--database-url", ""], {}, "ECF_DATABASE_URL: "),
        (["--database-url", "postgresql+nothing://x/y"], {}, "ECF_DATABASE_URL: "),
        ([], {"ECF_RULES": "mine"}, "ECF_RULES: "),
        (["--rules", "mine"], {"ECF_RULES": "ecf1"}, "ECF_RULES: 'mine'"),
        ([], {"ECF_RATE_LIMIT": "many"}, "ECF_RATE_LIMIT: "),
    ],
)
def test_wrong_settings_are_named_and_end_with_2(
    args: list[str], environment: dict[str, str], told: str
) -> None:
    result = run(*args, "token", "list", **environment)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert run("token", "list", "--help", **environment).exit_code == 0


def test_an_empty_database_says_what_to_run(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    told = f"database: The database {url} is empty. Run: ecf db upgrade\n"
    for command in (["token", "list"], ["schools", "import", "x"], ["partnership", "list"]):
        result = run("--database-url", url, *command)
        assert (result.exit_code, result.stderr) == (1, told)
    assert run("--database-url", url, "db", "upgrade").exit_code == 0
    assert json.loads(run("--database-url", url, "--json", "db", "upgrade").stdout) == {
        "upgraded": False
    }
    assert run("--database-url", url, "token", "list").stdout == "no tokens\n"


def test_a_database_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no database" * 100)
    for url in (f"sqlite:///{tmp_path}/no/x.db", f"sqlite:///{tmp_path}/no.db"):
        result = run("--database-url", url, "token", "list")
        assert (result.exit_code, result.stderr.split(":")[0]) == (1, "database")


@click.group(cls=Commands)
@click.option("--json", "as_json", is_flag=True)
def group_with_a_defect(*, as_json: bool) -> None:
    """A command line in which something is wrong."""


@group_with_a_defect.command()
def defect() -> None:
    raise KeyError("nothing")


def test_a_defect_ends_with_70_and_without_a_traceback() -> None:
    result = CliRunner().invoke(group_with_a_defect, ["defect"])
    told = "defect: KeyError: 'nothing' (ECF_DEBUG=1 shows where)\n"
    assert (result.exit_code, result.stdout, result.stderr) == (70, "", told)
    result = CliRunner().invoke(group_with_a_defect, ["defect"], env={"ECF_DEBUG": "1"})
    assert result.stderr.startswith("Traceback")
    result = CliRunner().invoke(group_with_a_defect, ["--json", "defect"])
    assert (result.exit_code, result.stderr) == (70, "")
    assert json.loads(result.stdout)["errors"][0]["code"] == "defect"


def test_what_is_no_id_is_the_id_of_nothing() -> None:
    assert id_in(" ") is None
    assert str(id_in("7")) == "00000000-0000-0000-0000-000000000000"


def test_a_reader_who_leaves_is_no_defect(world: Any) -> None:
    environment = {**os.environ, "ECF_DATABASE_URL": world.database_url}
    with subprocess.Popen(
        [*ECF, "token", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""


def opened_once_read(fifo: Path, reader: subprocess.Popen[bytes]) -> int:
    """The end to write to; waits for the command to read, but no longer than it lives."""
    until = time.monotonic() + 60
    while reader.poll() is None and time.monotonic() < until:
        try:
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.02)
    raise AssertionError(reader.communicate(timeout=20))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A shell that starts the tests in the background has them ignore it, and all they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_who_interrupts_sees_no_traceback(world: Any, tmp_path: Path) -> None:
    fifo = tmp_path / "never.csv"
    os.mkfifo(fifo)
    environment = {**os.environ, "ECF_DATABASE_URL": world.database_url}
    with subprocess.Popen(
        [*ECF, "schools", "import", str(fifo)], stderr=subprocess.PIPE, env=environment
    ) as importing:
        end = opened_once_read(fifo, importing)
        importing.send_signal(signal.SIGINT)
        assert importing.wait(20) == 130
        os.close(end)
        assert importing.stderr is not None
        assert b"Traceback" not in importing.stderr.read()
