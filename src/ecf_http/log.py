"""What the server tells its operators: one JSON object a line, and never whom it is about."""

import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any, Final

import msgspec

LOGGER: Final = logging.getLogger("ecf_http")
REQUEST_ID: Final[ContextVar[str | None]] = ContextVar("request_id", default=None)
"""The id of the request that is being served; every line has it."""


def log(event: str, level: int = logging.INFO, /, **fields: Any) -> None:
    if LOGGER.isEnabledFor(level):
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": logging.getLevelName(level).lower(),
            "event": event,
            "request_id": REQUEST_ID.get(),
        }
        LOGGER.log(level, "%s", msgspec.json.encode(line | fields).decode())


def log_defect(problem: BaseException) -> None:
    """Where it happened and of what kind: messages can hold what people sent."""
    frames = [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for frame in extract_tb(problem.__traceback__)
    ]
    log("defect", logging.ERROR, kind=type(problem).__name__, frames=frames)


def log_to_standard_error() -> None:
    """Makes the lines appear; a process that calls it twice still sees each of them once."""
    if not LOGGER.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
