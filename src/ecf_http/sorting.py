"""In which order a list is wanted: ``sort=name,-created_at``."""

from collections.abc import Mapping

from ecf_core.queries.order import Order, Sort
from ecf_http.nested import Parameters
from ecf_http.query_parameters import QueryParameter


def sort(keys: Mapping[str, str]) -> QueryParameter:
    """The parameter, for a list that is sorted by these."""
    return QueryParameter(
        name="sort",
        description="What the list is ordered by, with commas between, the most important first; "
        "a `-` before it turns it round. Without it the oldest come first. Any of "
        f"{', '.join(f'`{key}`' for key in sorted(keys))}; whatever else is named is ignored.",
        example="-updated_at",
        schema={"type": "string"},
    )


def order(parameters: Parameters, keys: Mapping[str, str]) -> Order:
    """What is no key is ignored, and so is one that was named before: it decides nothing."""
    given = parameters.get("sort")
    found: dict[str, Sort] = {}
    for item in given.split(",") if isinstance(given, str) else ():
        field = keys.get(item.removeprefix("-") if item[:1] == "-" else item.removeprefix("+"))
        if field is not None:
            found.setdefault(field, Sort(field, descending=item[:1] == "-"))
    return tuple(found.values())
