"""Everything that can go wrong, as lead providers' clients know it."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Final

from litestar import MediaType, Request, Response
from litestar.exceptions import (
    ClientException,
    InternalServerException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
)
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import HTTPScope, Receive, Send
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime

from ecf_core.errors import (
    THE_ACTION,
    AlreadyAnswered,
    KeyReused,
    NotFound,
    Refused,
    StaleWrite,
    Violation,
)
from ecf_http.idempotency import IDEMPOTENCY_KEY, REPLAYED
from ecf_http.log import log, log_defect
from ecf_http.refusals import BAD_REQUEST, BadRequest, NotAcceptable, Problem, Unavailable
from ecf_http.wire.documents import JSON_API

AnyRequest = Request[Any, Any, Any]
Answer = Response[dict[str, Any]]
_CLIENT_CLOSED_REQUEST: Final = 499
_CLIENT_GONE: Final = "client disconnected prematurely"  # Litestar's words for it
_INVALID_ACTION: Final = "Invalid action"
_CHALLENGE: Final = {"WWW-Authenticate": 'Token realm="Application"'}

ACCESS_DENIED: Final = {"error": "HTTP Token: Access denied"}
NOT_FOUND: Final = {"error": "Resource not Found"}
TOO_LARGE: Final = Problem(
    "Content too large", "The request body must not be over 1 MB.", "content_too_large"
)
UNAVAILABLE: Final = {"error": "Service unavailable"}
SERVER_ERROR: Final = {"error": "Internal server error"}


def _answer(
    status: int, content: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Answer:
    return Response(content, status_code=status, media_type=JSON_API, headers=headers)


def _bad_request(_: AnyRequest, refusal: BadRequest) -> Answer:
    return _answer(400, {"errors": [refusal.problem]})


def _not_understood(_: AnyRequest, __: ClientException) -> Answer:
    problem = Problem(BAD_REQUEST, "The request could not be understood.", "bad_request")
    return _answer(400, {"errors": [problem]})


def _not_acceptable(_: AnyRequest, __: NotAcceptable) -> Response[None]:
    return Response(None, status_code=406, media_type=MediaType.HTML)


def _access_denied(_: AnyRequest, __: NotAuthorizedException) -> Answer:
    return _answer(401, ACCESS_DENIED, _CHALLENGE)


def _not_found(_: AnyRequest, __: Exception) -> Answer:
    return _answer(404, NOT_FOUND)


def _too_large(_: AnyRequest, __: RequestEntityTooLarge) -> Answer:
    return _answer(413, {"errors": [TOO_LARGE]})


def _refused(_: AnyRequest, refusal: Refused) -> Answer:
    return _answer(422, {"errors": problems(refusal.violations)})


def _key_reused(_: AnyRequest, refusal: KeyReused) -> Answer:
    source = {"header": IDEMPOTENCY_KEY}
    reused = [Problem(IDEMPOTENCY_KEY, v.message, v.code, source) for v in refusal.violations]
    return _answer(422, {"errors": reused})


def _answered_already(_: AnyRequest, answered: AlreadyAnswered) -> Response[bytes]:
    """As it was: every success of a write is a 200 with a JSON document."""
    return Response(answered.content, status_code=200, media_type=JSON_API, headers=REPLAYED)


def problems(violations: Iterable[Violation]) -> list[Problem]:
    """One object for each attribute, in the order in which they are found."""
    by_field: dict[str, list[Violation]] = {}
    for violation in violations:
        by_field.setdefault(violation.field, []).append(violation)
    return [
        Problem(
            title=_INVALID_ACTION if field == THE_ACTION else field,
            detail=", ".join(dict.fromkeys(v.message for v in broken)),
            code=", ".join(dict.fromkeys(v.code for v in broken)),
            source=None if field == THE_ACTION else {"pointer": f"/data/attributes/{field}"},
        )
        for field, broken in by_field.items()
    ]


def _unavailable(_: AnyRequest, problem: Exception) -> Answer:
    log("unavailable", logging.WARNING, problem=type(problem).__name__)
    return _answer(503, UNAVAILABLE)


def _database_error(request: AnyRequest, problem: DBAPIError) -> Answer:
    return (_unavailable if problem.connection_invalidated else _defect)(request, problem)


def _server_error(request: AnyRequest, problem: InternalServerException) -> Answer:
    """A client that went away while it was sending is no defect; nobody reads the answer."""
    if problem.detail != _CLIENT_GONE:
        return _defect(request, problem)
    log("client_gone")
    return _answer(_CLIENT_CLOSED_REQUEST, {"error": "Client Closed Request"})


def _defect(_: AnyRequest, problem: Exception) -> Answer:
    log_defect(problem)
    return _answer(500, SERVER_ERROR)


async def answer_problem(
    problem: Exception, scope: HTTPScope, receive: Receive, send: Send
) -> None:
    """Answers what goes wrong outside of the application as it answers it itself."""
    handle = next(
        EXCEPTION_HANDLERS[kind] for kind in type(problem).__mro__ if kind in EXCEPTION_HANDLERS
    )
    request: AnyRequest = Request(scope, receive, send)
    response: Answer = handle(request, problem)
    await response.to_asgi_response(None, request)(scope, receive, send)


EXCEPTION_HANDLERS: Final[dict[int | type[Exception], Any]] = {
    BadRequest: _bad_request,
    NotAcceptable: _not_acceptable,
    ClientException: _not_understood,
    NotAuthorizedException: _access_denied,
    NotFound: _not_found,
    NotFoundException: _not_found,
    MethodNotAllowedException: _not_found,
    RequestEntityTooLarge: _too_large,
    AlreadyAnswered: _answered_already,
    KeyReused: _key_reused,
    Refused: _refused,
    StaleWrite: _unavailable,
    OperationalError: _unavailable,
    InterfaceError: _unavailable,
    NoConnectionInTime: _unavailable,
    Unavailable: _unavailable,
    DBAPIError: _database_error,
    InternalServerException: _server_error,
    Exception: _defect,
}
