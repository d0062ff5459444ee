"""The test kit, as the reference shows it."""

import inspect
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from docs.library import markdown
from docs.markdown import table
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.testing import examples, fakes
from ecf_core.testing.contracts import PartnershipMachine, QueriesContract, StorageContract


def fakes_table() -> str:
    """What stands in for the world."""
    rows = []
    for name in fakes.__all__:
        does = (n for n in vars(getattr(fakes, name)) if not n.startswith("_") and n != "instant")
        can = ", ".join(f"`{one}`" for one in does)
        rows.append((f"`{name}()`", markdown(getattr(fakes, name).__doc__), can or "is called"))
    return table(("Fake", "What it does", "Methods"), rows)


def contracts_table() -> str:
    """What each part of the contracts holds a storage to."""
    rows = (
        (f"`{whole.__name__}`", f"`{part.__name__}`", markdown(part.__doc__ or ""))
        for whole in (StorageContract, QueriesContract)
        for part in whole.__bases__
    )
    return table(("Contract", "Part", "What it is about"), rows)


def invariants() -> str:
    """What the machine looks at after everything that it does."""
    names = (
        name
        for name, value in inspect.getmembers(PartnershipMachine, inspect.isfunction)
        if any("invariant" in mark for mark in vars(value))
    )
    return "\n".join(f"- {name.replace('_', ' ')}" for name in names)


def examples_table() -> str:
    """The small country, as it is."""
    named = examples.__annotations__
    rows = ((f"`{name}`", _said(getattr(examples, name))) for name in named)
    return table(("Example", "What it is"), rows)


def _said(example: Any) -> str:
    """What an example is, and what it is called."""
    what = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(example).__name__).lower()
    match example:
        case datetime():
            said = f"{example:%d %B %Y, %H:%M} UTC"
        case UUID():
            said = "its id"
        case tuple():
            said = f"all {len(example)} of them"
        case Establishment():
            standing = (
                "eligible" if example.eligible else "CIP only" if example.cip_only else "closed"
            )
            said = f"{example.name}, {standing}"
        case Cohort():
            said = f"{what} {example.start_year}"
        case _:
            said = f"{what}: {example.name}"
    return said
