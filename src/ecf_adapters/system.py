"""The clock and the randomness of the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from attrs import field, frozen

_REQUESTED: ContextVar[datetime | None] = ContextVar("requested_instant", default=None)


class SystemClock:
    """Tells the machine's time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@frozen
class SandboxClock:
    """Tells the time that a sandbox was set to, else the machine's."""

    fixed: datetime | None = None
    _machine: SystemClock = field(factory=SystemClock)

    def now(self) -> datetime:
        return _REQUESTED.get() or self.fixed or self._machine.now()

    @contextmanager
    def set_to(self, instant: datetime) -> Iterator[None]:
        """For as long as one request takes, the time is what it asked for."""
        reset = _REQUESTED.set(instant)
        try:
            yield
        finally:
            _REQUESTED.reset(reset)


def random_id() -> UUID:
    return uuid4()


def random_secret() -> str:
    """256 random bits, as text that may stand in a URL."""
    return token_urlsafe(32)
