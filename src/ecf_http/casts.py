"""How values are read: as leniently as lead providers' clients are used to."""

import re
from typing import Any, Final
from uuid import UUID

from ecf_core.model.ids import NOTHING

_LEADING_NUMBER: Final = re.compile(r"\s*([+-]?)(\d+(?:_\d+)*)", re.ASCII)
_UUID: Final = re.compile(r"(\{)?(?:[0-9a-f]{4}-?){8}(?(1)\})", re.ASCII | re.IGNORECASE)
_is_blank: Final = re.compile(r"[^\S\x1c-\x1f]*").fullmatch
"""The separators of files and records are blank to Python alone."""
_MOST_DIGITS: Final = 20
"""A longer number is cut: what is left is still past any page, year and bigint."""


def whole_number(value: Any) -> int:
    """The number that a value starts with: ``"2024abc"`` and 2024.9 are 2024, ``"abc"`` is 0."""
    if not isinstance(value, str):
        return int(value)
    match = _LEADING_NUMBER.match(value)
    if match is None:
        return 0
    digits = match[2].replace("_", "").lstrip("0")[:_MOST_DIGITS]
    return int(f"{match[1]}{digits or 0}")


def id_of(value: Any) -> UUID:
    """A UUID in any case, with or without hyphens; any other text is the id of nothing."""
    text = str(value)
    return UUID(text) if _UUID.fullmatch(text) else NOTHING


def blank(value: Any) -> bool:
    """Not given: null, false, or a text of nothing but blanks."""
    return (
        value is None or value is False or (isinstance(value, str) and _is_blank(value) is not None)
    )
