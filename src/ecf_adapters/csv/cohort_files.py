"""The six files that open a cohort: every one is read, whatever is wrong with the others."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from ecf_adapters.csv.cells import (
    Column,
    Unsuitable,
    boolean,
    day,
    instant,
    one_of,
    optional,
    required,
    year,
)
from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.table import Layout
from ecf_adapters.csv.text import opened
from ecf_core.errors import WHOLE_FILE, RowProblem, RowsRefused
from ecf_core.model.contract import BAND_LETTERS
from ecf_core.model.schedule import DeclarationType, ScheduleType
from ecf_core.rules.opening_a_cohort.files import (
    CohortFile,
    CohortFiles,
    CohortLine,
    ContractLine,
    LeadProviderLine,
    MentorContractLine,
    MilestoneLine,
    StatementLine,
)

_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)
_POUNDS: Final = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)
_FRACTION: Final = re.compile(r"\d(\.\d{1,6})?", re.ASCII)


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Unsuitable("invalid", "is no whole number such as 4500, without separators")
    return int(text)


def _pounds(text: str) -> Decimal:
    if not _POUNDS.fullmatch(text):
        raise Unsuitable("invalid", "is no amount of pounds such as 1000.50, without separators")
    return Decimal(text)


def _fraction(text: str) -> Decimal:
    if not _FRACTION.fullmatch(text):
        raise Unsuitable("invalid", "is no fraction such as 0.33")
    return Decimal(text)


def _columns(**read_as: Any) -> dict[str, Column]:
    """Columns whose headers are the names of what they say, with hyphens."""
    return {
        name: Column(header=name.replace("_", "-"), reads=reads) for name, reads in read_as.items()
    }


def _bands() -> dict[str, Any]:
    """The cells of the bands; those of D may be blank."""
    return {
        f"band_{letter}_{part}": (optional if letter == BAND_LETTERS[-1] else required)(reads)
        for letter in BAND_LETTERS
        for part, reads in (("min", _whole), ("max", _whole), ("per_participant", _pounds))
    }


_LAYOUTS: Final[Mapping[CohortFile, Layout[Any]]] = {
    CohortFile.COHORT: Layout(
        row=CohortLine,
        columns=_columns(
            start_year=required(year),
            registration_start_date=optional(instant),
            academic_year_start_date=optional(instant),
            automatic_assignment_period_end_date=optional(day),
            payments_frozen_at=optional(instant),
            mentor_funding=optional(boolean),
            detailed_evidence_types=optional(boolean),
        ),
        others_ignored=False,
    ),
    CohortFile.LEAD_PROVIDERS: Layout(
        row=LeadProviderLine,
        columns=_columns(lead_provider_name=required(), cohort_start_year=required(year)),
        others_ignored=False,
    ),
    CohortFile.CONTRACTS: Layout(
        row=ContractLine,
        columns=_columns(
            lead_provider_name=required(),
            cohort_start_year=required(year),
            uplift_target=optional(_fraction),
            uplift_amount=optional(_pounds),
            recruitment_target=required(_whole),
            revised_target=optional(_whole),
            set_up_fee=required(_pounds),
            monthly_service_fee=optional(_pounds),
            **_bands(),
        ),
        others_ignored=False,
    ),
    CohortFile.MENTOR_CONTRACTS: Layout(
        row=MentorContractLine,
        columns=_columns(
            lead_provider_name=required(),
            cohort_start_year=required(year),
            recruitment_target=required(_whole),
            payment_per_participant=required(_pounds),
        ),
        others_ignored=False,
    ),
    CohortFile.SCHEDULES: Layout(
        row=MilestoneLine,
        columns=_columns(
            type=required(one_of({kind.value: kind for kind in ScheduleType})),
            schedule_identifier=required(),
            schedule_name=required(),
            schedule_cohort_year=required(year),
            milestone_name=required(),
            milestone_declaration_type=required(
                one_of({kind.value: kind for kind in DeclarationType})
            ),
            milestone_start_date=required(day),
            milestone_date=optional(day),
            milestone_payment_date=required(day),
        ),
        others_ignored=False,
    ),
    CohortFile.STATEMENTS: Layout(
        row=StatementLine,
        columns={
            name: Column(header=name, reads=reads)
            for name, reads in {
                "type": required(),
                "name": required(),
                "cohort": required(year),
                "deadline_date": required(day),
                "payment_date": required(day),
                "output_fee": required(boolean),
            }.items()
        },
        others_ignored=False,
    ),
}


@frozen
class CohortPaths:
    """Where the files are: in a directory under their own names, or each where it is said to be."""

    directory: Path | None = None
    named: Mapping[CohortFile, Path] = field(factory=dict)

    def of(self, file: CohortFile) -> Path:
        return self.named.get(file) or (self.directory or Path()) / file

    @property
    def nowhere(self) -> tuple[CohortFile, ...]:
        """The files that are needed, and could be anywhere."""
        needed = (file for file in CohortFile if file is not CohortFile.MENTOR_CONTRACTS)
        return () if self.directory else tuple(file for file in needed if file not in self.named)

    def _to_be_read(self, file: CohortFile) -> bool:
        """The mentor contracts may be absent, unless they are said to be somewhere."""
        optional_ = file is CohortFile.MENTOR_CONTRACTS and file not in self.named
        return not optional_ or (self.directory is not None and self.of(file).exists())

    def read(self) -> CohortFiles:
        """The sound lines of the files, and everything that could not be read of the others.

        Raises :class:`FileUnreadable` for want of the directory.
        """
        if self.directory is not None:
            _check(self.directory)
        unreadable: list[RowProblem] = []
        rows = {
            file: _read(file, self.of(file), unreadable)
            for file in CohortFile
            if self._to_be_read(file)
        }
        return CohortFiles(
            cohort=rows[CohortFile.COHORT],
            lead_providers=rows[CohortFile.LEAD_PROVIDERS],
            contracts=rows[CohortFile.CONTRACTS],
            mentor_contracts=rows.get(CohortFile.MENTOR_CONTRACTS),
            schedules=rows[CohortFile.SCHEDULES],
            statements=rows[CohortFile.STATEMENTS],
            unreadable=tuple(unreadable),
        )

    def as_given(self, problem: RowProblem) -> RowProblem:
        """A problem with the file by the path that it was read from."""
        return evolve(problem, file=str(self.of(CohortFile(problem.file))))

    @contextmanager
    def refused_as_given(self) -> Iterator[None]:
        """What is refused of the files is refused by the paths that they were read from."""
        try:
            yield
        except RowsRefused as refused:
            raise RowsRefused(*map(self.as_given, refused.problems)) from refused


def _check(directory: Path) -> None:
    if not directory.exists():
        raise FileUnreadable(directory, "not_found", "there is no such directory")
    if not directory.is_dir():
        raise FileUnreadable(directory, "not_a_directory", "is a file, not a directory")


def _read(file: CohortFile, path: Path, unreadable: list[RowProblem]) -> tuple[Any, ...]:
    found: list[RowProblem] = []
    rows: list[Any] = []
    try:
        with opened(path) as text:
            rows.extend(_LAYOUTS[file].rows(text, found.append))
    except FileRefused as refused:
        found.extend(refused.problems)
    except FileUnreadable as stopped:
        found.append(
            RowProblem(
                line=stopped.line or WHOLE_FILE,
                column="",
                value="",
                code=stopped.code,
                message=stopped.message,
            )
        )
    unreadable.extend(evolve(problem, file=file) for problem in found)
    return tuple(rows)
