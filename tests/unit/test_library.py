"""The public names of the library: each says what it is, and its reference says what it does."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, get_args, get_type_hints

import pytest
from attrs import fields

from docs.library import PUBLIC, every_name, said_of
from docs.use_cases import every_use_case, hints_of, seen_in
from docs.write_tables import every_event
from ecf_core import Queries
from ecf_core.errors import AlreadyAnswered, KeyReused
from ecf_core.use_cases.challenge_partnership import ChallengePartnership
from ecf_core.use_cases.explain_partnership import ExplainPartnership

EXPORTING = (*PUBLIC, "ecf_core.events", "ecf_core.rules.opening_a_cohort")
ANSWERED_BEFORE = {AlreadyAnswered.__name__, KeyReused.__name__}
"""What every command with ``once`` raises; the page says so once."""
HEADINGS = {
    "Cohort creation and opening registration",
    "Setting up delivery partners for a cohort",
    "Obtaining schools for a partnership",
    "Obtaining delivery partners for a partnership",
    "Confirming induction programme type",
    "Creating a partnership",
    "Updating a partnership",
    "On-boarding a participant",
    "Viewing partnership records",
    "Clarifying terms",
    "Induction records",
}
"""Those of the guide that the library cites."""

every_use = pytest.mark.parametrize(
    "use_case", [use_case for _, use_case in every_use_case()], ids=lambda each: each.__name__
)


@pytest.mark.parametrize("module", EXPORTING)
def test_every_public_name_says_what_it_is(module: str) -> None:
    exporting = import_module(module)
    for name in exporting.__all__:
        said = said_of(name, exporting)
        assert re.match(r"[A-Z`][^\n]*[.:]", said), f"{module}.{name}: {said!r}"
        for cited in re.findall(r'Guide: "([^"]+)"', said):
            assert cited in HEADINGS, name


@every_use
def test_a_use_case_says_what_it_raises(use_case: type[Any]) -> None:
    said = set(re.findall(r":class:`~ecf_core\.errors\.(\w+)`", use_case.__doc__ or ""))
    assert said == seen_in(use_case).raised - ANSWERED_BEFORE


def test_what_a_use_case_does_is_seen_through_what_it_calls() -> None:
    challenge = seen_in(ChallengePartnership)
    assert [event.name for event in challenge.events] == ["partnership_challenged"]
    assert challenge.raised == {"Refused", "NotFound"}
    explain = seen_in(ExplainPartnership)
    assert (explain.events, explain.raised) == ((), frozenset())


def test_every_event_is_recorded_by_a_use_case() -> None:
    recorded = {event for _, use_case in every_use_case() for event in seen_in(use_case).events}
    assert recorded == set(every_event())


def _named(annotation: Any) -> Iterator[str]:
    """The classes of the library that a type is made of."""
    for part in get_args(annotation):
        yield from _named(part)
    if getattr(annotation, "__module__", "").startswith("ecf_core."):
        yield annotation.__name__


def _taken_and_given() -> Iterator[tuple[Any, dict[str, Any]]]:
    for _, use_case in every_use_case():
        yield use_case, hints_of(use_case)
    for field in fields(Queries):
        for name, member in vars(field.type).items():
            if not name.startswith("_") and callable(member):
                yield member, get_type_hints(member)


def test_what_is_taken_and_given_can_be_imported_from_where_it_is_shown() -> None:
    for called, hints in _taken_and_given():
        for hint in hints.values():
            assert set(_named(hint)) <= every_name().keys(), called
