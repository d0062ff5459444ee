"""Rows of a file as values: every problem of every row is told, and only sound rows come out."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen
from cattrs import AttributeValidationNote, ClassValidationError, Converter
from cattrs.gen import make_dict_structure_fn, override

from ecf_adapters.csv.cells import Column, Unsuitable
from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.text import Text
from ecf_core.errors import RowProblem

T = TypeVar("T")
Report = Callable[[RowProblem], None]
Structure = Callable[[Mapping[str, Any], type[T]], T]

_LINE: Final = "line"
_CELLS: Final = "cells"
_DISTINCT: Final = 10_000


def _structure_function(layout: "Layout[T]") -> Structure[T]:
    """Makes a row of its cells by header; cattrs tells of every cell that is unsuitable."""
    overrides: dict[str, Any] = {
        name: override(rename=column.header, struct_hook=_hook(column))
        for name, column in layout.columns.items()
    }
    structure: Any = make_dict_structure_fn(
        layout.row, Converter(detailed_validation=True), **overrides
    )
    return structure  # type: ignore[no-any-return]


def _hook(column: Column) -> Callable[[Any, Any], Any] | None:
    """How cattrs has a cell read. Most columns say the same few things over and over."""
    if column.reads is str:
        return None

    def read(text: str, _: object) -> Any:
        return column.reads(text)

    return read if column.unique else lru_cache(_DISTINCT)(read)


@frozen(kw_only=True)
class Layout(Generic[T]):
    """What a kind of file has in its rows: the value a row becomes, and the column of each part.

    A value that has a ``line`` is told it, and one that has ``cells`` is told them as written.
    """

    row: type[T]
    columns: Mapping[str, Column]
    others_ignored: bool = True
    _structure: "Structure[T]" = field(init=False)

    @property
    def _keeps_cells(self) -> bool:
        return hasattr(self.row, _CELLS)  # a slot of it

    @_structure.default
    def _structured(self) -> "Structure[T]":
        return _structure_function(self)

    def rows(self, text: Text, report: Report) -> Iterator[T]:
        """The sound rows, as they are read; what is wrong with the others is reported.

        Raises :class:`FileRefused` where the header does not fit, and :class:`FileUnreadable`.
        """
        lines = _lines(text)
        header = self._header(text, lines)
        present = [column for column in self.columns.values() if column.header in header]
        wanted = [column.header for column in present]
        pick = itemgetter(*map(header.index, wanted), 0)  # one more, or it might not be a tuple
        seen: dict[str, dict[str, int]] = {c.header: {} for c in present if c.unique}
        for line, cells in lines:
            if len(cells) != len(header):
                report(_wrong_number_of_cells(line, cells, header))
                continue
            values: dict[str, Any] = dict(zip(wanted, map(str.strip, pick(cells)), strict=False))
            problems = list(_twice(line, values, seen)) if seen else []
            values |= {_LINE: line, _CELLS: values.copy()} if self._keeps_cells else {_LINE: line}
            try:
                row = self._structure(values, self.row)
            except ClassValidationError as unsuitable:
                problems = [*self._problems(line, values, unsuitable), *problems]
            else:
                if not problems:
                    yield row
            for problem in problems:
                report(problem)

    def all_rows(self, text: Text) -> tuple[T, ...]:
        """The rows of a file that is taken whole or not at all. Raises :class:`FileRefused`."""
        problems: list[RowProblem] = []
        rows = tuple(self.rows(text, problems.append))
        if problems:
            raise FileRefused(text.file, *problems)
        return rows

    def _header(self, text: Text, lines: Iterator[tuple[int, list[str]]]) -> list[str]:
        line, cells = next(lines, (1, []))
        header = [cell.strip() for cell in cells]
        known = [column.header for column in self.columns.values()]
        if not set(known).intersection(header):
            names = ", ".join(c.header for c in self.columns.values() if c.needed)
            raise FileUnreadable(text.file, "header", f"has none of the columns {names}", line)
        wrong = [
            *(
                _of_header(line, c.header, "missing_column", "this column is missing")
                for c in self.columns.values()
                if c.needed and c.header not in header
            ),
            *(
                _of_header(line, name, "doubled_column", f"this column is there {times} times")
                for name, times in Counter(header).items()
                if times > 1
            ),
            *(
                _of_header(line, name, "unknown_column", "this column is not known")
                for name in dict.fromkeys(header)
                if name not in known and not self.others_ignored
            ),
        ]
        if wrong:
            below = () if self.others_ignored else self._unsuitable(header, lines)
            raise FileRefused(text.file, *wrong, *below)
        return header

    def _unsuitable(
        self, header: list[str], lines: Iterator[tuple[int, list[str]]]
    ) -> Iterator[RowProblem]:
        """What is wrong with the cells below a header that is wrong itself."""
        known = [column for column in self.columns.values() if column.header in header]
        for line, cells in lines:
            if len(cells) != len(header):
                yield _wrong_number_of_cells(line, cells, header)
                continue
            for column in known:
                value = cells[header.index(column.header)].strip()
                try:
                    column.reads(value)
                except Unsuitable as error:
                    yield _of_cell(line, column.header, value, error)

    def _problems(
        self, line: int, values: Mapping[str, Any], unsuitable: ClassValidationError
    ) -> Iterator[RowProblem]:
        for error in unsuitable.exceptions:
            if not isinstance(error, Unsuitable):
                raise error
            notes = getattr(error, "__notes__", [])
            part = next(note.name for note in notes if isinstance(note, AttributeValidationNote))
            header = self.columns[part].header
            yield _of_cell(line, header, values[header], error)


def _lines(text: Text) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the physical line on which it begins."""
    reader = csv.reader(text.stream, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            message = f"cannot be read from here on: {error}"
            raise FileUnreadable(text.file, "quoting", message, line) from error
        if cells is None:
            return
        if any(cells) and any(map(str.strip, cells)):
            yield line, cells


def _of_cell(line: int, column: str, value: str, error: Unsuitable) -> RowProblem:
    return RowProblem(line=line, column=column, value=value, code=error.code, message=str(error))


def _of_header(line: int, name: str, code: str, message: str) -> RowProblem:
    return RowProblem(line=line, column=name, value="", code=code, message=message)


def _wrong_number_of_cells(line: int, cells: list[str], header: list[str]) -> RowProblem:
    short = len(cells) < len(header)
    return RowProblem(
        line=line,
        column=header[len(cells)] if short else f"cell {len(header) + 1}",
        value="" if short else cells[len(header)],
        code="cells",
        message=f"the row has {len(cells)} cells, the header {len(header)}",
    )


def _twice(
    line: int, values: Mapping[str, str], seen: Mapping[str, dict[str, int]]
) -> Iterator[RowProblem]:
    for header, lines in seen.items():
        if (value := values[header]) and (first := lines.setdefault(value, line)) != line:
            yield RowProblem(
                line=line,
                column=header,
                value=value,
                code="duplicate",
                message=f"is in the file already, on line {first}",
            )
