"""What stops a command, as people read it and as scripts do."""

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_core.errors import (
    WHOLE_FILE,
    EcfError,
    Refused,
    RowProblem,
    RowsRefused,
    StaleWrite,
    Violation,
)

_LONGEST_VALUE: Final = 80
_UNPRINTABLE: Final = re.compile(
    r"[^\x20-\x7e\xa0-\U0010ffff]|[\u202a-\u202e\u2028\u2029\u2066-\u2069]"
)
"""What a terminal would obey rather than show."""


@frozen
class Problem:
    """One thing that is wrong: a line for people, an error object for scripts."""

    line: str
    error: dict[str, Any]

    @classmethod
    def of(cls, title: str, detail: str, code: str) -> "Problem":
        return cls(one_line(f"{title}: {detail}"), _error(title, detail, code))


def _error(title: str, detail: str, code: str) -> dict[str, Any]:
    return {"title": title, "detail": detail, "code": code}


def one_line(text: str) -> str:
    """A text that stays on its line and shows what is in it."""
    return _UNPRINTABLE.sub(lambda match: repr(match[0])[1:-1], text)


def problem_in_file(file: str, problem: RowProblem, *, warning: bool = False) -> Problem:
    """A problem with the place in the file: ``FILE:LINE: COLUMN: 'VALUE': reason``.

    What is wrong with no cell has no column, and what is wrong with the whole of it no line.
    """
    value = problem.value
    if len(value) > _LONGEST_VALUE:
        value = f"{value[:_LONGEST_VALUE]}…"
    place = f"{file}:{problem.line}" if problem.line != WHOLE_FILE else file
    cell = f"{problem.column}: '{value}': " if problem.column else ""
    reason = f"warning: {problem.message}" if warning else problem.message
    return Problem(
        one_line(f"{place}: {cell}{reason}"),
        {
            **_error(problem.column or "file", problem.message, problem.code),
            "source": {
                "file": file,
                "line": problem.line or None,
                "column": problem.column or None,
                "value": problem.value if problem.column else None,
            },
        },
    )


def _problem_of_file(unreadable: FileUnreadable) -> Problem:
    file = str(unreadable.file)
    place = file if unreadable.line is None else f"{file}:{unreadable.line}"
    return Problem(
        one_line(f"{place}: {unreadable.message}"),
        {
            **_error("file", unreadable.message, unreadable.code),
            "source": {"file": file, "line": unreadable.line, "column": None, "value": None},
        },
    )


def problems_of(refusal: EcfError) -> Iterator[Problem]:
    """Everything that a refusal says, in its order."""
    match refusal:
        case Refused(violations=violations):
            yield from (Problem.of(v.field, v.message, v.code) for v in violations)
        case FileRefused(file=file, problems=problems):
            yield from (problem_in_file(str(file), problem) for problem in problems)
        case RowsRefused(problems=problems):
            yield from (problem_in_file(p.file or "file", p) for p in problems)
        case FileUnreadable():
            yield _problem_of_file(refusal)
        case StaleWrite():
            detail = "Someone else was changing the same, nothing was changed here. Try again."
            yield Problem.of("database", detail, "stale_write")
        case _:
            yield Problem.of("refused", str(refusal), "refused")


def blank(field: str) -> Refused:
    """Something was left blank that no rule asks for."""
    article = "an" if field[:1] in "aeio" else "a"
    return Refused(Violation(field, "blank", f"Enter {article} '#/{field}'."))
