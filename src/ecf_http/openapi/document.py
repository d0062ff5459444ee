"""The document: every operation that is served, with what it reads and what it answers."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any, Final, get_args, get_origin, get_type_hints

from litestar.enums import HttpMethod
from litestar.routes import BaseRoute, HTTPRoute

from ecf_http.answers import Answer
from ecf_http.csv import CSV
from ecf_http.openapi import schemas
from ecf_http.openapi.operations import OPERATIONS, TAGS, Operation
from ecf_http.openapi.responses import responses
from ecf_http.openapi.schemas import Schema
from ecf_http.openapi.training_actions import TRAINING_ACTIONS
from ecf_http.query_parameters import QueryParameter
from ecf_http.wire.documents import JSON_API

_PATH_PARAMETER: Final = re.compile(r"\{\w+:str\}")
_DESCRIPTION: Final = """\
Partnerships between lead providers, delivery partners and schools, for the training of early
career teachers.

Paths, bodies and messages are those of the Department for Education's service. Clients should
accept attributes and headers that are not described here: more may be added."""
_ID: Final = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Its id, in any case, with or without hyphens.",
    "schema": {"type": "string", "format": "uuid"},
}
_IF_NONE_MATCH: Final = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an answer that you have: 304 as long as it is still the same.",
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of your own for this request. Sent again within 24 hours with the same "
    "body, it is answered as the first time if that succeeded, and nothing is done twice; what was "
    "refused is judged anew.",
    "schema": {"type": "string", "pattern": "^[ -~]*$", "maxLength": 255},
}
_SERVER_DATE: Final = {
    "name": "X-With-Server-Date",
    "in": "header",
    "description": "The date (RFC 3339) that this request is to be served at, in a sandbox; what "
    "is no instant is ignored.",
    "schema": {"type": "string"},
}
_JSON_TYPES: Final = (JSON_API, "application/json", "text/x-json")


def document(routes: Iterable[BaseRoute], *, sandbox: bool = False) -> dict[str, Any]:
    """All of it, of the API that has these routes; in a sandbox, requests may set the date."""
    answers = dict(_answers(routes))
    components = schemas.components(answer for answer in answers.values() if answer is not bytes)
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), operation in {**OPERATIONS, **TRAINING_ACTIONS}.items():
        paths.setdefault(path, {})[method] = _operation(
            operation,
            answers.pop((method, path)),
            components,
            headers=(_SERVER_DATE,) if sandbox else (),
            named="{id}" in path,
        )
    if answers:
        raise LookupError(f"not documented: {sorted(answers)}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lead provider API",
            "version": version("ecf"),
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token that belongs to one lead provider.",
                }
            },
        },
    }


def _answers(routes: Iterable[BaseRoute]) -> Iterator[tuple[tuple[str, str], Any]]:
    """What each handler answers with, by method and path."""
    for route in routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            for method in handler.http_methods - {HttpMethod.OPTIONS}:
                answer = get_type_hints(handler.fn)["return"]
                key = (str(method).lower(), _PATH_PARAMETER.sub("{id}", route.path))
                yield key, get_args(answer)[0] if get_origin(answer) is Answer else answer


def _operation(
    operation: Operation,
    answer: Any,
    components: Mapping[str, Schema],
    *,
    headers: tuple[Schema, ...],
    named: bool,
) -> dict[str, Any]:
    described = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": [
            *([_ID] if named else []),
            *map(_query_parameter, operation.query),
            _IDEMPOTENCY_KEY if operation.writes else _IF_NONE_MATCH,
            *headers,
        ],
        "responses": responses(operation, _content(answer, components), named=named),
    }
    return described | ({"requestBody": _body(operation)} if operation.writes else {})


def _content(answer: Any, components: Mapping[str, Schema]) -> Schema:
    """What a success sends, by its type."""
    if answer is bytes:
        return {CSV: {"schema": {"type": "string"}}}
    schema = {"$ref": f"#/components/schemas/{schemas.name_of(answer)}"}
    return {JSON_API: {"schema": schema, "example": schemas.example(schema, components)}}


def _query_parameter(parameter: QueryParameter) -> Schema:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.missing is not None,
        "description": parameter.description,
        "schema": parameter.schema,
        "example": parameter.example,
    }


def _body(operation: Operation) -> Schema:
    schema = schemas.sent(operation.sent, operation.sent_type)
    json = {"schema": schema, "example": schemas.example(schema, {})}
    form = schemas.sent_as_form(operation.sent)
    return {
        "required": True,
        "description": "Anything else that is sent is not looked at.",
        "content": {
            **dict.fromkeys(_JSON_TYPES, json),
            "application/x-www-form-urlencoded": {
                "schema": form,
                "example": schemas.example(form, {}),
            },
        },
    }
