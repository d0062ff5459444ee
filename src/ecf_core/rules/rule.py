"""A rule is a row of a table: field, stable code, the guide's message, and when it is broken."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, TypeVar, assert_never

from attrs import frozen

from ecf_core.errors import Violation

F_contra = TypeVar("F_contra", contravariant=True)


class Judged(StrEnum):
    """When a rule is judged at all, by what the rules before it have come to."""

    FIELD_STANDS = "while the field stands"
    ALL_STANDS = "while everything stands"
    ALWAYS = "always"


@frozen
class Rule(Generic[F_contra]):
    """One row. ``broken_by`` answers ``None`` where the facts it needs are missing."""

    field: str
    code: str
    message: str
    broken_by: Callable[[F_contra], bool | None]
    judged: Judged = Judged.FIELD_STANDS


@frozen
class Judgement(Generic[F_contra]):
    """What a rule says of the facts: passed, broken, or not judged (``None``)."""

    rule: Rule[F_contra]
    passed: bool | None


def judged(rules: Iterable[Rule[F_contra]], facts: F_contra) -> tuple[Judgement[F_contra], ...]:
    """Every rule's judgement, in the order of the table.

    Unless a rule says otherwise, a field is refused for the first of its rules that is broken: the
    rules of that field which come after are not judged, nor are those whose facts are missing.
    """
    refused: set[str] = set()
    judgements = []
    for rule in rules:
        broken = rule.broken_by(facts) if _is_judged(rule, refused) else None
        if broken:
            refused.add(rule.field)
        judgements.append(Judgement(rule, None if broken is None else not broken))
    return tuple(judgements)


def _is_judged(rule: Rule[F_contra], refused: set[str]) -> bool:
    match rule.judged:
        case Judged.FIELD_STANDS:
            return rule.field not in refused
        case Judged.ALL_STANDS:
            return not refused
        case Judged.ALWAYS:
            return True
        case _:
            assert_never(rule.judged)


def blanks_first(broken: Iterable[Violation]) -> tuple[Violation, ...]:
    """What is broken, in the order in which the live service tells of a partnership's."""
    return tuple(sorted(broken, key=lambda violation: violation.code != "blank"))


def violations(rules: Iterable[Rule[F_contra]], facts: F_contra) -> tuple[Violation, ...]:
    """Every broken rule that was judged, in the order of the table."""
    return tuple(
        Violation(j.rule.field, j.rule.code, j.rule.message)
        for j in judged(rules, facts)
        if j.passed is False
    )
