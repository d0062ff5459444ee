"""What is asked of a server, how fast it answers, and what it says."""

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from benchmarks.servers import cores, on

_CLIENT: Final = str(Path(__file__).with_name("client.py"))


@frozen
class Request:
    """A request, before it is sent."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    def content(self) -> bytes | None:
        return None if self.body is None else json.dumps(self.body).encode()

    def over_the_wire(self) -> bytes:
        body = self.content() or b""
        headers = {"Host": "127.0.0.1", **self.headers}
        if body:
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body


@frozen
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: Any


def ask(port: int, request: Request) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        headers = {**request.headers, "Content-Type": "application/json"}
        connection.request(request.method, request.path, request.content(), headers)
        response = connection.getresponse()
        body = response.read()
        content = json.loads(body) if body.startswith(b"{") else body.decode(errors="replace")
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, content)
    finally:
        connection.close()


@frozen
class Load:
    """Answers in a time; ``refused`` are those that were not 200."""

    done: int
    refused: int
    seconds: float

    @property
    def a_second(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0


def measure(
    port: int,
    requests: Iterable[Request],
    *,
    connections: int,
    seconds: float,
    repeat: bool = True,
) -> Load:
    """Asks on every connection as soon as the answer before has come, for some seconds."""
    asked = {"port": port, "connections": connections, "seconds": seconds, "repeat": repeat}
    wire = (request.over_the_wire() for request in requests)
    content = b"".join(len(request).to_bytes(4, "big") + request for request in wire)
    with on(cores()[1]):
        ran = subprocess.run(
            [sys.executable, "-I", _CLIENT],
            input=json.dumps(asked).encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            check=True,
        )
    return Load(**json.loads(ran.stdout))
