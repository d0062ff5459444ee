from typing import ClassVar, Protocol
from uuid import UUID


class Event(Protocol):
    """Something that happened to one subject."""

    name: ClassVar[str]
    version: ClassVar[int]
    subject: ClassVar[str]


def subject_id(event: Event) -> UUID | None:
    """Whom an event happened to; nobody in particular for an import."""
    return getattr(event, event.subject) if event.subject else None
