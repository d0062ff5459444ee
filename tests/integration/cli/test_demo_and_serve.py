import json
import re
import shlex
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ecf_cli.main import cli


def requests_of(printed: str) -> list[tuple[str, str, dict[str, str]]]:
    """Method, path and attributes of the lines that begin with ``curl``."""
    found = []
    for line in printed.splitlines():
        if line.startswith("curl"):
            words = shlex.split(line)
            body = words[words.index("-d") + 1] if "-d" in words else None
            attributes = json.loads(body)["data"]["attributes"] if body else {}
            path = words[-1].removeprefix("http://127.0.0.1:8000/api/v3/partnerships/ecf")
            found.append((words[words.index("-X") + 1], path, attributes))
    return found


def test_the_demo_can_be_had_again_and_again(ecf: Any) -> None:
    printed = ecf("demo", "--no-serve").stdout
    (post, _, asked), (get, listed, _), (put, changed, change) = requests_of(printed)
    assert (post, get, put) == ("POST", "GET", "PUT")
    assert listed == ""
    (formed,) = ecf.json("partnership", "list", "--lead-provider", "Ambition Institute")
    assert changed == f"/{formed['id']}"
    assert change["delivery_partner_id"] != formed["delivery_partner_id"]
    assert asked["school_id"] != formed["school_id"]
    enrolled = ecf.json("participants", "list", "--urn", formed["urn"])
    assert sorted(participant["type"] for participant in enrolled) == ["ect", "ect", "mentor"]
    # What the requests ask for is done, and there is something new to ask for.
    urn = "106135"
    assert ecf.json("school", "show", urn)["id"] == asked["school_id"]
    options = ["--lead-provider", "Ambition Institute", "--cohort", asked["cohort"], "--urn", urn]
    partner = ["--delivery-partner", asked["delivery_partner_id"]]
    ecf.json("partnership", "create", *options, *partner)
    partner = ["--delivery-partner", change["delivery_partner_id"]]
    ecf.json("partnership", "update", formed["id"], *partner)
    again = ecf("demo", "--no-serve").stdout
    (_, _, asked_now), _, (_, _, change_now) = requests_of(again)
    still = ecf.json("participants", "list")
    assert [participant["id"] for participant in still] == [p["id"] for p in enrolled]
    assert asked_now["school_id"] not in {asked["school_id"], formed["school_id"]}
    assert change_now["delivery_partner_id"] != change["delivery_partner_id"]
    assert re.search(r"^That one alone: http://\S+/[0-9a-f-]{36}$", again, re.MULTILINE)


def test_the_demo_makes_its_own_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    result = CliRunner().invoke(cli, ["--database-url", url, "--json", "demo", "--no-serve"])
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert list(document) == ["token", "lead_provider", "schools", "url"]
    assert document | {"schools": 51_599, "url": "http://127.0.0.1:8000"} == document


@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.invalid"])
def test_an_address_that_cannot_be_served_on_is_refused(tmp_path: Path, host: str) -> None:
    url = f"sqlite:///{tmp_path / 'served.db'}"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(
            cli, ["--database-url", url, "serve", "--host", host, "--port", port]
        )
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"port: {host}:{port} cannot be served on: ")
