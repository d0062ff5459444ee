from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from attrs import frozen

DEFAULT_PER_PAGE: Final = 100
MOST_PER_PAGE: Final = 3000

R = TypeVar("R")
T = TypeVar("T")


@frozen(kw_only=True)
class Window:
    """Which part of a list is wanted; pages count from 1."""

    page: int = 1
    per_page: int = DEFAULT_PER_PAGE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


@frozen(kw_only=True)
class Page(Generic[R]):
    """A part of a list, and whether there is anything after it."""

    rows: tuple[R, ...]
    number: int
    more: bool

    def shown_as(self, show: Callable[[R], T]) -> "Page[T]":
        """The same part, with its rows shown in another way."""
        return Page(rows=tuple(map(show, self.rows)), number=self.number, more=self.more)

    @classmethod
    def of(cls, found: Sequence[R], window: Window) -> "Page[R]":
        """``found`` goes one row past the window, where there is one."""
        return cls(
            rows=tuple(found[: window.per_page]),
            number=window.page,
            more=len(found) > window.per_page,
        )
