"""Servers under test: each one granian worker, kept to one core, stopped whatever happens."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from attrs import frozen

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = ROOT / "dist" / "bench"
"""Where the peers' packages are: the product would import some of them, and grow."""
_BIN: Final = Path(sys.executable).parent
_PATIENCE_SECONDS: Final = 60


@frozen
class Server:
    """A server that answers."""

    port: int
    process: int

    def resident_megabytes(self) -> float | None:
        """The memory of its worker, where the system tells."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children")
        if not workers.exists():
            return None
        sizes = [_resident(int(worker)) for worker in workers.read_text().split()]
        return max(sizes, default=None)


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cores() -> tuple[set[int], set[int]]:
    """One core for the servers, and the others for who asks; ``None`` apart where there is one."""
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return ({allowed[0]}, set(allowed[1:])) if len(allowed) > 1 else (set(), set())


@contextmanager
def on(wanted: set[int]) -> Iterator[None]:
    """What is started now stays on these cores."""
    if not wanted:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, wanted)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def granian(app: str, *options: str) -> list[str]:
    """A command that serves an application as ``ecf serve`` serves the product."""
    return [str(_BIN / "granian"), "--interface", "asgi", "--workers", "1", *options, app]


def ecf(*arguments: str) -> list[str]:
    return [str(_BIN / "ecf"), *arguments]


@contextmanager
def serving(command: list[str], log: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Starts a server on a free port, waits until it answers, and stops it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as lines, on(cores()[0]):
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=lines,
            stderr=lines,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), **environment},
        )
    try:
        _wait_for(port, process, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"no server: {log.read_text(errors='replace')[-2000:]}")
