from collections.abc import Callable
from typing import Any

import pytest

Write = Callable[[str, str], str]
HEADER = (
    "URN,EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),"
    "EstablishmentStatus (code),EstablishmentStatus (name),OpenDate,CloseDate,"
    "PhaseOfEducation (code),PhaseOfEducation (name),UKPRN,Street,Locality,Address3,Town,"
    "Postcode,SchoolWebsite,MainEmail,AlternativeEmail,Section41Approved (name),"
    "DistrictAdministrative (code),DistrictAdministrative (name)\n"
)
SOUND = "100000,Aldgate,2,,1,,,,,,,,,,,,,,,,E09000001,\n"
BAD = "100001,,2,,1,,1/9/2024,,,,,,,,,,,,,,E09000001,\n"
ID = "9b7f4caf-18d7-52b3-9b80-9742e8c7f8bd"


def test_bad_rows_are_told_and_left_out(ecf: Any, write: Write) -> None:
    file = write("extract.csv", HEADER + SOUND + BAD)
    result = ecf("schools", "import", file)
    assert (result.exit_code, result.stdout) == (
        0,
        "created 1, updated 0, unchanged 0, rejected 1\n",
    )
    assert result.stderr.splitlines() == [
        f"{file}:3: EstablishmentName: '': is missing",
        f"{file}:3: OpenDate: '1/9/2024': is no date such as 31-08-2024",
    ]
    assert ecf.json("schools", "import", file) == {
        "created": 0,
        "updated": 0,
        "unchanged": 1,
        "rejected": 1,
    }


def test_a_strict_import_refuses_the_file(ecf: Any, write: Write) -> None:
    file = write("extract.csv", HEADER + SOUND + BAD)
    assert ecf.refused("schools", "import", "--strict", file) == [
        f"{file}:3: EstablishmentName: '': is missing",
        f"{file}:3: OpenDate: '1/9/2024': is no date such as 31-08-2024",
    ]
    assert ecf.refused("school", "show", "100000") == ["urn: There is no school with this URN."]


def test_problems_in_files_say_where_to_scripts_too(ecf: Any, write: Write) -> None:
    file = write("extract.csv", HEADER + SOUND.replace("Aldgate", ""))
    result = ecf("--json", "schools", "import", "--strict", file)
    assert (result.exit_code, result.stderr) == (1, "")
    assert '"line": 2' in result.stdout
    for part in ('"title": "EstablishmentName"', '"code": "blank"', f'"file": "{file}"'):
        assert part in result.stdout


def test_schools_keep_the_ids_that_lead_providers_hold(ecf: Any, write: Write) -> None:
    extract = write("extract.csv", HEADER + SOUND)
    ecf.json("schools", "import", extract, "--ids", write("ids.csv", f"urn,id\n100000,{ID}\n"))
    shown = ecf.json("school", "show", "100000")
    assert shown == {
        "id": ID,
        "urn": "100000",
        "name": "Aldgate",
        "eligible": True,
        "cip_only": False,
        "type": "",
        "status": "",
        "district_code": "E09000001",
        "section_41_approved": False,
    }


def test_a_bad_file_of_ids_refuses_the_import(ecf: Any, write: Write) -> None:
    extract, ids = write("extract.csv", HEADER + SOUND), write("ids.csv", "urn,id\n100000,x\n")
    assert ecf.refused("schools", "import", extract, "--ids", ids) == [
        f"{ids}:2: id: 'x': is no UUID in lower case with hyphens"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", ": is empty"),
        ("name\nTeach First\n", ":1: has none of the columns URN"),
        (HEADER.replace("Street", "URN"), ":1: Street: '': this column is missing"),
        (HEADER + "\0", ":2: has NUL bytes: it is no text"),
        (HEADER + SOUND + '"', ":3: cannot be read from here on: unexpected end of data"),
    ],
)
def test_what_is_no_extract_is_refused(ecf: Any, write: Write, content: str, reason: str) -> None:
    file = write("extract.csv", content)
    assert ecf.refused("schools", "import", file)[0].startswith(f"{file}{reason}")
    assert ecf.refused("school", "show", "100000") == ["urn: There is no school with this URN."]


def test_a_value_is_told_on_one_line_and_not_at_length(ecf: Any, write: Write) -> None:
    row = SOUND.replace("100000", '"1\n\x1b[31m' + "x" * 100 + '"')
    file = write("extract.csv", HEADER + row)
    told = ecf("schools", "import", file).stderr
    assert told.startswith(f"{file}:2: URN: '1\\n\\x1b[31mxxx")
    assert told.endswith("x…': is no URN: a number of at most ten digits\n")
    assert told.count("\n") == 1


def test_a_school_is_shown_with_its_standing_in_a_cohort(world: Any) -> None:
    shown = world.json("school", "show", "100001", "--cohort", "2025")
    assert (
        shown
        | {
            "eligible": False,
            "cip_only": True,
            "programme": "not_yet_known",
            "in_partnership": False,
        }
        == shown
    )
    assert "School 100001" in world("school", "show", "100001").stdout
    assert world.refused("school", "show", "100001", "--cohort", "") == [
        "cohort: Enter a '#/cohort'."
    ]
    assert world.refused("school", "show", "") == ["urn: Enter a '#/urn'."]


def test_a_school_chooses_its_programme(world: Any) -> None:
    choose = ["school-cohort", "set", "100000", "--cohort", "2025", "--programme"]
    chosen = world.json(*choose, "provider_led")
    (programme,) = chosen["induction_programmes"]
    assert list(chosen) == ["programme", "default_programme_id", "induction_programmes"]
    assert programme == {
        "id": chosen["default_programme_id"],
        "training_programme": "provider_led",
        "partnership_id": None,
        "default": True,
        "active_participants": 0,
    }
    show = ["school-cohort", "show", "100000", "--cohort", "2025"]
    assert world.json(*show) == chosen
    assert "provider_led" in world(*show).stdout
    assert world.refused(*choose, "") == ["programme: Enter a '#/programme'."]
    assert world.refused(*choose, "online")[0].startswith("programme: The '#/programme' must be")


def test_a_school_has_an_induction_tutor(world: Any) -> None:
    tutor = ["--name", " Sam  Example ", "--email", "sam@example.org"]
    assert world.json("induction-tutor", "set", "100000", *tutor) == {
        "urn": "100000",
        "name": "Sam Example",
        "email": "sam@example.org",
    }
    nobody = world.refused("induction-tutor", "set", "100000", "--name", "", "--email", "")
    assert nobody == ["name: Enter a '#/name'.", "email: Enter an '#/email'."]
