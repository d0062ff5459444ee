"""What every request has around it: an id, a few headers, a line in the log, and its numbers."""

import re
from time import perf_counter
from typing import Final
from uuid import uuid4

from litestar.datastructures import Headers
from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from ecf_core.queries.tokens import Caller
from ecf_http.formats import set_format_aside
from ecf_http.log import REQUEST_ID, log
from ecf_http.metrics import Metrics

_NOT_IN_AN_ID: Final = re.compile(r"[^\w@-]", re.ASCII)
_LONGEST_ID: Final = 255
_HEADERS: Final = (
    (b"cache-control", b"max-age=0, private, must-revalidate"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
)
"""Where an answer does not say otherwise."""


def enveloped(app: ASGIApp, metrics: Metrics) -> ASGIApp:
    """The application with all of it, also around what has no route."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await _Envelope(scope, metrics).around(app, receive, send)
        else:
            await app(scope, receive, send)

    return serve


class _Envelope:
    """One request, from the first byte in to the last byte out."""

    def __init__(self, scope: HTTPScope, metrics: Metrics) -> None:
        self._scope = scope
        self._metrics = metrics
        self._began = self._sent = perf_counter()
        self._asked = {"method": str(scope["method"]), "path": scope["path"]}
        given = Headers.from_scope(scope).get("x-request-id", "")
        # The client's own id, as far as it can stand in a log.
        self._id = _NOT_IN_AN_ID.sub("", given)[:_LONGEST_ID] or str(uuid4())
        self._status: int | None = None

    async def around(self, app: ASGIApp, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._status = message["status"]
                said = {name.lower() for name, _ in message["headers"]}
                unsaid = [pair for pair in _HEADERS if pair[0] not in said]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", self._id.encode()),
                    *unsaid,
                ]
            await send(message)
            self._sent = perf_counter()

        self._route_as_observed()
        self._metrics.began()
        outside = REQUEST_ID.set(self._id)
        try:
            await app(self._scope, receive, send_with_headers)
        finally:
            self._tell()
            REQUEST_ID.reset(outside)

    def _route_as_observed(self) -> None:
        """OPTIONS is a wrong verb like any other; an extension is no part of the route."""
        if self._scope["method"] == HttpMethod.OPTIONS:
            self._scope["method"] = "TRACE"
        set_format_aside(self._scope)

    def _tell(self) -> None:
        seconds = self._sent - self._began
        route = self._scope.get("path_template", "")
        self._metrics.ended(self._asked["method"], route, self._status, seconds)
        caller = self._scope.get("user")
        log(
            "request",
            **self._asked,
            status=self._status,
            duration_ms=round(seconds * 1000, 1),
            lead_provider=caller.lead_provider if isinstance(caller, Caller) else None,
        )
