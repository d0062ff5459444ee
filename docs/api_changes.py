"""What our API's document says otherwise than the one that the Department publishes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from litestar.testing import TestClient

from docs.markdown import table
from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core import DOCUMENTED, UseCases
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_http.app import create_app

_FILE: Final = Path(__file__).parents[1] / "tests" / "data" / "lead-provider-api-v3.json"
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_NOTHING: Final = "none"
_NULL: Final = "null"
_MISSING: Final = "missing"
_WORDS: Final = {
    "string": "text",
    "integer": "number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": _NULL,
}
_HEADER: Final = ("What", "Where", "Published", "Here")
Shape = dict[str, str]
"""What each part of a body or of a query is, by where it is."""


@frozen
class Described:
    """A document, and what is in it by method and path."""

    document: Mapping[str, Any]

    @property
    def operations(self) -> dict[tuple[str, str], Any]:
        return {
            (path, method): operation
            for path, operations in self.document["paths"].items()
            for method, operation in operations.items()
            if method in _METHODS
        }

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.document["components"]["schemas"][name]
        return schema

    def asked(self, operation: Mapping[str, Any]) -> Shape:
        """The parameters; one that is an object is one parameter for each of its properties."""
        shape: Shape = {}
        for parameter in operation.get("parameters", []):
            schema = self.resolved(parameter["schema"])
            name, required = parameter["name"], parameter.get("required", False)
            if name == "id":
                continue
            if "properties" in schema and "[" not in name:
                for inside in schema["properties"]:
                    needed = required and inside in schema.get("required", [])
                    shape[f"{name}[{inside}]"] = "required" if needed else "optional"
            else:
                where = " (header)" if parameter["in"] == "header" else ""
                shape[name + where] = "required" if required else "optional"
        return shape

    def sent(self, operation: Mapping[str, Any]) -> Shape:
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return self.shape(schema) if schema else {}

    def answered(self, operation: Mapping[str, Any], status: str) -> Shape:
        content = operation["responses"].get(status, {}).get("content", {})
        schema = next((c["schema"] for c in content.values() if "schema" in c), None)
        return self.shape(schema) if schema else {}

    def shape(self, schema: Mapping[str, Any]) -> Shape:
        """The leaves of a schema; where there is a choice, all that can be there."""
        found: dict[str, dict[str, None]] = {}
        for where, words in self._leaves(schema, ""):
            found.setdefault(where, {}).update(dict.fromkeys(words))
        return {where: _joined(words) for where, words in found.items()}

    def _leaves(
        self, schema: Mapping[str, Any], at: str, *, needed: bool = True
    ) -> Iterator[tuple[str, list[str]]]:
        schema = self.resolved(schema)
        choices = [
            part for choice in ("anyOf", "oneOf", "allOf") for part in schema.get(choice, ())
        ]
        inside = f"{at}." if at else ""
        if choices and "enum" not in schema:
            for part in choices:
                yield from self._leaves(part, at, needed=needed)
        elif isinstance(schema.get("const"), dict):
            for name, value in schema["const"].items():
                yield f"{inside}{name}", [f"`{value}`"]
        elif "properties" in schema:
            for name, part in schema["properties"].items():
                required = name in schema.get("required", ())
                yield from self._leaves(part, f"{inside}{name}", needed=required)
        elif "items" in schema:
            yield from self._leaves(schema["items"], f"{at}[]", needed=needed)
        else:
            yield at, [*_words(schema), *([] if needed else [_MISSING])]


def _joined(words: Iterable[str]) -> str:
    """Null and missing come last, whatever the other choices are."""
    last = (_NULL, _MISSING)
    return " or ".join((*(w for w in words if w not in last), *(w for w in last if w in words)))


def _words(schema: Mapping[str, Any]) -> Iterator[str]:
    """What a leaf can be."""
    kinds = schema.get("type", [])
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    if values:
        yield from sorted(f"`{value}`" for value in values if value is not None)
    else:
        for kind in [kinds] if isinstance(kinds, str) else kinds:
            yield _WORDS[kind] + (f" ({schema['format']})" if "format" in schema else "")
    if schema.get("nullable") or None in values:
        yield _NULL
    elif not values and not kinds:
        yield "anything"


@cache
def _published() -> Described:
    return Described(json.loads(_FILE.read_text(encoding="utf-8")))


@cache
def _ours() -> Described:
    """The document that a server describes itself in."""
    storage, clock = MemoryStorage(), SettableClock()
    use_cases = UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=clock,
        new_id=SequentialIds(),
        new_secret=SequentialSecrets(),
        rules=DOCUMENTED,
    )
    app = create_app(use_cases, memory_queries(storage), clock=clock, check_database=lambda: None)
    with TestClient(app) as client:
        return Described(client.get("/api/openapi.json").json())


def _both() -> list[tuple[str, str]]:
    return [key for key in _ours().operations if key in _published().operations]


def _called(path: str, method: str) -> str:
    return f"`{method.upper()} {path}`"


def operations() -> str:
    """Which operations there are, here and there."""
    ours, theirs = _ours().operations, _published().operations
    rows = []
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        here, there = key in ours, key in theirs
        said = "yes" if here and there else "added" if here else "not served yet"
        rows.append((_called(*key), "yes" if there else _NOTHING, said))
    return table(("Operation", "Published", "Here"), rows)


def statuses() -> str:
    """With what each operation answers, beside what it is said to."""
    rows = []
    for key in _both():
        theirs = _published().operations[key]["responses"]
        ours = _ours().operations[key]["responses"]
        headers = [h for s in ours.values() for h in s.get("headers", {})]
        rows.append(
            (
                _called(*key),
                ", ".join(s for s in theirs if s in ours),
                ", ".join(s for s in ours if s not in theirs) or _NOTHING,
                ", ".join(s for s in theirs if s not in ours) or _NOTHING,
                ", ".join(f"`{h}`" for h in sorted(set(headers))),
            )
        )
    return table(("Operation", "In both", "Added", "Left out", "Headers, none published"), rows)


def media_types() -> str:
    """Of which type the answers are."""

    def types(of: Described) -> str:
        found = {
            media_type
            for key in _both()
            for response in of.operations[key]["responses"].values()
            for media_type in response.get("content", {})
        }
        return ", ".join(f"`{media_type}`" for media_type in sorted(found))

    return table(("Published", "Here"), [(types(_published()), types(_ours()))])


Row = tuple[str, str, str, str]


@cache
def _rows() -> Mapping[tuple[str, str], tuple[Row, ...]]:
    return {key: tuple(_different(*key)) for key in _both()}


def _everywhere() -> list[Row]:
    """What is different alike wherever there is such an answer; successes are each their own."""
    every = {row: 0 for rows in _rows().values() for row in rows}
    for row in every:
        status = row[0].removeprefix("answered, ")
        with_it = [k for k in _both() if status in _published().operations[k]["responses"]]
        every[row] = len(with_it) > 1 and all(row in _rows()[key] for key in with_it)
    return [row for row, alike in every.items() if alike and row[0] != "answered, 200"]


def everywhere() -> str:
    """The differences that all operations share."""
    return table(_HEADER, _everywhere())


def differences() -> str:
    """What is asked for, sent and answered otherwise, operation by operation."""
    shared = _everywhere()
    parts = []
    for key, every in _rows().items():
        rows = [row for row in every if row not in shared]
        said = table(_HEADER, rows) if rows else "Nothing else is different."
        parts.append(f"### {_called(*key)}\n\n{said}")
    return "\n\n".join(parts)


def _different(path: str, method: str) -> Iterator[Row]:
    theirs = _published().operations[path, method]
    ours = _ours().operations[path, method]
    pairs = [
        ("parameter", _published().asked(theirs), _ours().asked(ours)),
        ("sent", _published().sent(theirs), _ours().sent(ours)),
    ]
    for status in ours["responses"]:
        if status in theirs["responses"]:
            published = _published().answered(theirs, status)
            pairs.append((f"answered, {status}", published, _ours().answered(ours, status)))
    for what, published, here in pairs:
        for where in dict.fromkeys((*published, *here)):
            there, now = published.get(where, _NOTHING), here.get(where, _NOTHING)
            if there != now and not (there == "text" and now.startswith("`")):
                yield what, f"`{where}`", there, now
