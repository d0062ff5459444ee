"""Why a file is not taken: what is wrong with the whole of it, or with lines of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecf_core.errors import EcfError, RowProblem, RowsRefused


class FileRefused(RowsRefused):
    """A file has problems, each on a line of it; nothing of it was applied."""

    def __init__(self, file: Path, *problems: RowProblem) -> None:
        super().__init__(*problems)
        self.file = file


class FileUnreadable(EcfError):
    """A file is not what it should be, as a whole or from a line on."""

    def __init__(self, file: Path, code: str, message: str, line: int | None = None) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.code = code
        self.message = message
        self.line = line


@contextmanager
def of_file(file: Path) -> Iterator[None]:
    """What is refused of the rows that were read from a file is refused of the file."""
    try:
        yield
    except FileRefused:
        raise
    except RowsRefused as refused:
        raise FileRefused(file, *refused.problems) from refused
