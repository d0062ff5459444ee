"""Parameters with brackets, of a query or a form: ``filter[cohort]=2024&page[page]=2``."""

import re
from typing import Any, Final
from urllib.parse import unquote_plus

Parameters = dict[str, Any]
"""Texts by name, nested where the names are; a list where the value is no single text."""

_KEY: Final = re.compile(r"\[([^\[\]]*)\]")
_MOST: Final = 4096
_DEEPEST: Final = 32


def parameters(encoded: str) -> Parameters:
    """Raises ``ValueError`` for what is no UTF-8, and for more than anybody means."""
    found: Parameters = {}
    if encoded.count("&") >= _MOST:
        raise ValueError(f"more than {_MOST} parameters")
    for pair in encoded.split("&"):
        name, equals, value = pair.partition("=")
        outer, *keys = _path(unquote_plus(name, errors="strict"))
        if outer:
            text = unquote_plus(value, errors="strict") if equals else None
            _put(found, [outer, *keys], text)
    return found


def _path(name: str) -> list[str]:
    """``filter[cohort]`` as its two keys."""
    if name.count("[") > _DEEPEST:
        raise ValueError(f"deeper than {_DEEPEST} keys")
    outer, bracket, _ = name.partition("[")
    return [outer, *_KEY.findall(name[len(outer) :])] if bracket else [name]


def _put(found: Parameters, path: list[str], text: str | None) -> None:
    """Puts a text where its keys say; one that is given in two shapes has none: it is a list."""
    *outer, last = path
    for depth, key in enumerate(outer):
        if not path[depth + 1] or not isinstance(found.setdefault(key, {}), dict):
            found[key] = []
            return
        found = found[key]
    found[last] = [] if isinstance(found.get(last), dict | list) else text
