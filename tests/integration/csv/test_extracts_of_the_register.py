import gzip
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ecf_adapters.csv.refusals import FileRefused, FileUnreadable
from ecf_adapters.csv.register import establishments, opened_extract
from ecf_core.errors import RowProblem
from ecf_core.model.establishment import Establishment

ExtractOf = Callable[..., str]
Write = Callable[[str, str | bytes], Path]


def read(file: Path) -> tuple[list[Establishment], list[RowProblem]]:
    problems: list[RowProblem] = []
    with opened_extract(file) as extract:
        return list(establishments(extract, problems.append)), problems


def told(problems: list[RowProblem]) -> list[tuple[int, str, str, str]]:
    return [(p.line, p.column, p.value, p.message) for p in problems]


def test_a_row_is_a_school(write: Write, extract_of: ExtractOf) -> None:
    row = {
        "EstablishmentName": " Ysgol y Môr ",
        "OpenDate": "01-09-1994",
        "PhaseOfEducation (code)": "2",
        "Section41Approved (name)": "Approved",
        "Street": '"1, High Street"',
        "MainEmail": "office@example.org",
        "AlternativeEmail": "head@example.org",
    }
    (school,), problems = read(write("extract.csv", extract_of(row)))
    assert not problems
    assert school == Establishment(
        urn="100000",
        name="Ysgol y Môr",
        type_code=2,
        status_code=1,
        phase_code=2,
        district_code="E09000001",
        section_41_approved=True,
        street="1, High Street",
        primary_contact_email="office@example.org",
        secondary_contact_email="head@example.org",
        opened_on=date(1994, 9, 1),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("name", ["e.csv", "e.csv.gz", "e.zip"])
def test_an_extract_is_read_however_it_is_packed_and_encoded(
    tmp_path: Path, extract_of: ExtractOf, name: str, encoding: str
) -> None:
    content = extract_of({"EstablishmentName": "Ysgol y Môr “€”"}).encode(encoding)
    file = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("readme.txt", "not it")
            archive.writestr("extract.csv", content)
    else:
        file.write_bytes(gzip.compress(content, mtime=0) if name.endswith(".gz") else content)
    schools, problems = read(file)
    assert [school.name for school in schools] == ["Ysgol y Môr “€”"]
    assert not problems


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"URN": ""}, ("URN", "", "is missing")),
        ({"URN": "1e5"}, ("URN", "1e5", "is no URN: a number of at most ten digits")),
        ({"EstablishmentName": " "}, ("EstablishmentName", "", "is missing")),
        (
            {"TypeOfEstablishment (code)": "two"},
            (
                "TypeOfEstablishment (code)",
                "two",
                "is no code: a number of at most four digits",
            ),
        ),
        (
            {"EstablishmentStatus (code)": "5"},
            ("EstablishmentStatus (code)", "5", "is none of 1, 2, 3, 4"),
        ),
        (
            {"Section41Approved (name)": "Yes"},
            (
                "Section41Approved (name)",
                "Yes",
                "is none of Approved, Not approved, Not applicable",
            ),
        ),
        ({"OpenDate": "2024-09-01"}, ("OpenDate", "2024-09-01", "is no date such as 31-08-2024")),
        ({"OpenDate": "1-9-2024"}, ("OpenDate", "1-9-2024", "is no date such as 31-08-2024")),
        ({"CloseDate": "30-02-2024"}, ("CloseDate", "30-02-2024", "is no date such as 31-08-2024")),
    ],
)
def test_what_is_wrong_with_a_row_is_told(
    write: Write, extract_of: ExtractOf, row: dict[str, str], problem: tuple[str, str, str]
) -> None:
    schools, problems = read(write("e.csv", extract_of({"URN": "1"}, row, {"URN": "3"})))
    assert [school.urn for school in schools] == ["1", "3"]
    assert told(problems) == [(3, *problem)]


