"""Statements: one for each name, paid after its deadline."""

from collections.abc import Iterable, Iterator
from typing import Final

from ecf_core.errors import RowProblem
from ecf_core.rules.opening_a_cohort.files import CohortFile, StatementLine
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def check_statements(
    lines: tuple[StatementLine, ...], standing: CohortStanding
) -> Iterator[RowProblem]:
    """Statements are named by their month, each once, and paid at the deadline or later."""
    if not lines and not standing.statements:
        yield RowProblem(
            file=CohortFile.STATEMENTS,
            line=1,
            column="name",
            value="",
            code="empty",
            message="there is no statement in the file",
        )
    first: dict[str, int] = {}
    for line in lines:
        if line.type.lower() != "ecf":
            yield line.problem("type", "invalid", "is not ecf")
        month, _, year = line.name.partition(" ")
        if month not in _MONTHS or len(year) != len("2025") or not year.isdecimal():
            yield line.problem("name", "invalid", "is no month and year such as November 2025")
        if (before := first.setdefault(line.name, line.line)) != line.line:
            yield line.problem("name", "duplicate", f"is in the file already, on line {before}")
        if line.deadline_date > line.payment_date:
            yield line.problem(
                "deadline_date", "order", f"is after the payment date, {line.payment_date}"
            )


def warn_of_statements(lines: Iterable[StatementLine]) -> Iterator[RowProblem]:
    """A statement is paid in the month that it is named by."""
    for line in lines:
        named = f"{_MONTHS[line.payment_date.month - 1]} {line.payment_date.year}"
        if line.name != named:
            yield line.problem("payment_date", "month", f"is in {named}")
