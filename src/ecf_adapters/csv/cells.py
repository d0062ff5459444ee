"""What a cell of a file may say, each by its own strict form."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from attrs import frozen

from ecf_core.model.ids import NOTHING
from ecf_core.model.instants import midnight

T = TypeVar("T")

_REGISTER_DATE: Final = re.compile(r"(\d\d)-(\d\d)-(\d{4})", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_URN: Final = re.compile(r"[1-9]\d{0,9}", re.ASCII)
_CODE: Final = re.compile(r"\d{1,4}", re.ASCII)
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)


class Unsuitable(ValueError):
    """A cell does not say what its column is for."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@frozen(kw_only=True)
class Column:
    """A column of a file: its header, and how its cells are read once they are stripped."""

    header: str
    reads: Callable[[str], Any] = str
    needed: bool = True
    unique: bool = False


def required(reads: Callable[[str], Any] = str) -> Callable[[str], Any]:
    """A cell that may not be blank."""

    def read(text: str) -> Any:
        if not text:
            raise Unsuitable("blank", "is missing")
        return reads(text)

    return read


def optional(reads: Callable[[str], T]) -> Callable[[str], T | None]:
    """A cell that may be blank."""
    return lambda text: reads(text) if text else None


def one_of(values: Mapping[str, T]) -> Callable[[str], T]:
    """A cell that says one of a few words."""

    def read(text: str) -> T:
        if text not in values:
            raise Unsuitable("invalid", f"is none of {', '.join(filter(None, values))}")
        return values[text]

    return read


def urn(text: str) -> str:
    if not _URN.fullmatch(text):
        raise Unsuitable("invalid", "is no URN: a number of at most ten digits")
    return text


def code(text: str) -> int:
    """A code of the register's, known here or not."""
    if not _CODE.fullmatch(text):
        raise Unsuitable("invalid", "is no code: a number of at most four digits")
    return int(text)


def year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise Unsuitable("invalid", "is no year such as 2025")
    return int(text)


def identifier(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        found = NOTHING
    if found == NOTHING or str(found) != text:
        raise Unsuitable("invalid", "is no UUID in lower case with hyphens")
    return found


def register_date(text: str) -> date:
    """A date as the register writes it: ``31-08-2024``."""
    match = _REGISTER_DATE.fullmatch(text)
    return _date(match and (match[3], match[2], match[1]), "is no date such as 31-08-2024")


def day(text: str) -> date:
    """A date as other files write it: ``2024-09-01`` or ``2024/9/1``."""
    match = _DATE.fullmatch(text)
    return _date(match and (match[1], match[3], match[4]), "is no date such as 2024-09-01")


def instant(text: str) -> datetime:
    """The midnight, UTC, at which a day begins."""
    return midnight(day(text))


def _date(parts: tuple[str, str, str] | None, message: str) -> date:
    try:
        if parts is not None:
            return date(*map(int, parts))
    except ValueError:
        pass  # no such day
    raise Unsuitable("invalid", message)


def boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise Unsuitable("invalid", "is neither true nor false")
    return text.lower() == "true"
