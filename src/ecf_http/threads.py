"""A request is served on one thread, from its token to its answer.

By the protocol, the application is asynchronous; but all that it waits for is databases, and for
those a thread waits. So the event loop hands a request over once, whole, and sends what comes back.
"""

import asyncio
from collections.abc import Awaitable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Final, cast

from litestar.enums import HttpMethod, ScopeType
from litestar.types import (
    ASGIApp,
    HTTPDisconnectEvent,
    HTTPReceiveMessage,
    HTTPRequestEvent,
    HTTPScope,
    Message,
    Receive,
    Scope,
    Send,
)

_THREADS: Final = 20
"""As many as there are connections that are kept."""
_NO_BODY: Final = HTTPRequestEvent(type="http.request", body=b"", more_body=False)
_GONE: Final = HTTPDisconnectEvent(type="http.disconnect")


def on_a_thread(app: ASGIApp, *, but: frozenset[str], largest_body: int) -> ASGIApp:
    """The application, each request on a thread of its own; only some paths need none.

    It may wait for nothing but what blocks the thread.
    """
    threads = ThreadPoolExecutor(_THREADS, "ecf_http")

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"] in but:
            await app(scope, receive, send)
            return
        exchange = _Exchange(await _sent(scope, receive, largest_body))
        served = threads.submit(copy_context().run, exchange.serve, app, scope)
        for message in await exchange.answer:
            await send(message)
        if not served.done():  # something is done when the answer is on its way
            await asyncio.wrap_future(served)

    return serve


async def _sent(scope: HTTPScope, receive: Receive, largest: int) -> list[HTTPReceiveMessage]:
    """What the client sends, read before a thread waits for it: no further than it may go."""
    if scope["method"] == HttpMethod.GET:
        return [_NO_BODY]
    messages, size, more = list[HTTPReceiveMessage](), 0, True
    while more and size <= largest:
        message = cast(HTTPReceiveMessage, await receive())
        messages.append(message)
        more = message["type"] == "http.request" and message.get("more_body", False)
        size += len(message["body"]) if message["type"] == "http.request" else 0
    return messages


class _Exchange:
    """A request that has come, and the answer that the event loop waits for."""

    def __init__(self, sent: Iterable[HTTPReceiveMessage]) -> None:
        self._loop = asyncio.get_running_loop()
        self._sent = iter(sent)
        self._said: list[Message] = []
        self.answer: asyncio.Future[list[Message]] = self._loop.create_future()

    def serve(self, app: ASGIApp, scope: Scope) -> None:
        try:
            _run(app(scope, self._receive, self._send))
        except BaseException as problem:  # noqa: BLE001 - whoever waits for the answer is told
            self._loop.call_soon_threadsafe(self._fail, problem)

    async def _receive(self) -> HTTPReceiveMessage:
        return next(self._sent, _GONE)

    async def _send(self, message: Message) -> None:
        """The whole answer is handed over at once; what is done after it keeps nobody waiting."""
        self._said.append(message)
        if message["type"] == "http.response.body" and not message["more_body"]:
            self._loop.call_soon_threadsafe(self._succeed)

    def _succeed(self) -> None:
        if not self.answer.done():  # the client may have gone
            self.answer.set_result(self._said)

    def _fail(self, problem: BaseException) -> None:
        if not self.answer.done():
            self.answer.set_exception(problem)


def _run(serving: Awaitable[None]) -> None:
    for _ in serving.__await__():
        raise RuntimeError("what serves a request waited for an event loop, and there is none here")
