"""Sessions of lead providers, held as the pages say, with a server of their own."""

import doctest
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

import msgspec
import pytest

DOCS: Final = Path(__file__).parents[3] / "docs"
SANDBOX: Final = {"ECF_SANDBOX": "1", "ECF_NOW": "2025-06-10T09:00:00Z"}
ECF: Final = [sys.executable, "-m", "ecf_cli.main"]


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ECF_")}
    return kept | SANDBOX


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("session")


@pytest.fixture(scope="module")
def token(folder: Path, environment: dict[str, str]) -> str:
    demo = [*ECF, "--json", "demo", "--no-serve"]
    loaded = subprocess.run(demo, cwd=folder, env=environment, capture_output=True, check=True)
    secret: str = msgspec.json.decode(loaded.stdout)["token"]
    return secret


@pytest.fixture(scope="module")
def port(folder: Path, environment: dict[str, str], token: str) -> Iterator[int]:
    assert token
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    serve = [*ECF, "serve", "--port", str(number)]
    with subprocess.Popen(serve, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as server:
        until = time.monotonic() + 60
        while not _answers(number):
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        yield number
        server.terminate()


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.mark.parametrize(
    "page",
    ["tutorials/a-lead-providers-session.md", "how-to/defer-withdraw-or-resume-a-participant.md"],
)
def test_the_session_goes_as_the_page_says(
    *, page: str, folder: Path, environment: dict[str, str], port: int, token: str
) -> None:
    """What others have to do for it comes first: the commands that the page begins with."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for command in re.findall(r"^ecf (p.+)$", text, re.MULTILINE):
        words = [*ECF, *shlex.split(command)]
        subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=True)
    mine = text.replace(":8000", f":{port}").replace('"TOKEN"', repr(token))
    session = doctest.DocTestParser().get_doctest(mine, {}, page, page, 0)
    assert len(session.examples) > 15
    told: list[str] = []
    failed, _ = doctest.DocTestRunner().run(session, out=told.append)
    assert not failed, "".join(told)
