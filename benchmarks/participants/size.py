"""How many of everyone there are."""

from typing import Final

from attrs import frozen

from benchmarks.lists.size import Size


@frozen
class People:
    """One of ``one_in`` participants trains with the lead provider that asks.

    A poll is told of ``changed`` of them.
    """

    country: Size
    participants: int
    one_in: int
    changed: int


# No partnership changes: with each of them everyone would who trains under it.
NATIONAL: Final = People(
    country=Size(schools=25_000, partnerships_a_cohort=12_000, changed=0),
    participants=150_000,
    one_in=5,
    changed=32,
)
