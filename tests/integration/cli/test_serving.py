"""``ecf serve`` with several workers, which count together."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from ecf_adapters.container import Container
from ecf_adapters.settings import read_settings
from ecf_core.testing.examples import ADMINISTRATOR, PURPLE_LEARNING, furnish

WORKERS = 3
LIMIT = 100


@pytest.fixture
def token(database_url: str) -> str:
    container = Container(settings=read_settings({"ECF_DATABASE_URL": database_url}))
    furnish(container.storage().begin)
    issued = container.use_cases().issue_token(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR)
    container.engine().dispose()
    return issued.secret


@pytest.fixture
def served(database_url: str, token: str, tmp_path: Path) -> Iterator[str]:
    """The address of a server with a furnished database."""
    assert token  # furnished before it is served
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    counts = tmp_path / "counts"
    counts.mkdir()
    settings = {
        "ECF_DATABASE_URL": database_url,
        "ECF_RATE_LIMIT": f"{LIMIT}/999999999",
        "TMPDIR": str(counts),
    }
    command = [sys.executable, "-m", "ecf_cli.main", "serve"]
    with (tmp_path / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--port", str(port), "--workers", str(WORKERS)],
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(url, server)
        assert [path.name for path in counts.glob("ecf-metrics-*")]
        yield url
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        assert list(counts.iterdir()) == []
    finally:
        server.kill()
        server.wait()


def _until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None
        try:
            _get(f"{url}/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(url)


def _get(url: str, **headers: str) -> tuple[int, str]:
    """Each time over a new connection, so any worker may answer."""
    try:
        with urlopen(Request(url, headers=headers), timeout=30) as response:  # noqa: S310 - ours
            return response.status, response.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_workers_count_together(served: str, token: str) -> None:
    url = f"{served}/api/v3/partnerships/ecf"
    statuses = [_get(url, Authorization=f"Bearer {token}")[0] for _ in range(2 * LIMIT)]
    through = statuses.count(200)
    assert LIMIT * 0.9 <= through <= LIMIT
    assert statuses.count(429) == 2 * LIMIT - through
    expected = {"200": through, "429": 2 * LIMIT - through}
    for _ in range(100):  # the last of them may be counted after it is answered
        if _counted(served) == expected:
            break
    assert [_counted(served) for _ in range(3 * WORKERS)] == [expected] * 3 * WORKERS


def _counted(served: str) -> dict[str, int]:
    """How many requests were answered how, but for those of operators."""
    status, text = _get(f"{served}/metrics")
    assert status == 200
    found = re.findall(
        r'^ecf_http_requests_total{.*route="(?:/api.*|other)",status="(\d+)"} (\d+).0$',
        text,
        re.MULTILINE,
    )
    return {status: int(count) for status, count in found}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.3, 0.6])
def test_a_server_that_is_told_to_stop_while_it_starts_does(
    database_url: str, tmp_path: Path, seconds: float
) -> None:
    """From when its workers are there on, which have yet to load what they serve."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    lines = tmp_path / "server.log"
    with lines.open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "ecf_cli.main", "serve", "--port", str(port), "--workers", "2"],
            env={**os.environ, "ECF_DATABASE_URL": database_url},
            stderr=log,
        )
    try:
        while b"Spawning worker-2" not in lines.read_bytes():
            assert server.poll() is None
            time.sleep(0.01)
        time.sleep(seconds)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
    finally:
        server.kill()
        server.wait()
