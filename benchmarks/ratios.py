"""Figures as multiples of one another, and tables of them."""

from collections.abc import Iterable, Sequence
from statistics import median

from attrs import frozen


@frozen
class Measured:
    """The rounds of every target, in answers a second, or why one was not timed."""

    rounds: dict[str, list[float]]
    differs: dict[str, str]

    def a_second(self, target: str) -> float | None:
        rounds = self.rounds.get(target)
        return median(rounds) if rounds else None

    def multiple(self, target: str, of: str) -> float | None:
        """How many times as fast one is as the other, in the same run."""
        one, other = self.a_second(target), self.a_second(of)
        return one / other if one and other else None


def shown(multiple: float | None) -> str:
    """Two digits are all that a shared machine can tell."""
    if multiple is None:
        return "—"
    if multiple >= 10:  # noqa: PLR2004
        return f"{multiple:,.0f}"
    return f"{multiple:.1f}" if multiple >= 1 else f"{multiple:.2f}"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
