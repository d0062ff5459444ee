"""Events as JSON, the form in which they are kept and shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

from cattrs.preconf.json import make_converter

from ecf_core.events import Event

_converter = make_converter()
_converter.register_unstructure_hook(UUID, str)
_converter.register_unstructure_hook(
    datetime, lambda instant: instant.isoformat().replace("+00:00", "Z")
)


def payload(event: Event) -> dict[str, Any]:
    """The details of an event; the subject of an event is one of them."""
    details: dict[str, Any] = _converter.unstructure(event)
    return details
