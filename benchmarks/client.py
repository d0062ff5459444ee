"""Asks a server as fast as it answers: started as a process of its own, on a core of its own.

Reads from standard input a line of JSON (port, connections, seconds, whether requests may
be repeated), then requests as they go over the wire, each after its length; writes how many were
answered with 200, how many were not, and in how many seconds.
"""

import itertools
import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator

_END = b"\r\n\r\n"
_LENGTH = b"content-length:"


class _Connection:
    """One request at a time on a connection that is kept."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._whole = 0

    def ask(self, request: bytes) -> None:
        self._buffer.clear()
        self._whole = 0
        self.socket.sendall(request)

    def answered(self) -> bool:
        """Takes what has come, and says whether that is all."""
        part = self.socket.recv(1 << 20)
        if not part:
            raise ConnectionError("the server went away")
        self._buffer += part
        if not self._whole:
            end = self._buffer.find(_END)
            if end < 0:
                return False
            head = bytes(self._buffer[:end]).lower()
            at = head.index(_LENGTH) + len(_LENGTH)
            self._whole = end + len(_END) + int(head[at:].split(b"\r\n", 1)[0])
        return len(self._buffer) >= self._whole

    @property
    def ok(self) -> bool:
        return self._buffer.startswith(b"HTTP/1.1 200")


def _requests(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 4 + length]
        at += 4 + length


def _run(
    port: int, connections: int, seconds: float, requests: Iterator[bytes]
) -> dict[str, float]:
    selector = selectors.DefaultSelector()
    done = refused = asking = 0
    opened = [_Connection(port) for _ in range(connections)]
    began = last = time.perf_counter()
    until = began + seconds
    for connection, request in zip(opened, requests, strict=False):
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask(request)
        asking += 1
    while asking:
        for key, _ in selector.select():
            if not key.data.answered():
                continue
            last = time.perf_counter()
            done += key.data.ok
            refused += not key.data.ok
            following = next(requests, None) if last < until else None
            if following is None:
                selector.unregister(key.fileobj)
                asking -= 1
            else:
                key.data.ask(following)
    for connection in opened:
        connection.socket.close()
    return {"done": done, "refused": refused, "seconds": last - began}


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    requests = list(_requests(sys.stdin.buffer.read()))
    source = itertools.cycle(requests) if asked["repeat"] else iter(requests)
    found = _run(asked["port"], asked["connections"], asked["seconds"], source)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
