"""A server that a page has its reader start, and the requests that the page sends to it."""

import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from attrs import define

_UUID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PLACEHOLDER: Final = re.compile(r"\b(?:SCHOOL|DELIVERY_PARTNER|PARTNERSHIP)_ID\b")
_ECF: Final = [sys.executable, "-m", "ecf_cli.main"]


def _generally(curl_line: str) -> str:
    """A request without what is its own: the token and the ids."""
    text = re.sub(r"Bearer [\w-]+", "Bearer TOKEN", curl_line)
    return _PLACEHOLDER.sub("ID", re.sub(_UUID, "ID", text))


@define
class Server:
    """One that runs until it is stopped, on a port that was free."""

    process: "subprocess.Popen[bytes]"
    port: int
    printed: Sequence[str]

    def own(self, text: str) -> str:
        """A command with what the demo printed in the place of what the page leaves open."""
        for line in self.printed:
            if text.startswith("curl ") and _generally(text) == _generally(line):
                return line
        changed = next((line for line in self.printed if "-X PUT" in line), "")
        return text.replace("PARTNERSHIP_ID", changed.rpartition("/")[2])

    def answers(self, curl_line: str) -> None:
        """Sends what a curl line sends, for machines without curl; a refusal is an answer."""
        words = shlex.split(curl_line)
        given = {word: words[at + 1] for at, word in enumerate(words) if word in {"-X", "-d"}}
        headers = [words[at + 1] for at, word in enumerate(words) if word == "-H"]
        request = Request(  # noqa: S310 - our own server
            words[-1].replace(":8000", f":{self.port}"),
            method=given["-X"],
            headers=dict(header.split(": ", 1) for header in headers),
            data=given["-d"].encode() if "-d" in given else None,
        )
        try:
            status = urlopen(request, timeout=30).status  # noqa: S310 - our own server
        except HTTPError as refused:
            refused.close()
            status = refused.code
        assert status in {200, 422}, curl_line

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)


def serving(
    line: str, directory: Path, environment: Mapping[str, str], demo: Sequence[str]
) -> Server:
    """Serves, on another port, what is there.

    ``make run`` is ``ecf demo``, which loads the shipped data before it serves. That is done where
    ``demo`` comes from, which is what it printed.
    """
    words = shlex.split(line)
    if line == "make run":
        makes = ["make", "--no-print-directory", "--dry-run", "run"]
        recipe = subprocess.run(
            makes, cwd=directory, env=environment, capture_output=True, text=True, check=True
        )
        assert recipe.stdout.splitlines()[-1] == ".venv/bin/ecf demo"
    if words[1] in {"run", "demo"}:
        assert len(demo) == 3
        words = ["ecf", "serve"]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    serve = [word if word != "8000" else str(port) for word in words[1:]]
    serve += [] if "--port" in serve else ["--port", str(port)]
    process = subprocess.Popen(
        [*_ECF, *serve], cwd=directory, env=environment, stderr=subprocess.DEVNULL
    )
    server = Server(process, port, demo)
    _wait_for(server)
    return server


def _wait_for(server: Server) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urlopen(f"http://127.0.0.1:{server.port}/readyz", timeout=5).close()
        except OSError:
            assert server.process.poll() is None, "the server has stopped"
            assert time.monotonic() < until, "the server is not ready"
            time.sleep(0.1)
        else:
            return
