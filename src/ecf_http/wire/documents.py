"""The documents that every answer is: one thing, or a list of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Final, Generic, TypeVar, cast

from msgspec import Meta, Raw, Struct

from ecf_core.errors import NotFound, Violation
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.queries.tokens import Caller

JSON_API: Final = "application/vnd.api+json"

_SECOND: Final = len("2024-09-01T09:00:00")
_MILLISECOND: Final = len("2024-09-01T09:00:00.000")

A = TypeVar("A")
T = TypeVar("T")

Id = Annotated[
    str,
    Meta(examples=["cd3a1234-7308-4879-942a-c4a70ced400a"], extra_json_schema={"format": "uuid"}),
]
Instant = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
        examples=["2025-09-10T09:30:00Z"],
        extra_json_schema={"format": "date-time"},
    ),
]
Year = Annotated[str, Meta(pattern=r"^\d+$", examples=["2025"])]
Urn = Annotated[str, Meta(description="The school's unique reference number.", examples=["100001"])]


Row = tuple[Any, ...]
"""What is shown of a thing, in the order of its list's columns; instants to the microsecond."""


class Resource(Struct, Generic[A], frozen=True):
    """A thing, identified, with what is shown of it."""

    id: Id
    type: str
    attributes: A


class Document(Struct, Generic[A], frozen=True):
    """One thing."""

    data: Resource[A]


class Documents(Struct, Generic[A], frozen=True):
    """A page of things."""

    data: list[Resource[A]]


def documents_of(resources: Iterable[str]) -> Documents[Any]:
    """Of what is JSON already."""
    return Documents([cast(Any, Raw(json)) for json in resources])


def documents(resources: Iterable[Resource[A]]) -> Documents[A]:
    return Documents(list(resources))


def found(row: T | None, what: str) -> T:
    """Raises :class:`~ecf_core.errors.NotFound` for what is not there, or not the caller's."""
    if row is None:
        raise NotFound(Violation(what, "blank", f"Enter a '#/{what}'."))
    return row


def actor(caller: Caller) -> Actor:
    return Actor(ActorKind.LEAD_PROVIDER, caller.lead_provider)


def shown_instant(at: datetime) -> str:
    """RFC 3339 in UTC, to the microsecond."""
    return f"{at.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def to_the_second(instant: str) -> str:
    return f"{instant[:_SECOND]}Z"


def to_the_millisecond(instant: str) -> str:
    return f"{instant[:_MILLISECOND]}Z"
