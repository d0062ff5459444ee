"""Parameters with brackets, of a query or a form: ``filter[cohort]=2024&page[page]=2``."""

import re
from typing import Any, Final
from urllib.parse import unquote_plus

Parameters = dict[str, Any]
"""Texts by name, nested where the names are; a list where the value is no single text."""

_KEY: Final = re.compile(r"\[([^\[\]]*)\]")


def parameters(encoded: str) -> Parameters:
    """Raises ``UnicodeDecodeError`` for what is no UTF-8."""
    found: Parameters = {}
    for pair in encoded.split("&"):
        name, equals, value = pair.partition("=")
        outer, *keys = _path(unquote_plus(name, errors="strict"))
        if outer:
            text = unquote_plus(value, errors="strict") if equals else None
            _put(found, [outer, *keys], text)
    return found


def _path(name: str) -> list[str]:
    """``filter[cohort]`` as its two keys."""
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
