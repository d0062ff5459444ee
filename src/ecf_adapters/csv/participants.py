"""Files of participants, and of the appropriate bodies that quality-assure their induction."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from attrs import frozen

from ecf_adapters.csv.cells import Column, day, identifier, one_of, optional, required, urn, year
from ecf_adapters.csv.table import Layout, Report
from ecf_adapters.csv.text import Text, opened
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.participant import ParticipantType
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.use_cases.import_appropriate_bodies import AppropriateBodyRow
from ecf_core.use_cases.import_participants import EnrolmentRow


@frozen(kw_only=True)
class _Line:
    """A line as it is written; columns that the file is without are blank."""

    line: int
    urn: str
    cohort: int
    type: str
    full_name: str
    email: str
    trn: str | None = None
    mentor_email: str | None = None
    start_date: date | None = None
    programme_id: UUID | None = None

    @property
    def row(self) -> EnrolmentRow:
        programme = self.programme_id
        request = EnrolmentRequest(
            urn=self.urn,
            cohort=self.cohort,
            type=self.type,
            full_name=self.full_name,
            email=self.email,
            trn=self.trn,
            mentor_email=self.mentor_email,
            start_date=self.start_date,
            programme_id=None if programme is None else InductionProgrammeId(programme),
        )
        return EnrolmentRow(line=self.line, request=request)


_PARTICIPANTS: Final = Layout(
    row=_Line,
    columns={
        "urn": Column(header="urn", reads=required(urn)),
        "cohort": Column(header="cohort", reads=required(year)),
        "type": Column(
            header="type",
            reads=required(one_of({kind.value: kind.value for kind in ParticipantType})),
        ),
        "full_name": Column(header="full_name", reads=required()),
        "email": Column(header="email", reads=required()),
        "trn": Column(header="trn", reads=optional(str), needed=False),
        "mentor_email": Column(header="mentor_email", reads=optional(str), needed=False),
        "start_date": Column(header="start_date", reads=optional(day), needed=False),
        "programme_id": Column(header="programme_id", reads=optional(identifier), needed=False),
    },
)

_APPROPRIATE_BODIES: Final = Layout(
    row=AppropriateBodyRow,
    columns={"name": Column(header="name"), "type": Column(header="type")},
)


def participants(text: Text, report: Report) -> Iterator[EnrolmentRow]:
    """The participants of a file, as they are read; rows with problems are left out."""
    return (line.row for line in _PARTICIPANTS.rows(text, report))


def read_appropriate_bodies(file: Path) -> tuple[AppropriateBodyRow, ...]:
    """Header ``name,type``."""
    with opened(file) as text:
        return _APPROPRIATE_BODIES.all_rows(text)
