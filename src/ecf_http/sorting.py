"""In which order a list is wanted: ``sort=name,-created_at``."""

from collections.abc import Mapping

from ecf_core.queries.order import Order, Sort
from ecf_http.nested import Parameters


def order(parameters: Parameters, keys: Mapping[str, str]) -> Order:
    """What is no key is ignored, and so is one that was named before: it decides nothing."""
    given = parameters.get("sort")
    found: dict[str, Sort] = {}
    for item in given.split(",") if isinstance(given, str) else ():
        field = keys.get(item.removeprefix("-") if item[:1] == "-" else item.removeprefix("+"))
        if field is not None:
            found.setdefault(field, Sort(field, descending=item[:1] == "-"))
    return tuple(found.values())
