"""What can go wrong, as values, and the few exceptions that carry them."""

from typing import Final

from attrs import frozen

WHOLE_FILE: Final = 0
"""The line of what is wrong with a file as a whole."""

THE_ACTION: Final = "action"
"""The field of what is wrong with an action as a whole."""


@frozen
class Violation:
    """A broken rule: the field it is about, its stable code, and the guide's message."""

    field: str
    code: str
    message: str


@frozen(kw_only=True)
class RowProblem:
    """Something wrong in a file: where, the value as written, and the reason.

    ``line`` counts from 1, the header's line, and is ``WHOLE_FILE`` where it is about no line;
    ``column`` is the header's name for it, blank where it is about no cell. ``file`` says which,
    where several files are read together.
    """

    file: str = ""

    line: int
    column: str
    value: str
    code: str
    message: str


class EcfError(Exception):
    """What every refusal is a kind of."""


class Refused(EcfError):
    """Rules are broken; nothing was changed."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__("; ".join(f"{v.field}: {v.message}" for v in violations))
        self.violations = violations


class NotFound(Refused):
    """What the request is about is not there, or not the caller's."""


class KeyReused(Refused):
    """The key of a command that may be sent again stands for another command."""


class AlreadyAnswered(EcfError):
    """The command was carried out before; nothing was changed now."""

    def __init__(self, content: bytes) -> None:
        super().__init__("The command was carried out before.")
        self.content = content


class RowsRefused(EcfError):
    """A file has problems; nothing of it was applied."""

    def __init__(self, *problems: RowProblem) -> None:
        super().__init__("; ".join(f"line {p.line}: {p.column}: {p.message}" for p in problems))
        self.problems = problems


class StaleWrite(EcfError):
    """Someone was faster; the decision must be taken again on what is there now."""
