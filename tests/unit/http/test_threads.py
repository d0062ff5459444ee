"""Requests are served on threads, and nothing that a client or a handler does upsets that."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from ecf_http import threads
from ecf_http.threads import on_a_thread

LARGEST = 10
Events = list[dict[str, Any]]


def scope(path: str = "/", method: str = "GET", length: int | None = None) -> Any:
    headers = [] if length is None else [(b"content-length", str(length).encode())]
    return {"type": "http", "path": path, "method": method, "headers": headers, "state": {}}


def everyone(_: Scope) -> bool:
    return True


def called(
    app: ASGIApp, scope: Any, *sent: dict[str, Any], known: Callable[[Scope], bool] = everyone
) -> Events:
    """What is answered to a request whose body comes in these messages."""
    waiting, answered = iter(sent), Events()

    async def receive() -> Any:
        return next(waiting)

    async def send(message: Any) -> None:
        answered.append(message)

    served = on_a_thread(app, known=known, but=frozenset({"/here"}), largest_body=LARGEST)
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
    ("path", "method", "served_by"),
    [
        ("/", "GET", b"ecf_http_reads_0"),
        ("/", "POST", b"ecf_http_writes_0"),
        ("/here", "GET", b"MainThread"),
        ("/here/", "GET", b"MainThread"),
        ("/there", "GET", b"ecf_http_reads_0"),
    ],
)
def test_all_but_some_paths_are_served_on_a_thread(
    path: str, method: str, served_by: bytes
) -> None:
    sent = part(b"", more=False)
    assert called(say_which_thread, scope(path, method), sent)[1]["body"] == served_by


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


def test_nothing_is_read_of_someone_unknown() -> None:
    assert called(echo, scope(method="POST"), known=lambda _: False)[1]["body"] == b"gone"


def test_nothing_is_read_of_a_body_that_is_said_to_be_too_large() -> None:
    assert called(echo, scope(method="PUT", length=LARGEST + 1))[1]["body"] == b"gone"


def test_who_does_not_send_what_they_announced_is_taken_to_have_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "_BODY_WITHIN_SECONDS", 0.05)
    answered = Events()

    async def nothing() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        answered.append(message)

    served = on_a_thread(echo, known=everyone, but=frozenset(), largest_body=LARGEST)
    serving = _awaited(served(scope(method="POST", length=5), nothing, send))
    asyncio.run(asyncio.wait_for(serving, 2))
    assert answered[1]["body"] == b"gone"


def test_who_reads_does_not_wait_for_those_who_write() -> None:
    released = threading.Event()

    async def wait_if_it_writes(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["method"] == "PUT":  # type: ignore[typeddict-item]  # it is an HTTP request
            assert released.wait(10)
        await answer(send, b"")

    async def nothing_more() -> Any:
        return part(b"", more=False)

    async def scenario() -> None:
        served = on_a_thread(
            wait_if_it_writes, known=everyone, but=frozenset(), largest_body=LARGEST
        )
        sent = Events()

        async def send(message: Any) -> None:
            sent.append(message)

        writing = [
            asyncio.create_task(_awaited(served(scope(method="PUT"), nothing_more, send)))
            for _ in range(50)
        ]
        await asyncio.wait_for(_awaited(served(scope(), nothing_more, send)), 5)
        assert len(sent) == 2
        released.set()
        await asyncio.gather(*writing)

    asyncio.run(scenario())


def test_a_request_that_nobody_answers_fails() -> None:
    async def forget(_scope: Scope, _receive: Receive, _send: Send) -> None:
        return

    with pytest.raises(RuntimeError, match="not answered"):
        called(forget, scope())


def test_what_fails_when_the_answer_is_on_its_way_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def answer_and_fail(_scope: Scope, _receive: Receive, send: Send) -> None:
        await answer(send, b"")
        raise LookupError("too late")

    assert len(called(answer_and_fail, scope())) == 2
    assert "LookupError" in caplog.text
    assert "too late" not in caplog.text


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
        assert not threading.Event().wait(0.05)
        order.append("done")

    async def note(message: Any) -> None:
        if message["type"] == "http.response.body":
            order.append("sent")
            sent.set()

    async def nothing() -> Any:
        raise AssertionError

    served = on_a_thread(work_on, known=everyone, but=frozenset(), largest_body=LARGEST)
    asyncio.run(_awaited(served(scope(), nothing, note)))
    assert order == ["sent", "done"]


def test_a_client_that_does_not_wait_leaves_nothing_behind() -> None:
    begun, gone = threading.Event(), threading.Event()

    async def slow(_scope: Scope, _receive: Receive, send: Send) -> None:
        begun.set()
        assert gone.wait(10)
        await answer(send, b"")

    async def scenario() -> None:
        served = on_a_thread(slow, known=everyone, but=frozenset(), largest_body=LARGEST)
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
