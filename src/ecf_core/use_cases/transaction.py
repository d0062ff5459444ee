from collections.abc import Callable
from typing import Final, TypeVar

from ecf_core.errors import StaleWrite
from ecf_core.ports.unit_of_work import Begin, UnitOfWork

T = TypeVar("T")

ATTEMPTS: Final = 3
"""How often a decision is taken anew when someone was faster."""


def in_transaction(begin: Begin, decide: Callable[[UnitOfWork], T]) -> T:
    """Decides and commits; whoever lost a race decides again, on what the winner left.

    So the loser of a race is refused by the rule that is broken now, and by nothing else.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with begin() as work:
                decided = decide(work)
                work.commit()
                return decided
        except StaleWrite:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError  # the loop returns or raises
