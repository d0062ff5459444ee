"""A request is served on one thread, from its token to its answer.

By the protocol, the application is asynchronous; but all that it waits for is databases, and for
those a thread waits. So the event loop hands a request over whole, and sends what comes back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from typing import Final, cast

from litestar.datastructures import Headers
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

from ecf_http.log import log_defect

_READERS: Final = 20
"""As many as there are connections that are kept."""
_WRITERS: Final = 12
"""They are others, so that who reads never waits for those who wait for a lock."""
_BODY_WITHIN_SECONDS: Final = 30
_NO_BODY: Final = HTTPRequestEvent(type="http.request", body=b"", more_body=False)
_GONE: Final = HTTPDisconnectEvent(type="http.disconnect")


def on_a_thread(
    app: ASGIApp, *, known: Callable[[Scope], bool], but: frozenset[str], largest_body: int
) -> ASGIApp:
    """The application, each request on a thread of its own; only some paths need none.

    It may wait for nothing but what blocks the thread. Only of those who are ``known`` it gets what
    they send.
    """
    readers = ThreadPoolExecutor(_READERS, "ecf_http_reads")
    writers = ThreadPoolExecutor(_WRITERS, "ecf_http_writes")

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].rstrip("/") in but:
            await app(scope, receive, send)
        elif scope["method"] == HttpMethod.GET:
            await _Exchange([_NO_BODY]).hold(readers, app, scope, send)
        else:
            body = list[HTTPReceiveMessage]()
            if _announced(scope) <= largest_body and await _on(readers, known, scope):
                await _take(receive, body, largest_body)
            await _Exchange(body).hold(writers, app, scope, send)

    return serve


def _announced(scope: HTTPScope) -> int:
    """How long the body is said to be; who says nothing, or nothing that can be, may begin."""
    length = Headers.from_scope(scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0


async def _on(threads: Executor, decide: Callable[[Scope], bool], scope: HTTPScope) -> bool:
    run = copy_context().run
    return await asyncio.get_running_loop().run_in_executor(threads, run, decide, scope)


async def _take(receive: Receive, body: list[HTTPReceiveMessage], largest: int) -> None:
    """What the client sends, before a thread waits for it: no further, and no longer, than it may.

    Who takes longer is taken to have gone.
    """
    size, more = 0, True
    try:
        async with asyncio.timeout(_BODY_WITHIN_SECONDS):
            while more and size <= largest:
                message = cast(HTTPReceiveMessage, await receive())
                body.append(message)
                more = message["type"] == "http.request" and message.get("more_body", False)
                size += len(message["body"]) if message["type"] == "http.request" else 0
    except TimeoutError:
        body.append(_GONE)


class _Exchange:
    """A request that has come, and the answer that the event loop waits for."""

    def __init__(self, body: Iterable[HTTPReceiveMessage]) -> None:
        self._loop = asyncio.get_running_loop()
        self._body = iter(body)
        self._said: list[Message] = []
        self._answered = False
        self._answer: asyncio.Future[list[Message]] = self._loop.create_future()

    async def hold(self, threads: Executor, app: ASGIApp, scope: Scope, send: Send) -> None:
        served = threads.submit(copy_context().run, self.serve, app, scope)
        for message in await self._answer:
            await send(message)
        if not served.done():  # something is done when the answer is on its way
            await asyncio.wrap_future(served)

    def serve(self, app: ASGIApp, scope: Scope) -> None:
        problem: BaseException | None = None
        try:
            _run(app(scope, self._receive, self._send))
        except BaseException as raised:  # noqa: BLE001 - whoever waits for the answer is told
            problem = raised
        if not self._answered:
            unanswered = problem or RuntimeError("a request was not answered")
            self._loop.call_soon_threadsafe(self._fail, unanswered)
        elif problem is not None:
            log_defect(problem)

    async def _receive(self) -> HTTPReceiveMessage:
        return next(self._body, _GONE)

    async def _send(self, message: Message) -> None:
        """The whole answer is handed over at once; what is done after it keeps nobody waiting."""
        self._said.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self._answered = True
            self._loop.call_soon_threadsafe(self._succeed)

    def _succeed(self) -> None:
        if not self._answer.done():  # the client may have gone
            self._answer.set_result(self._said)

    def _fail(self, problem: BaseException) -> None:
        if not self._answer.done():
            self._answer.set_exception(problem)


def _run(serving: Awaitable[None]) -> None:
    for _ in serving.__await__():
        raise RuntimeError("what serves a request waited for an event loop, and there is none here")
