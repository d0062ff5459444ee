from collections.abc import Iterable

from ecf_core.errors import StaleWrite


def each_once(names: Iterable[object]) -> None:
    """What a unique index of a database guarantees."""
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise StaleWrite("a name is taken")
