"""How many requests a caller may make in a window of time."""

import time
from collections.abc import Callable
from math import ceil, inf
from threading import Lock
from time import monotonic
from typing import Final, Protocol

from attrs import define, field
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from ecf_adapters.settings import RateLimit
from ecf_core.queries.tokens import Caller
from ecf_http.authentication import Callers
from ecf_http.errors import answer_problem
from ecf_http.health import ALIVE
from ecf_http.refusals import Unavailable

NOT_LIMITED: Final = frozenset({ALIVE, "/readyz", "/metrics"})
_LEASES: Final = 40
"""Into how many leases a limit is divided: what an idle worker holds is lost to the others."""
_PATIENCE_SECONDS: Final = 1
"""For which a thread waits while another one asks for a lease of the same bucket."""


class Leases(Protocol):
    """Where all workers see how many requests of a window have been let out."""

    def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
        """As many as are wanted, or as are left of the limit; 0 once there are none."""
        ...


@define
class _Share:
    """What one worker may still let through of a bucket, in one window."""

    left: int = 0
    exhausted: bool = False
    failed: float = -inf
    one_at_a_time: Lock = field(factory=Lock)


class Allowance:
    """Lets requests through up to the limit, in windows that begin at multiples of its seconds.

    A worker takes leases, a few requests each, and asks nobody while one lasts.
    """

    def __init__(
        self, limit: RateLimit, leases: Leases, now: Callable[[], float] = time.time
    ) -> None:
        self._limit = limit
        self._leases = leases
        self._now = now
        self._lease = ceil(limit.requests / _LEASES)
        self._window: tuple[int, dict[str, _Share]] = (0, {})
        self._turning: Final = Lock()

    def wait(self, bucket: str) -> int:
        """In how many seconds to try again; 0 for a request that is let through.

        Raises :class:`~ecf_http.refusals.Unavailable` where that cannot be found out in time.
        """
        now = self._now()
        began, share = self._share(bucket, now)
        asked = monotonic()
        if not share.one_at_a_time.acquire(timeout=_PATIENCE_SECONDS):
            raise Unavailable
        try:
            if not share.left and not share.exhausted:
                self._renew(share, bucket, began, asked)
            if share.left:
                share.left -= 1
                return 0
        finally:
            share.one_at_a_time.release()
        return max(1, ceil(began + self._limit.seconds - now))

    def _share(self, bucket: str, now: float) -> tuple[int, _Share]:
        """When the window began, and its share; what is left of the one before is lost."""
        began = int(now // self._limit.seconds) * self._limit.seconds
        with self._turning:
            if began > self._window[0]:
                self._window = (began, {})
            window, shares = self._window
            return window, shares.setdefault(bucket, _Share())

    def _renew(self, share: _Share, bucket: str, began: int, asked: float) -> None:
        """Who waited for someone whose attempt failed does not make one too."""
        if share.failed > asked:
            raise Unavailable
        try:
            share.left = self._leases.take(
                bucket, window_began=began, wanted=self._lease, limit=self._limit.requests
            )
        except BaseException:
            share.failed = monotonic()
            raise
        share.exhausted = not share.left


def limited(app: ASGIApp, allowance: Allowance, callers: Callers) -> ASGIApp:
    """The application for those within their limit, also where it has no route."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["path"].rstrip("/") in NOT_LIMITED:
            await app(scope, receive, send)
            return
        try:
            seconds = allowance.wait(_bucket(scope, callers.of(scope)))
        except Exception as problem:  # noqa: BLE001 - answered as inside of the application
            await answer_problem(problem, scope, receive, send)
            return
        if seconds:
            await _refuse(send, seconds)
        else:
            await app(scope, receive, send)

    return serve


def _bucket(scope: HTTPScope, caller: Caller | None) -> str:
    """Of the token, however its header is spelt; without a valid one, of the client's address."""
    if caller is not None:
        return f"token {caller.token_id}"
    client = scope["client"]
    return f"address {client[0] if client else 'unknown'}"


async def _refuse(send: Send, seconds: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"retry-after", str(seconds).encode())]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": b"Retry later\n", "more_body": False})
