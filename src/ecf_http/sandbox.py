"""In a sandbox a request may say what the date is."""

from contextlib import AbstractContextManager
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Final, Protocol, runtime_checkable

from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from ecf_adapters.settings import instant

SERVER_DATE: Final = "x-with-server-date"


@runtime_checkable
class SettableClock(Protocol):
    """A clock that can be set for as long as one request takes."""

    def now(self) -> datetime: ...

    def set_to(self, instant: datetime) -> AbstractContextManager[None]: ...


class ServerDate(ASGIMiddleware):
    """Sets the clock to ``X-With-Server-Date``; what is no instant is ignored."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, clock: SettableClock) -> None:
        self._clock = clock

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        wanted = requested_date(Headers.from_scope(scope).get(SERVER_DATE, ""))
        if wanted is None:
            await next_app(scope, receive, send)
            return
        # All of the request is on this thread, in a context of its own.
        with self._clock.set_to(wanted):
            await next_app(scope, receive, send)


def requested_date(text: str) -> datetime | None:
    """The first year and the last are none: there is no room in them for what is reckoned."""
    try:
        wanted = instant(text)
    except (ValueError, OverflowError):
        return None
    return wanted if MINYEAR < wanted.year < MAXYEAR else None
