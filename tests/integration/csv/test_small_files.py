from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from ecf_adapters.csv.cohorts import read_cohort_lead_providers, read_cohorts
from ecf_adapters.csv.providers import read_organisations, read_provider_relationships
from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.register import read_school_ids
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import SchoolId
from ecf_core.use_cases.import_schools import SchoolIdRow

Write = Callable[[str, str | bytes], Path]
ID = "9b7f4caf-18d7-52b3-9b80-9742e8c7f8bd"
COHORT = (
    "start-year,registration-start-date,academic-year-start-date,"
    "automatic-assignment-period-end-date,payments-frozen-at,mentor-funding,"
    "detailed-evidence-types\n"
)


def refusal(read: Callable[[Path], object], file: Path) -> list[tuple[int, str, str, str]]:
    with pytest.raises(FileRefused) as refused:
        read(file)
    assert refused.value.file == file
    return [(p.line, p.column, p.value, p.message) for p in refused.value.problems]


def test_a_file_may_have_a_mark_of_order_and_blanks_and_other_columns(write: Write) -> None:
    text = f"\ufeff note , name ,id\r\n\r\n x , Teach First ,\r\n,Ambition Institute, {ID} \r\n"
    rows = read_organisations(write("f.csv", text))
    assert [(row.line, row.name, row.id) for row in rows] == [
        (3, "Teach First", None),
        (4, "Ambition Institute", UUID(ID)),
    ]


def test_organisations_have_names_and_sound_ids(write: Write) -> None:
    text = f"name,id\n,\nA,{ID.upper()}\nB,00000000-0000-0000-0000-000000000000\nC\n"
    assert refusal(read_organisations, write("f.csv", text + "D,1\n")) == [
        (3, "id", ID.upper(), "is no UUID in lower case with hyphens"),
        (4, "id", "00000000-0000-0000-0000-000000000000", "is no UUID in lower case with hyphens"),
        (5, "id", "", "the row has 1 cells, the header 2"),
        (6, "id", "1", "is no UUID in lower case with hyphens"),
    ]
    assert refusal(read_organisations, write("f.csv", f"name,id\n,{ID}\n")) == [
        (2, "name", "", "is missing")
    ]


def test_relationships_name_both_sides(write: Write) -> None:
    header = "delivery_partner_id,lead_provider_name,basis\n"
    assert refusal(read_provider_relationships, write("f.csv", f"{header}x,,y\n")) == [
        (2, "delivery_partner_id", "x", "is no UUID in lower case with hyphens"),
        (2, "lead_provider_name", "", "is missing"),
    ]
    (row,) = read_provider_relationships(write("f.csv", f"{header}{ID},Teach First,y\n"))
    assert (row.line, row.delivery_partner_id, row.lead_provider_name) == (
        2,
        UUID(ID),
        "Teach First",
    )


def test_ids_are_of_one_school_each_and_nothing_else_is_in_the_file(write: Write) -> None:
    assert read_school_ids(write("f.csv", f"urn,id\n100000,{ID}\n")) == (
        SchoolIdRow(line=2, urn="100000", id=SchoolId(UUID(ID))),
    )
    assert refusal(read_school_ids, write("f.csv", f"urn,id\n1,{ID}\n2,{ID}\n1,x\n")) == [
        (3, "id", ID, "is in the file already, on line 2"),
        (4, "id", "x", "is no UUID in lower case with hyphens"),
        (4, "urn", "1", "is in the file already, on line 2"),
    ]
    assert refusal(read_school_ids, write("f.csv", "urn,urn,note\n")) == [
        (1, "id", "", "this column is missing"),
        (1, "urn", "", "this column is there 2 times"),
        (1, "note", "", "this column is not known"),
    ]


def test_other_files_than_the_registers_are_utf_8(write: Write) -> None:
    with pytest.raises(FileUnreadable, match="is not UTF-8") as refused:
        read_organisations(write("f.csv", b"name\nA\nM\xf4r\n"))
    assert refused.value.line == 3


def test_a_cohort_is_read_with_its_days(write: Write) -> None:
    text = COHORT + "2025,2025/6/16,2025-09-01,,,TRUE,false\n"
    assert read_cohorts(write("f.csv", text)) == (
        Cohort(
            start_year=2025,
            registration_start_date=datetime(2025, 6, 16, tzinfo=UTC),
            academic_year_start_date=datetime(2025, 9, 1, tzinfo=UTC),
            automatic_assignment_period_end_date=date(2026, 3, 31),
            mentor_funding=True,
        ),
    )


def test_nothing_in_a_cohort_is_guessed(write: Write) -> None:
    text = COHORT + "25,16-06-2025,2025-9/1,2025-02-30,soon,yes,\n"
    assert refusal(read_cohorts, write("f.csv", text)) == [
        (2, "start-year", "25", "is no year such as 2025"),
        (2, "registration-start-date", "16-06-2025", "is no date such as 2024-09-01"),
        (2, "academic-year-start-date", "2025-9/1", "is no date such as 2024-09-01"),
        (2, "automatic-assignment-period-end-date", "2025-02-30", "is no date such as 2024-09-01"),
        (2, "payments-frozen-at", "soon", "is no date such as 2024-09-01"),
        (2, "mentor-funding", "yes", "is neither true nor false"),
        (2, "detailed-evidence-types", "", "is missing"),
    ]


def test_lead_providers_of_cohorts_are_read_by_name(write: Write) -> None:
    (row,) = read_cohort_lead_providers(
        write("f.csv", "lead-provider-name,cohort-start-year\nTeach First,2025\n")
    )
    assert (row.line, row.lead_provider_name, row.cohort) == (2, "Teach First", 2025)
