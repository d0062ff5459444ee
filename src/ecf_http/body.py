"""What a write is sent: a JSON or form body, and the attributes in it."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

import msgspec
from attrs import frozen

from ecf_http.casts import blank, id_of, whole_number
from ecf_http.nested import parameters
from ecf_http.refusals import NULL_BYTE, WRONG_STRUCTURE, BadRequest


def _form(content: bytes) -> Any:
    return parameters(content.decode())


_READERS: Final[Mapping[str, Callable[[bytes], Any]]] = {
    "application/json": msgspec.json.decode,
    "application/vnd.api+json": msgspec.json.decode,
    "text/x-json": msgspec.json.decode,
    "application/x-www-form-urlencoded": _form,
}


@frozen
class Attribute:
    """What ``data.attributes`` may have: its name, and what the document says of it."""

    name: str
    schema: Mapping[str, Any]
    required: bool = True


@frozen
class Attributes:
    """The values of ``data.attributes``; a list or an object is as good as none."""

    _given: Mapping[str, Any]

    def text(self, wanted: Attribute) -> str | None:
        value = self._value(wanted.name)
        return None if blank(value) else str(value)

    def number(self, wanted: Attribute) -> int | None:
        value = self._value(wanted.name)
        return None if blank(value) else whole_number(value)

    def id(self, wanted: Attribute) -> UUID | None:
        value = self._value(wanted.name)
        return None if blank(value) else id_of(value)

    def _value(self, name: str) -> Any:
        value = self._given.get(name)
        if isinstance(value, str) and "\0" in value:
            raise BadRequest(NULL_BYTE, source={"pointer": f"/data/attributes/{name}"})
        return None if isinstance(value, list | dict) else value


@frozen
class SentBody:
    """A body as it came, with its content type; nothing is read before it is asked for."""

    content: bytes
    content_type: str

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()

    def attributes(self) -> Attributes:
        """Raises :class:`~ecf_http.refusals.BadRequest` where there is no ``data`` object."""
        match self._document():
            case {"data": {"attributes": [*_]}}:
                raise BadRequest(WRONG_STRUCTURE)
            case {"data": {"attributes": dict() as given}}:
                return Attributes(given)
            case {"data": dict() as data} if data:
                return Attributes({})
            case _:
                raise BadRequest(WRONG_STRUCTURE)

    def _document(self) -> Any:
        try:
            return _READERS[self.media_type](self.content)
        except (KeyError, ValueError, msgspec.DecodeError, RecursionError):
            raise BadRequest(WRONG_STRUCTURE) from None
