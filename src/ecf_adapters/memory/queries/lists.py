"""What every list has in common: its order and its window."""

from collections.abc import Iterable
from typing import TypeVar

from attrs import frozen

from ecf_adapters.memory.state import State
from ecf_adapters.memory.storage import MemoryStorage
from ecf_core.queries.order import Order, Sort, total
from ecf_core.queries.window import Page, Window

R = TypeVar("R")


@frozen
class Reads:
    """Sees what was committed last."""

    _storage: MemoryStorage

    @property
    def state(self) -> State:
        return self._storage.state


def in_order(rows: Iterable[R], order: Order) -> tuple[R, ...]:
    """Sorts are stable: what matters least goes first."""
    listed = list(rows)
    for sort in reversed(total(order)):
        listed.sort(key=lambda row, sort=sort: _key(row, sort), reverse=sort.descending)  # type: ignore[misc]
    return tuple(listed)


def _key(row: object, sort: Sort) -> tuple[bool, object]:
    value = getattr(row, sort.field)
    return value is None, value


def page(rows: Iterable[R], order: Order, window: Window) -> Page[R]:
    listed = in_order(rows, order)
    return Page.of(listed[window.offset : window.offset + window.per_page + 1], window)
