"""The six files that open a cohort, as typed lines (guide: "Cohort creation and opening")."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, NamedTuple

from attrs import frozen

from ecf_core.errors import RowProblem
from ecf_core.model.schedule import DeclarationType, ScheduleType


class CohortFile(StrEnum):
    """The files, by the name that each has in a cohort's directory."""

    COHORT = "cohort.csv"
    LEAD_PROVIDERS = "cohort_lead_providers.csv"
    CONTRACTS = "contracts.csv"
    MENTOR_CONTRACTS = "mentor_contracts.csv"
    SCHEDULES = "schedules.csv"
    STATEMENTS = "statements.csv"


@frozen(kw_only=True)
class Line:
    """A line of a file, with its cells as they are written, by column."""

    file: ClassVar[CohortFile]

    line: int
    cells: Mapping[str, str]

    def problem(self, column: str, code: str, message: str) -> RowProblem:
        """Something wrong with one of its cells."""
        return RowProblem(
            file=self.file,
            line=self.line,
            column=column,
            value=self.cells.get(column, ""),
            code=code,
            message=message,
        )


@frozen(kw_only=True)
class CohortLine(Line):
    """The cohort. ``None`` is a cell left blank: it says nothing, and blanks nothing."""

    file = CohortFile.COHORT

    start_year: int
    registration_start_date: datetime | None
    academic_year_start_date: datetime | None
    automatic_assignment_period_end_date: date | None
    payments_frozen_at: datetime | None
    mentor_funding: bool | None
    detailed_evidence_types: bool | None


@frozen(kw_only=True)
class LeadProviderLine(Line):
    """A lead provider that is active in the cohort."""

    file = CohortFile.LEAD_PROVIDERS

    lead_provider_name: str
    cohort_start_year: int


class BandCells(NamedTuple):
    """A band as a line has it; each of its cells may be blank."""

    letter: str
    min: int | None
    max: int | None
    per_participant: Decimal | None

    @property
    def blank(self) -> bool:
        return {self.min, self.max, self.per_participant} == {None}

    @property
    def missing(self) -> str | None:
        """The first part of it that is blank."""
        named = {"min": self.min, "max": self.max, "per-participant": self.per_participant}
        return next((part for part, value in named.items() if value is None), None)


@frozen(kw_only=True)
class ContractLine(Line):
    """A lead provider's call-off contract, with the bands A to C, and D or not."""

    file = CohortFile.CONTRACTS

    lead_provider_name: str
    cohort_start_year: int
    uplift_target: Decimal | None
    uplift_amount: Decimal | None
    recruitment_target: int
    revised_target: int | None
    set_up_fee: Decimal
    monthly_service_fee: Decimal | None
    band_a_min: int
    band_a_max: int
    band_a_per_participant: Decimal
    band_b_min: int
    band_b_max: int
    band_b_per_participant: Decimal
    band_c_min: int
    band_c_max: int
    band_c_per_participant: Decimal
    band_d_min: int | None
    band_d_max: int | None
    band_d_per_participant: Decimal | None

    @property
    def bands(self) -> tuple[BandCells, ...]:
        """Its bands by their letters; D may be blank."""
        return (
            BandCells("a", self.band_a_min, self.band_a_max, self.band_a_per_participant),
            BandCells("b", self.band_b_min, self.band_b_max, self.band_b_per_participant),
            BandCells("c", self.band_c_min, self.band_c_max, self.band_c_per_participant),
            BandCells("d", self.band_d_min, self.band_d_max, self.band_d_per_participant),
        )


@frozen(kw_only=True)
class MentorContractLine(Line):
    """A lead provider's contract for mentors."""

    file = CohortFile.MENTOR_CONTRACTS

    lead_provider_name: str
    cohort_start_year: int
    recruitment_target: int
    payment_per_participant: Decimal


@frozen(kw_only=True)
class MilestoneLine(Line):
    """One milestone of one schedule."""

    file = CohortFile.SCHEDULES

    type: ScheduleType
    schedule_identifier: str
    schedule_name: str
    schedule_cohort_year: int
    milestone_name: str
    milestone_declaration_type: DeclarationType
    milestone_start_date: date
    milestone_date: date | None
    milestone_payment_date: date


@frozen(kw_only=True)
class StatementLine(Line):
    """A statement that every lead provider with a contract gets."""

    file = CohortFile.STATEMENTS

    type: str
    name: str
    cohort: int
    deadline_date: date
    payment_date: date
    output_fee: bool


@frozen(kw_only=True)
class CohortFiles:
    """The files, each line of them typed. The mentor contracts file may be absent.

    ``unreadable`` is what is wrong with the lines and files that could not be typed.
    """

    cohort: tuple[CohortLine, ...]
    lead_providers: tuple[LeadProviderLine, ...]
    contracts: tuple[ContractLine, ...]
    mentor_contracts: tuple[MentorContractLine, ...] | None
    schedules: tuple[MilestoneLine, ...]
    statements: tuple[StatementLine, ...]
    unreadable: tuple[RowProblem, ...] = ()

    @property
    def year(self) -> int:
        """The cohort that the files are of; the others tell where its own file cannot be read."""
        years = (
            *(line.start_year for line in self.cohort),
            *(line.cohort_start_year for line in self.lead_providers),
            *(line.cohort_start_year for line in self.contracts),
            *(line.schedule_cohort_year for line in self.schedules),
            *(line.cohort for line in self.statements),
        )
        return years[0] if years else 0
