from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from attrs import define, field

from ecf_core.testing.examples import NOW

__all__ = ["SequentialIds", "SequentialSecrets", "SettableClock"]


@define
class SettableClock:
    """Tells the time that it was set to."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant

    def advance(self, **by: float) -> None:
        """Lets time pass: ``advance(days=14)``."""
        self.instant += timedelta(**by)


@define
class SequentialIds:
    """Makes ids that count up, so that a test can name them."""

    _numbers: Iterator[int] = field(factory=lambda: count(1))

    def __call__(self) -> UUID:
        return UUID(int=(0xEC << 120) + next(self._numbers))


@define
class SequentialSecrets:
    """Makes secrets that count up."""

    _numbers: Iterator[int] = field(factory=lambda: count(1))

    def __call__(self) -> str:
        return f"secret-{next(self._numbers)}"
