"""What the README and the first tutorial promise, done as they say."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from attrs import evolve, frozen

ROOT = Path(__file__).parents[3]
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PLACEHOLDER = re.compile(r"\b(?:SCHOOL|DELIVERY_PARTNER|PARTNERSHIP)_ID\b")
UNSET = {name: value for name, value in os.environ.items() if not name.startswith("ECF_")}
HOST = "http://127.0.0.1:8000"


@frozen
class Deployment:
    """A database with the shipped data, and a server of it."""

    directory: Path
    curl_lines: tuple[str, ...]
    url: str = ""

    def ecf(self, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "ecf_cli.main", *words],
            cwd=self.directory,
            env=UNSET,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def run(self, curl_line: str) -> tuple[int, dict[str, Any]]:
        """What a curl line does, for machines without curl."""
        words = shlex.split(curl_line)
        given = {word: words[at + 1] for at, word in enumerate(words) if word in {"-X", "-d"}}
        headers = [words[at + 1] for at, word in enumerate(words) if word == "-H"]
        request = Request(  # noqa: S310 - our own server
            words[-1].replace(HOST, self.url),
            method=given["-X"],
            headers=dict(header.split(": ", 1) for header in headers),
            data=given["-d"].encode() if "-d" in given else None,
        )
        try:
            with urlopen(request, timeout=30) as response:  # noqa: S310 - our own server
                return response.status, json.load(response)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    loaded = Deployment(tmp_path_factory.mktemp("demo"), ())
    lines = loaded.ecf("demo", "--no-serve").splitlines()
    return evolve(loaded, curl_lines=tuple(line for line in lines if line.startswith("curl ")))


@pytest.fixture(scope="module")
def served(demo: Deployment) -> Iterator[Deployment]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ecf_cli.main", "serve", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with (demo.directory / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=demo.directory, env=UNSET, stdout=log, stderr=log)
        try:
            _wait_for(f"{url}/readyz", server)
            yield evolve(demo, url=url)
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            assert server.poll() is None, "the server has stopped"
            assert time.monotonic() < until, "the server is not ready"
            time.sleep(0.1)
        else:
            return


def test_the_readme_shows_what_the_demo_prints(demo: Deployment) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [line for line in readme.splitlines() if line.startswith("curl ")]
    printed = [
        UUID.sub("ID", re.sub(r"Bearer [\w-]+", "Bearer TOKEN", line)) for line in demo.curl_lines
    ]
    assert [PLACEHOLDER.sub("ID", line) for line in shown] == printed


def test_the_first_tutorial_happens_as_it_says(served: Deployment) -> None:
    form, show, change = served.curl_lines
    # Form a partnership
    status, formed = served.run(form)
    assert (status, formed["data"]["attributes"]["status"]) == (200, "active")
    status, refused = served.run(form)
    tutorial = (ROOT / "docs/tutorials/form-your-first-partnership.md").read_text(encoding="utf-8")
    assert status == 422
    assert f"\n{json.dumps(refused, separators=(',', ':'))}\n" in tutorial
    # List and change
    _, listed = served.run(show)
    given, own = listed["data"]
    assert own["id"] == formed["data"]["id"]
    _, changed = served.run(change)
    assert changed["data"]["id"] == given["id"]
    partner = changed["data"]["attributes"]["delivery_partner_id"]
    assert partner != given["attributes"]["delivery_partner_id"]
    assert served.run(change) == (200, changed)
    # Challenge
    id_ = change.rpartition("/")[2]
    assert "challenge deadline" in served.ecf("partnership", "show", id_)
    challenge = ("partnership", "challenge", id_, "--reason", "do_not_recognise")
    assert "challenged" in served.ecf(*challenge)
    status, refused = served.run(change)
    assert (status, refused["errors"][0]["code"]) == (422, "partnership_challenged")
    again = form.replace(own["attributes"]["school_id"], given["attributes"]["school_id"]).replace(
        own["attributes"]["delivery_partner_id"], partner
    )
    status, lifted = served.run(again)
    assert (status, lifted["data"]["id"]) == (200, id_)
    assert lifted["data"]["attributes"]["status"] == "active"
    # Read what happened
    history = json.loads(served.ecf("--json", "partnership", "history", id_))
    assert [entry["event"] for entry in history] == [
        "partnership_reported",
        "partnership_updated",
        "partnership_challenged",
        "challenge_lifted",
        "partnership_reported",
    ]
