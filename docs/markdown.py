"""How what is written from the code looks."""

from collections.abc import Iterable


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table, each row on a line of its own."""
    lines = [list(header), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def drawn(lines: Iterable[str]) -> str:
    """A drawing made of characters, which looks the same wherever it is read."""
    return "\n".join(("```text", *lines, "```"))
