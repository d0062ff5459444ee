from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.cli.cohort_year import ALDGATE, begun, enrolled, programmes

HEADER = "urn,cohort,type,full_name,email,mentor_email\n"
SOUND = (
    f"{ALDGATE},2025,ect,Ada Teacher,ada@example.org,mo@example.org\n"
    f"{ALDGATE},2025,mentor,Mo Mentor,mo@example.org,\n"
)
BAD = (
    "1,2025,ect,Bo Teacher,bo@example.org,\n"
    f"{ALDGATE},2025,ect,,cy@example,nobody@example.org\n"
    f"{ALDGATE},2025,head,Di Teacher,di@example.org,\n"
)


@pytest.fixture
def year(ecf: Any, write: Callable[[str, str], str]) -> Any:
    return begun(ecf, write)


def test_participants_are_imported_once(year: Any, write: Callable[[str, str], str]) -> None:
    file = write("participants.csv", HEADER + SOUND)
    load = ["participants", "import", file]
    assert year.json(*load) == {"created": 2, "unchanged": 0, "rejected": 0}
    ada, mo = sorted(year.json("participants", "list"), key=lambda shown: str(shown["full_name"]))
    assert (ada["type"], mo["type"]) == ("ect", "mentor")
    assert ada["induction_records"][0]["mentor_id"] == mo["id"]
    assert year(*load).stdout == "created 0, unchanged 2, rejected 0\n"
    assert programmes(year)[0]["active_participants"] == 2


def test_bad_rows_are_told_and_left_out(year: Any, write: Callable[[str, str], str]) -> None:
    file = write("participants.csv", HEADER + BAD + SOUND)
    result = year("participants", "import", file)
    assert (result.exit_code, result.stdout) == (0, "created 2, unchanged 0, rejected 3\n")
    invalid = "The '#/urn' you have entered is invalid. Check school details and try again."
    assert result.stderr.splitlines() == [
        f"{file}:2: urn: '1': {invalid}",
        f"{file}:3: full_name: '': is missing",
        f"{file}:4: type: 'head': is none of ect, mentor",
    ]


def test_a_start_date_of_another_age_is_told_with_its_place(
    year: Any, write: Callable[[str, str], str]
) -> None:
    rows = "".join(
        f"{ALDGATE},2025,ect,{name} Teacher,{name}@example.org,{day}\n"
        for name, day in (("Ada", "1925-09-01"), ("Bo", "2052-09-01"), ("Cy", "2026-01-05"))
    )
    file = write("participants.csv", f"urn,cohort,type,full_name,email,start_date\n{rows}")
    result = year("participants", "import", file)
    assert (result.exit_code, result.stdout) == (0, "created 1, unchanged 0, rejected 2\n")
    reason = "must not be before 2000, or more than 5 years after the '#/cohort'."
    assert result.stderr.splitlines() == [
        f"{file}:2: start_date: '1925-09-01': The '#/start_date' {reason}",
        f"{file}:3: start_date: '2052-09-01': The '#/start_date' {reason}",
    ]


def test_a_strict_import_is_all_or_nothing_and_tells_everything(
    year: Any, write: Callable[[str, str], str]
) -> None:
    file = write("participants.csv", HEADER + SOUND + BAD)
    told = year.refused("participants", "import", file, "--strict")
    assert [line.partition(": ")[0] for line in told] == [f"{file}:{line}" for line in (4, 5, 6)]
    assert year.json("participants", "list") == []
    refused = year("--json", "participants", "import", file, "--strict")
    assert (refused.exit_code, refused.stderr) == (1, "")
    for part in ('"code": "invalid"', '"line": 4', f'"file": "{file}"'):
        assert part in refused.stdout


def test_who_is_elsewhere_already_is_told_by_address(
    year: Any, write: Callable[[str, str], str]
) -> None:
    enrolled(year, "Ada Teacher", urn="100001")
    row = f"{ALDGATE},2025,ect,Ada Teacher,ada.teacher@example.org,\n"
    file = write("participants.csv", HEADER + row)
    assert year("participants", "import", file).stderr == (
        f"{file}:2: email: 'ada.teacher@example.org': The participant is enrolled already."
        " A participant who comes from another school is transferred.\n"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", ": is empty"),
        ("name\nAda\n", ":1: has none of the columns urn, cohort, type, full_name, email"),
        (HEADER.replace("type", "kind"), ":1: type: '': this column is missing"),
        (HEADER + "\0", ":2: has NUL bytes: it is no text"),
        (HEADER + SOUND + '"', ":4: cannot be read from here on: unexpected end of data"),
    ],
)
def test_what_is_no_file_of_participants_is_refused(
    ecf: Any, write: Callable[[str, str], str], content: str, reason: str
) -> None:
    file = write("participants.csv", content)
    assert ecf.refused("participants", "import", file)[0].startswith(f"{file}{reason}")


def test_a_file_of_appropriate_bodies_is_all_or_nothing(
    ecf: Any, write: Callable[[str, str], str]
) -> None:
    file = write("bodies.csv", "name,type\nNorth Hub,teaching_school_hub\n,national\nA,hub\n")
    assert ecf.refused("appropriate-bodies", "import", file) == [
        f"{file}:3: name: '': a name is missing",
        f"{file}:4: type: 'hub': must be one of local_authority, teaching_school_hub, national",
    ]
    sound = write("bodies.csv", "name,type\nNorth Hub,teaching_school_hub\n")
    assert ecf("appropriate-bodies", "import", sound).stdout == (
        "created 1, updated 0, unchanged 0\n"
    )
    assert ecf.json("appropriate-bodies", "import", sound)["unchanged"] == 1
