from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from ecf_adapters.csv.participants import participants, read_appropriate_bodies
from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.text import opened
from ecf_core.errors import RowProblem
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.use_cases.import_appropriate_bodies import AppropriateBodyRow
from ecf_core.use_cases.import_participants import EnrolmentRow

Write = Callable[[str, str | bytes], Path]
ID = "9b7f4caf-18d7-52b3-9b80-9742e8c7f8bd"
HEADER = "urn,cohort,type,full_name,email"
ADA = EnrolmentRequest(
    urn="100000", cohort=2025, type="ect", full_name="Ada Teacher", email="ada@example.org"
)


def read(file: Path) -> tuple[list[EnrolmentRow], list[RowProblem]]:
    problems: list[RowProblem] = []
    with opened(file) as text:
        return list(participants(text, problems.append)), problems


def test_five_columns_are_enough(write: Write) -> None:
    file = write("p.csv", f"{HEADER}\n100000,2025,ect,Ada Teacher, ada@example.org \n")
    assert read(file) == ([EnrolmentRow(line=2, request=ADA)], [])


def test_the_other_columns_may_be_there_and_blank(write: Write) -> None:
    more = f"{HEADER},note,trn,mentor_email,start_date,programme_id\n"
    who = "100000,2025,ect,Ada Teacher,ada@example.org,kind"
    (full, blank), problems = read(
        write("p.csv", f"{more}{who},0012345,mo@example.org,2025/9/1,{ID}\n{who},,,,\n")
    )
    assert problems == []
    assert blank.request == ADA
    asked = full.request
    assert (asked.trn, asked.mentor_email, asked.start_date, asked.programme_id) == (
        "0012345",
        "mo@example.org",
        date(2025, 9, 1),
        UUID(ID),
    )


def test_every_cell_that_is_not_what_it_should_be_is_told(write: Write) -> None:
    more = f"{HEADER},start_date,programme_id\n"
    rows, problems = read(write("p.csv", f"{more}x,25,head,,,01-09-2025,{ID.upper()}\n1\n"))
    assert rows == []
    assert [(p.line, p.column, p.value, p.message) for p in problems] == [
        (2, "urn", "x", "is no URN: a number of at most ten digits"),
        (2, "cohort", "25", "is no year such as 2025"),
        (2, "type", "head", "is none of ect, mentor"),
        (2, "full_name", "", "is missing"),
        (2, "email", "", "is missing"),
        (2, "start_date", "01-09-2025", "is no date such as 2024-09-01"),
        (2, "programme_id", ID.upper(), "is no UUID in lower case with hyphens"),
        (3, "cohort", "", "the row has 1 cells, the header 7"),
    ]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("name,id\n", FileUnreadable),
        ("urn,cohort,type,full_name\n", FileRefused),
        (f"{HEADER},urn\n", FileRefused),
        (f"{HEADER}\n\0", FileUnreadable),
        ("", FileUnreadable),
    ],
)
def test_what_is_no_file_of_participants_is_refused(
    write: Write, content: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read(write("p.csv", content))


def test_appropriate_bodies_are_read_as_they_are_written(write: Write) -> None:
    """What they may be called, and of which type, is for whoever loads them."""
    file = write("b.csv", "name,type\nNorth Hub,teaching_school_hub\n,hub\n")
    assert read_appropriate_bodies(file) == (
        AppropriateBodyRow(line=2, name="North Hub", type="teaching_school_hub"),
        AppropriateBodyRow(line=3, name="", type="hub"),
    )
    with pytest.raises(FileRefused):
        read_appropriate_bodies(write("b.csv", "name\nNorth Hub\n"))
