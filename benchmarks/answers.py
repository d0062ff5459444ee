"""Whether two servers say the same."""

from collections.abc import Iterable
from typing import Any


def difference(one: Any, other: Any, but: Iterable[str] = (), at: str = "") -> str | None:
    """Where two JSON values first differ, leaving aside the members of these names."""
    left_aside = frozenset(but)
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return f"{at or '/'}: {sorted(one)} and {sorted(other)}"
        pairs = [(name, one[name], other[name]) for name in one if name not in left_aside]
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return f"{at or '/'}: {len(one)} and {len(other)} of them"
        pairs = [(str(place), *both) for place, both in enumerate(zip(one, other, strict=True))]
    else:
        same = type(one) is type(other) and one == other
        return None if same else f"{at or '/'}: {one!r} and {other!r}"
    found = (difference(a, b, left_aside, f"{at}/{name}") for name, a, b in pairs)
    return next((where for where in found if where), None)
