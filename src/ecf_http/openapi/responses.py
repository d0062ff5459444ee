"""What can be answered, with the bodies that the code answers with."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from ecf_core.errors import Violation
from ecf_http import errors, filters
from ecf_http.openapi.operations import Operation
from ecf_http.openapi.schemas import Schema
from ecf_http.paging import PER_PAGE
from ecf_http.refusals import NULL_BYTE, WRONG_STRUCTURE, BadRequest, Errors, Problem
from ecf_http.wire.documents import JSON_API

_REQUEST_ID: Final[Schema] = {
    "description": "Your own `X-Request-Id`, or one that was given to the request.",
    "required": True,
    "schema": {"type": "string", "examples": ["c0ffee00-5f1b-4c6f-8a39-1f0f4f1d8a11"]},
}
_TAG: Final[Schema] = {
    "description": "Send it in `If-None-Match`: as long as the answer is the same, it is 304.",
    "required": True,
    "schema": {
        "type": "string",
        "pattern": '^W/"[0-9a-f]+"$',
        "examples": ['W/"5d41402abc4b2a76b9719d911017c592"'],
    },
}
_LINK: Final[Schema] = {
    "description": "The pages beside this one (RFC 8288), `next` and `prev`, as far as there are "
    "any: follow them rather than count.",
    "schema": {
        "type": "string",
        "examples": ['</api/v3/partnerships/ecf?page%5Bpage%5D=2>; rel="next"'],
    },
}
_REPLAYED: Final[Schema] = {
    "description": "This is the answer that the first request with this `Idempotency-Key` had.",
    "schema": {"const": "true"},
}
_CHALLENGE: Final[Schema] = {"required": True, "schema": {"const": 'Token realm="Application"'}}
_RETRY_AFTER: Final[Schema] = {
    "description": "After how many seconds to ask again.",
    "schema": {"type": "string", "pattern": r"^\d+$", "examples": ["120"]},
}


def responses(operation: Operation, content: Mapping[str, Any], *, named: bool) -> dict[str, Any]:
    """By status; ``content`` is what a success sends, ``named`` whether the path has an id."""
    by_status: dict[str, Any] = {"200": _success(operation, content)}
    if not operation.writes:
        by_status["304"] = _response("You have it already.", headers={"ETag": _TAG})
    by_status["400"] = _problems(
        "The request means nothing; nothing was changed.", list(_bad_requests(operation))
    )
    by_status["401"] = _fixed(
        "No token, or none that is valid.",
        errors.ACCESS_DENIED,
        {"WWW-Authenticate": _CHALLENGE},
    )
    if named and operation.finds:
        by_status["404"] = _fixed("No such thing, or not yours to see.", errors.NOT_FOUND)
    if operation.writes:
        by_status["413"] = _problems("The body is over 1 MB.", [errors.TOO_LARGE])
        by_status["422"] = _problems(
            "A rule is broken, and nothing was changed: one object for each attribute that is "
            "refused. Or the `Idempotency-Key` was used before, with another body: its code is "
            "`idempotency_key_reused`.",
            list(_refusals(operation)),
        )
    by_status["429"] = _response(
        "Too many requests: 1000 in five minutes are allowed for each token.",
        {"text/plain": {"schema": {"type": "string"}, "example": "Retry later\n"}},
        {"Retry-After": _RETRY_AFTER},
    )
    by_status["500"] = _fixed("A defect of the service.", errors.SERVER_ERROR)
    by_status["503"] = _fixed(
        "The database cannot be reached, or too many wanted the same at once: try again.",
        errors.UNAVAILABLE,
    )
    return by_status


def _success(operation: Operation, content: Mapping[str, Any]) -> dict[str, Any]:
    headers: dict[str, Schema] = {}
    if operation.writes:
        headers["Idempotency-Replayed"] = _REPLAYED
    else:
        headers["ETag"] = _TAG
    if PER_PAGE in operation.query:
        headers["Link"] = _LINK
    return _response("Done.", content, headers)


def _bad_requests(operation: Operation) -> Iterator[Problem]:
    yield filters.no_hash().problem
    for parameter in operation.query:
        if parameter.missing:
            yield parameter.left_out().problem
        if parameter.unreadable:
            yield parameter.refused().problem
    if operation.writes:
        yield BadRequest(WRONG_STRUCTURE).problem
    for attribute in operation.sent:
        pointer = {"pointer": f"/data/attributes/{attribute.name}"}
        yield BadRequest(NULL_BYTE, source=pointer).problem


def _refusals(operation: Operation) -> Iterator[Problem]:
    """What each rule says, of those that can be broken by what is sent."""
    names = {*(attribute.name for attribute in operation.sent), *operation.not_sent}
    for rule in operation.rules:
        if rule.field in names:
            yield from errors.problems([Violation(rule.field, rule.code, rule.message)])


def _problems(description: str, examples: list[Problem]) -> dict[str, Any]:
    shown = {
        f"{number} {problem.code}": {
            "summary": problem.detail,
            "value": msgspec.to_builtins(Errors([problem])),
        }
        for number, problem in enumerate(examples, start=1)
    }
    content = {"schema": {"$ref": "#/components/schemas/Errors"}, "examples": shown}
    return _response(description, {JSON_API: content})


def _fixed(
    description: str, body: Mapping[str, str], headers: Mapping[str, Schema] | None = None
) -> dict[str, Any]:
    """A body that is always the same."""
    return _response(description, {JSON_API: {"schema": {"const": body}, "example": body}}, headers)


def _response(
    description: str,
    content: Mapping[str, Any] | None = None,
    headers: Mapping[str, Schema] | None = None,
) -> dict[str, Any]:
    described = {
        "description": description,
        "headers": {**(headers or {}), "X-Request-Id": _REQUEST_ID},
    }
    return described | ({"content": content} if content else {})
