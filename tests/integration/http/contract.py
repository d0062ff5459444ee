"""Whether an answer is as an OpenAPI document says it is."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from attrs import field, frozen
from httpx import Response
from jsonschema_rs import Draft202012Validator, validator_for

_EXTENSION: Final = re.compile(r"(?<=^/api/v3/)(.*[^/])\.\w+$")
"""It says nothing, but in the versions before."""
_ELSEWHERE: Final = {400, 401, 404}
"""What is answered where there is no such path, or no such verb."""


@frozen
class Contract:
    """A document, and what it says of a response.

    What it does not know must not be there: no attribute, and no verb that does anything.
    """

    _document: Mapping[str, Any]
    _components: str = field(init=False)

    @_components.default
    def _as_text(self) -> str:
        return json.dumps(self._document["components"])

    def broken_by(self, response: Response) -> Iterator[str]:
        """All that is wrong with it; a status that the document is silent about is not judged."""
        match self._described(response):
            case "no verb" if response.status_code not in _ELSEWHERE:
                yield f"there is no {response.request.method}"
            case {} as described:
                yield from self._headers(response, described.get("headers", {}))
                yield from self._body(response, described.get("content", {}))

    def is_silent_about(self, response: Response) -> bool:
        """Whether it knows what was asked for, but not that it can be answered like this."""
        return self._described(response) == "no status"

    def _described(self, response: Response) -> Mapping[str, Any] | str:
        """What the document has for it, or what it does not have."""
        asked = _EXTENSION.sub(r"\1", response.request.url.path).removesuffix("/")
        for path, operations in self._document["paths"].items():
            if _template(path).fullmatch(asked):
                operation = operations.get(response.request.method.lower())
                if operation is None:
                    return "no verb"
                found: Mapping[str, Any] | str = operation["responses"].get(
                    str(response.status_code), "no status"
                )
                return found
        return "no path"

    def _headers(self, response: Response, described: Mapping[str, Any]) -> Iterator[str]:
        for name, header in described.items():
            value = response.headers.get(name)
            if value is None and header.get("required"):
                yield f"there is no header {name}"
            elif value is not None:
                yield from self._faults(header["schema"], value)

    def _body(self, response: Response, described: Mapping[str, Any]) -> Iterator[str]:
        media_type = response.headers.get("content-type", "").partition(";")[0]
        if not described:
            if response.content:
                yield "there is a body"
        elif media_type not in described:
            yield f"it is {media_type or 'of no type'}"
        else:
            text = media_type.startswith("text/")
            value = response.text if text else response.json()
            yield from self._faults(described[media_type]["schema"], value)

    def _faults(self, schema: Mapping[str, Any], value: Any) -> Iterator[str]:
        for error in _validator(json.dumps(schema), self._components).iter_errors(value):
            yield f"{'/'.join(map(str, error.instance_path))}: {error.message}"


@cache
def _template(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


@cache
def _validator(schema: str, components: str) -> Draft202012Validator:
    whole = _closed({**json.loads(schema), "components": json.loads(components)})
    made = validator_for(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **whole}, validate_formats=True
    )
    assert isinstance(made, Draft202012Validator)
    return made


def _closed(value: Any) -> Any:
    """A schema that admits nothing that it does not name, and ``null`` where OpenAPI 3.0 does."""
    if isinstance(value, list):
        return [_closed(item) for item in value]
    if not isinstance(value, dict):
        return value
    closed = {key: _closed(part) for key, part in value.items()}
    if closed.get("type") == "object" and "properties" in closed:
        closed.setdefault("additionalProperties", False)
    if closed.get("nullable") is True:
        if "type" in closed:
            closed["type"] = [closed["type"], "null"]
        elif "anyOf" in closed:
            closed["anyOf"] = [*closed["anyOf"], {"type": "null"}]
    return closed
