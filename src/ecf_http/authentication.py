"""Who calls: every request to the API carries a lead provider's token."""

import re
from datetime import datetime, timedelta
from typing import Any, Final, cast

from attrs import frozen
from litestar.datastructures import Headers
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from ecf_core.model.ids import TokenId
from ecf_core.model.token import token_hash
from ecf_core.ports.clock import Clock
from ecf_core.queries.tokens import Caller, TokenQueries
from ecf_core.use_cases.tokens import NoteTokenUse
from ecf_http.log import log

_SCHEME: Final = re.compile(r"(?:Token|Bearer)\s+")
_SEPARATOR: Final = re.compile(r"[,;\t]")
_NOTED_EVERY: Final = timedelta(minutes=1)


def token_in(authorization: str) -> str | None:
    """The token of ``Bearer x``, ``Token x`` or ``Token token="x"``."""
    scheme = _SCHEME.match(authorization)
    if scheme is None:
        return None
    first = _SEPARATOR.split(authorization[scheme.end() :])[0].removeprefix("token=")
    return first.removeprefix('"').removesuffix('"') or None


@frozen
class Callers:
    """Finds out who calls, once for each request.

    Tokens are judged by the server's own clock, whatever date a sandbox is set to.
    """

    _tokens: TokenQueries
    _clock: Clock

    def of(self, scope: Scope) -> Caller | None:
        found = cast(dict[str, Any], scope)
        if "user" not in found:
            token = token_in(Headers.from_scope(scope).get("authorization", ""))
            found["user"] = self._caller(token) if token else None
        caller: Caller | None = found["user"]
        return caller

    def know(self, scope: Scope) -> bool:
        """Whether it can be found out, and there is someone; what goes wrong, goes wrong again."""
        try:
            return self.of(scope) is not None
        except Exception:  # noqa: BLE001 - as soon as the request is served, which answers it
            return False

    def _caller(self, token: str) -> Caller | None:
        return self._tokens.caller(token_hash(token), at=self._clock.now())


class Authentication(ASGIMiddleware):
    """Lets a request pass whose token is valid, and notes that the token was used."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, callers: Callers, note_token_use: NoteTokenUse, clock: Clock) -> None:
        self._callers = callers
        self._note_token_use = note_token_use
        self._clock = clock
        self._attempted: dict[TokenId, datetime] = {}

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        now = self._clock.now()  # the server's own, as no request has set it yet
        caller = self._callers.of(scope)
        if caller is None:
            raise NotAuthorizedException
        await next_app(scope, receive, send)
        # Only now, when the response is on its way: nobody waits for this write.
        if self._due(caller, now):
            self._attempted[caller.token_id] = now
            self._note_use(caller.token_id)

    def _due(self, caller: Caller, now: datetime) -> bool:
        """At most once a minute; an attempt that failed is not repeated sooner either."""
        known = (caller.last_used_at, self._attempted.get(caller.token_id))
        latest = max((at for at in known if at is not None), default=None)
        return latest is None or now - latest >= _NOTED_EVERY

    def _note_use(self, token_id: TokenId) -> None:
        try:
            self._note_token_use(token_id)
        except Exception as problem:  # noqa: BLE001 - a request never fails for this
            log("token_use_not_noted", token_id=str(token_id), problem=type(problem).__name__)
