"""A rule is a row of a table: field, stable code, the guide's message, and when it is broken."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from attrs import frozen

from ecf_core.errors import Violation

F = TypeVar("F")


@frozen
class Rule(Generic[F]):
    """One row. ``broken_by`` answers ``None`` where the facts it needs are missing."""

    field: str
    code: str
    message: str
    broken_by: Callable[[F], bool | None]


@frozen
class Judgement(Generic[F]):
    """What a rule says of the facts: passed, broken, or not judged (``None``)."""

    rule: Rule[F]
    passed: bool | None


def judged(rules: Iterable[Rule[F]], facts: F) -> tuple[Judgement[F], ...]:
    """Every rule's judgement, in the order of the table.

    A field is refused for the first of its rules that is broken: the rules of that field which
    come after are not judged, nor are those whose facts are missing.
    """
    refused: set[str] = set()
    judgements = []
    for rule in rules:
        broken = None if rule.field in refused else rule.broken_by(facts)
        if broken:
            refused.add(rule.field)
        judgements.append(Judgement(rule, None if broken is None else not broken))
    return tuple(judgements)


def violations(rules: Iterable[Rule[F]], facts: F) -> tuple[Violation, ...]:
    """The first broken rule of every field, in the order of the table."""
    return tuple(
        Violation(j.rule.field, j.rule.code, j.rule.message)
        for j in judged(rules, facts)
        if j.passed is False
    )