def test_everything_that_is_wrong_with_a_row_is_told(write: Write, extract_of: ExtractOf) -> None:
    bad = {
        "URN": "7",
        "EstablishmentName": "",
        "OpenDate": "soon",
        "EstablishmentStatus (code)": "",
    }
    schools, problems = read(write("e.csv", extract_of({"URN": "7"}, bad)))
    assert len(schools) == 1
    assert {p.column for p in problems} == {
        "URN",
        "EstablishmentName",
        "OpenDate",
        "EstablishmentStatus (code)",
    }
    assert (3, "URN", "7", "is in the file already, on line 2") in told(problems)


def test_a_line_is_the_one_that_an_editor_shows(write: Write, extract_of: ExtractOf) -> None:
    rows = extract_of({"URN": "1", "Street": '"two\r\nlines"'}, {"URN": "x"}).splitlines(True)
    text = "".join([rows[0], "\r\n", *rows[1:3], "  \r\n", ",,\r\n", *rows[3:]])
    schools, problems = read(write("e.csv", text))
    assert [school.street for school in schools] == ["two\r\nlines"]
    assert [(p.line, p.column) for p in problems] == [(7, "URN")]


def test_a_row_has_as_many_cells_as_the_header(write: Write, extract_of: ExtractOf) -> None:
    header, row = extract_of({}).splitlines()
    _, problems = read(write("e.csv", f"{header}\n100001,Short\n{row},more\n"))
    assert told(problems) == [
        (2, "TypeOfEstablishment (code)", "", "the row has 2 cells, the header 23"),
        (3, "cell 24", "more", "the row has 24 cells, the header 23"),
    ]


def test_missing_and_doubled_headers_are_all_named(write: Write, extract_of: ExtractOf) -> None:
    header, row = extract_of({}).splitlines()
    header = header.replace("UKPRN,", "UKPRN,UKPRN,").replace("Town", "Village")
    with pytest.raises(FileRefused) as refused:
        read(write("e.csv", f"{header}\n{row}\n"))
    assert told(list(refused.value.problems)) == [
        (1, "Town", "", "this column is missing"),
        (1, "UKPRN", "", "this column is there 2 times"),
    ]


def test_an_extract_may_be_without_the_county(write: Write, extract_of: ExtractOf) -> None:
    header = [name for name in extract_of().strip().split(",") if name != "County (name)"]
    (school,), problems = read(write("e.csv", extract_of({}, header=header)))
    assert (school.county, problems) == ("", [])


CORRUPT = gzip.compress(b"URN\n" * 1000, mtime=0)[:-20]


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("e.csv", b"", "empty", None),
        ("e.csv", b"\r\n\r\n", "header", 1),
        ("e.csv", b"name\nTeach First\n", "header", 1),
        ("e.csv", b"URN,\0\n", "not_text", 1),
        ("e.csv", "URN\n".encode("utf-16"), "not_text", 1),
        ("e.csv", b"URN\n\n\x81\n", "encoding", 3),
        ("e.csv.gz", b"no gzip", "corrupt", None),
        ("e.csv.gz", CORRUPT, "corrupt", None),
        ("e.zip", b"no zip", "corrupt", None),
        ("e.zip", b"", "corrupt", None),
        ("nothing/e.csv", None, "not_found", None),
        (".", None, "directory", None),
    ],
)
def test_what_is_no_extract_is_refused(
    tmp_path: Path, name: str, content: bytes | None, code: str, line: int | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileUnreadable) as refused:
        read(file)
    assert (refused.value.code, refused.value.line) == (code, line)


@pytest.mark.parametrize("members", [(), ("a.csv", "b.csv")])
def test_an_archive_has_exactly_one_extract(tmp_path: Path, members: tuple[str, ...]) -> None:
    file = tmp_path / "e.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            archive.writestr(member, "URN")
    with pytest.raises(FileUnreadable, match=f"has {len(members)} CSV files"):
        read(file)


def test_a_quotation_that_does_not_end_refuses_the_file(
    write: Write, extract_of: ExtractOf
) -> None:
    text = extract_of({"URN": "1"}, {"URN": "2", "Street": '"High Street'}, {"URN": "3"})
    with pytest.raises(FileUnreadable) as refused:
        read(write("e.csv", text))
    assert (refused.value.code, refused.value.line) == ("quoting", 3)
