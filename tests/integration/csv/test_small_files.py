from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from ecf_adapters.csv.providers import read_organisations, read_provider_relationships
from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.register import read_school_ids
from ecf_core.model.ids import SchoolId
from ecf_core.use_cases.import_schools import SchoolIdRow

Write = Callable[[str, str | bytes], Path]
ID = "9b7f4caf-18d7-52b3-9b80-9742e8c7f8bd"


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
