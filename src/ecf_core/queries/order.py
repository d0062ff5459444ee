from typing import Final

from attrs import frozen


@frozen
class Sort:
    """A field of a row that a list is ordered by; what has no value counts as the greatest."""

    field: str
    descending: bool = False


Order = tuple[Sort, ...]
"""What a list is ordered by, the most important first."""

OLDEST_FIRST: Final[Order] = (Sort("created_at"),)


def total(order: Order) -> Order:
    """An order in which no two rows are equal: the id decides last, so pages never overlap."""
    return (*(order or OLDEST_FIRST), Sort("id"))
