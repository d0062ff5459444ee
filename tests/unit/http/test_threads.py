"""Requests are served on threads, and nothing that a client or a handler does upsets that."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from ecf_http.threads import on_a_thread

LARGEST = 10
Events = list[dict[str, Any]]


def scope(path: str = "/", method: str = "GET") -> Any:
    return {"type": "http", "path": path, "method": method}


def called(app: ASGIApp, scope: Any, *sent: dict[str, Any]) -> Events:
    """What is answered to a request whose body comes in these messages."""
    waiting, answered = iter(sent), Events()

    async def receive() -> Any:
        return next(waiting)

    async def send(message: Any) -> None:
        answered.append(message)

    served = on_a_thread(app, but=frozenset({"/here"}), largest_body=LARGEST)
    asyncio.run(_awaited(served(scope, receive, send)))
    return answered


async def _awaited(served: Awaitable[None]) -> None:
    await served


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def answer(send: Send, body: bytes) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def say_which_thread(_scope: Scope, _receive: Receive, send: Send) -> None:
    await answer(send, threading.current_thread().name.encode())


async def echo(_scope: Scope, receive: Receive, send: Send) -> None:
    body, more = b"", True
    while more:
        message: Any = await receive()
        body, more = body + message.get("body", b"gone"), message.get("more_body", False)
    await answer(send, body)


@pytest.mark.parametrize(
    ("path", "served_by"),
    [("/", b"ecf_http_0"), ("/here", b"MainThread"), ("/here/", b"ecf_http_0")],
)
def test_all_but_some_paths_are_served_on_a_thread(path: str, served_by: bytes) -> None:
    assert called(say_which_thread, scope(path))[1]["body"] == served_by


def test_a_body_is_put_together_before_a_thread_waits_for_it() -> None:
    sent = [part(b"abc", more=True), part(b"", more=True), part(b"def", more=False)]
    assert called(echo, scope(method="POST"), *sent)[1]["body"] == b"abcdef"


def test_no_more_is_read_of_a_body_than_shows_that_it_is_too_large() -> None:
    sent = [part(b"x" * LARGEST, more=True), part(b"x", more=True)]  # asking again would fail
    body = called(echo, scope(method="PUT"), *sent)[1]["body"]
    assert body == b"x" * (LARGEST + 1) + b"gone"


def test_a_client_that_goes_away_while_it_sends_is_told_of() -> None:
    sent = [part(b"abc", more=True), {"type": "http.disconnect"}]
    assert called(echo, scope(method="POST"), *sent)[1]["body"] == b"abcgone"


def test_the_body_of_a_get_is_not_looked_at() -> None:
    assert called(echo, scope())[1]["body"] == b""


def test_what_fails_on_the_thread_fails_the_request() -> None:
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise LookupError("on the thread")

    with pytest.raises(LookupError, match="on the thread"):
        called(fail, scope())


@pytest.mark.parametrize("wait", [lambda: asyncio.sleep(0), lambda: asyncio.sleep(1)])
def test_what_waits_for_an_event_loop_is_told_that_there_is_none(
    wait: Callable[[], Awaitable[None]],
) -> None:
    async def waiting(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await wait()

    with pytest.raises(RuntimeError, match="event loop"):
        called(waiting, scope())


def test_an_answer_is_sent_before_what_is_done_after_it_and_both_are_waited_for() -> None:
    sent, order = threading.Event(), list[str]()

    async def work_on(_scope: Scope, _receive: Receive, send: Send) -> None:
        await answer(send, b"")
        assert sent.wait(10)
        order.append("done")

    async def note(message: Any) -> None:
        if message["type"] == "http.response.body":
            order.append("sent")
            sent.set()

    async def nothing() -> Any:
        raise AssertionError

    served = on_a_thread(work_on, but=frozenset(), largest_body=LARGEST)
    asyncio.run(_awaited(served(scope(), nothing, note)))
    assert order == ["sent", "done"]


def test_a_client_that_does_not_wait_leaves_nothing_behind() -> None:
    begun, gone = threading.Event(), threading.Event()

    async def slow(_scope: Scope, _receive: Receive, send: Send) -> None:
        begun.set()
        assert gone.wait(10)
        await answer(send, b"")

    async def scenario() -> None:
        served = on_a_thread(slow, but=frozenset(), largest_body=LARGEST)
        request = asyncio.create_task(_awaited(served(scope(), _never, _never)))
        await asyncio.to_thread(begun.wait, 10)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        problems = list[Any]()
        asyncio.get_running_loop().set_exception_handler(lambda _, told: problems.append(told))
        gone.set()
        await asyncio.sleep(0.1)
        assert not problems

    asyncio.run(scenario())


async def _never(*_: Any) -> Any:
    raise AssertionError
