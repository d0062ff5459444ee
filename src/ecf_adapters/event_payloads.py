"""Events as JSON, the form in which they are kept and shown."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from attr import asdict  # the one of attrs' two that makes lists of tuples, as JSON does
from attrs import AttrsInstance

from ecf_core.events import Event


def payload(event: Event) -> dict[str, Any]:
    """The details of an event; the subject of an event is one of them."""
    details: AttrsInstance = event  # type: ignore[assignment]  # every event is an attrs class
    return asdict(
        details, value_serializer=lambda _, __, value: _plain(value), retain_collection_types=False
    )


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case Enum():
            return value.value
        case UUID() | date() | Decimal():
            return str(value)
        case _:
            return value
