from typing import Any

from sqlalchemy import ColumnElement, case


def latest(*instants: ColumnElement[Any]) -> ColumnElement[Any]:
    """The latest of instants that are all there."""
    found, *others = instants
    for other in others:
        found = case((other > found, other), else_=found)
    return found
