import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.cli.cohort_year import (
    ALDGATE,
    BRIDGE,
    FIRST,
    IN_2025,
    KENT,
    begun,
    enrolled,
    partnered,
    programmes,
)

KEYS = [
    "id",
    "training_record_id",
    "type",
    "full_name",
    "email",
    "trn",
    "urn",
    "cohort",
    "training_status",
    "induction_records",
]
RECORD_KEYS = {
    "id",
    "programme_id",
    "training_programme",
    "partnership_id",
    "lead_provider",
    "delivery_partner",
    "urn",
    "start_date",
    "end_date",
    "induction_status",
    "training_status",
    "school_transfer",
    "mentor_id",
}
NO_PARTICIPANT = ["participant: Enter a valid '#/participant'."]
NO_SUCH_ID = "7e64a8ab-7d4c-4b77-a8a5-0e5fbd7d0ba9"


@pytest.fixture
def year(ecf: Any, write: Callable[[str, str], str]) -> Any:
    return begun(ecf, write)


def test_a_participant_is_enrolled_shown_and_listed(year: Any, write: Any) -> None:
    formed = partnered(year)
    bodies = write("bodies.csv", "name,type\nNorth Hub,teaching_school_hub\n")
    counts = {"created": 1, "updated": 0, "unchanged": 0}
    assert year.json("appropriate-bodies", "import", bodies) == counts
    mentor = enrolled(year, "Mo Mentor", type_="mentor")
    ada = enrolled(
        year,
        "Ada Teacher",
        *("--trn", "RP12345", "--mentor", mentor["id"], "--start-date", "2025-09-02"),
        *("--appropriate-body", "North Hub"),
    )
    assert list(ada) == KEYS
    assert (ada["type"], ada["trn"], ada["urn"], ada["cohort"], ada["training_status"]) == (
        "ect",
        "0012345",
        ALDGATE,
        2025,
        "active",
    )
    (record,) = ada["induction_records"]
    assert set(record) >= RECORD_KEYS
    assert (
        record
        | {
            "programme_id": programmes(year)[0]["id"],
            "training_programme": "provider_led",
            "partnership_id": formed["id"],
            "lead_provider": FIRST,
            "delivery_partner": KENT,
            "urn": ALDGATE,
            "appropriate_body": "North Hub",
            "start_date": "2025-09-02T00:00:00Z",
            "end_date": None,
            "induction_status": "active",
            "training_status": "active",
            "school_transfer": False,
            "mentor_id": mentor["id"],
        }
        == record
    )
    assert year.json("participant", "show", ada["id"]) == ada
    assert year.json("participants", "list") == [mentor, ada]
    shown = year("participant", "show", ada["id"]).stdout
    assert "Ada Teacher" in shown
    assert "2025-09-02" in shown
    assert ada["id"] in year("participants", "list").stdout


def test_participants_are_listed_by_school_cohort_and_programme(year: Any) -> None:
    here, there = enrolled(year, "Ada Teacher"), enrolled(year, "Bo Teacher", urn=BRIDGE)
    (programme,) = programmes(year)
    assert programme["active_participants"] == 1
    assert year.json("participants", "list", "--urn", ALDGATE) == [here]
    assert year.json("participants", "list", "--urn", BRIDGE, *IN_2025) == [there]
    assert year.json("participants", "list", "--programme", programme["id"]) == [here]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--urn", "1"], "urn: There is no school with this URN."),
        (["--urn", " "], "urn: Enter a '#/urn'."),
        (["--cohort", ""], "cohort: Enter a '#/cohort'."),
        (["--cohort", "2024"], "cohort: The '#/cohort' you have entered is invalid."),
        (["--programme", ""], "programme: Enter a '#/programme'."),
        (["--programme", "x"], "programme: The '#/programme' you have entered is invalid."),
        (["--programme", NO_SUCH_ID], "programme: The '#/programme' you have entered is invalid."),
    ],
)
def test_a_list_of_nowhere_is_refused(year: Any, options: list[str], told: str) -> None:
    (line,) = year.refused("participants", "list", *options)
    assert line.startswith(told)


def test_what_is_left_blank_breaks_the_rules_and_what_is_left_out_is_wrong_usage(
    year: Any,
) -> None:
    blank = ["--urn", "", "--cohort", "", "--type", " ", "--name", " ", "--email", ""]
    assert year.refused("participant", "enrol", *blank) == [
        "urn: Enter a '#/urn'.",
        "cohort: Enter a '#/cohort'.",
        "type: Enter a '#/type'.",
        "full_name: Enter a '#/full_name'.",
        "email: Enter an '#/email'.",
    ]
    for option in ("--trn", "--appropriate-body", "--mentor", "--start-date", "--programme"):
        (line,) = year.refused("participant", "enrol", *blank, option, "")
        assert line.startswith(f"{option.strip('-').replace('-', '_')}: Enter a")
    assert year("participant", "enrol", *blank[2:]).exit_code == 2
    assert year("participant", "enrol", *blank, "--start-date", "1/9/2025").exit_code == 2
    assert year("participants", "import").exit_code == 2


def test_a_mentor_must_be_one_of_the_school(year: Any) -> None:
    elsewhere = enrolled(year, "Mo Mentor", urn=BRIDGE, type_="mentor")
    who = ["--type", "ect", "--name", "Ada Teacher", "--email", "ada@example.org"]
    for mentor in (elsewhere["id"], NO_SUCH_ID, "nobody"):
        asked = ["--urn", ALDGATE, *IN_2025, *who, "--mentor", mentor]
        assert year.refused("participant", "enrol", *asked) == [
            "mentor: The '#/mentor' you have entered is not a mentor of this school."
        ]
    assert year.json("participants", "list") == [elsewhere]


def test_a_participant_goes_to_another_schools_own_programme(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher")
    transfer = ["participant", "transfer", ada["id"], "--to-urn", BRIDGE, "--programme"]
    there = year.json(*transfer, "school", "--start-date", "2026-01-05")
    left, joined = there["induction_records"]
    assert (there["id"], there["urn"]) == (ada["id"], BRIDGE)
    assert (left["induction_status"], left["end_date"]) == ("leaving", "2026-01-05T00:00:00Z")
    assert (joined["start_date"], joined["school_transfer"]) == ("2026-01-05T00:00:00Z", True)
    assert joined["programme_id"] == programmes(year, BRIDGE)[0]["id"]
    assert year.json("participant", "show", ada["id"]) == there
    assert year.refused(*transfer, "school") == ["urn: The participant is at this school already."]


@pytest.mark.parametrize("id_", ["x", NO_SUCH_ID])
def test_nobody_is_not_found(year: Any, id_: str) -> None:
    assert year.refused("participant", "show", id_) == NO_PARTICIPANT
    transfer = ["participant", "transfer", id_, "--to-urn", BRIDGE, "--programme", "school"]
    assert year.refused(*transfer) == NO_PARTICIPANT
    assert year.refused("participant", "show", "") == ["participant: Enter a '#/participant'."]


def test_a_transfer_left_blank_breaks_the_rules(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher")
    blank = ["participant", "transfer", ada["id"], "--to-urn", "", "--programme", ""]
    assert year.refused(*blank) == ["urn: Enter a '#/urn'.", "programme: Enter a '#/programme'."]


def test_who_trains_as_both_is_told_apart_by_type_or_by_training_record(year: Any) -> None:
    ect = enrolled(year, "Ada Teacher")
    mentor = enrolled(year, "Ada Teacher", type_="mentor")
    assert mentor["id"] == ect["id"]
    show, go = ["participant", "show"], ["--to-urn", BRIDGE, "--programme", "school"]
    assert year.json(*show, ect["id"], "--type", "ect") == ect
    assert year.json(*show, ect["training_record_id"]) == ect
    both = year("--json", *show, ect["id"])
    assert (both.exit_code, json.loads(both.stdout)) == (0, mentor)
    note = f"note: trains as ect too: training record {ect['training_record_id']}"
    assert both.stderr.splitlines() == [note]
    assert year.refused(*show, ect["id"], "--type", "head") == [
        "type: The '#/type' must be one of ect, mentor."
    ]
    assert year.refused("participant", "transfer", ect["id"], *go) == [
        (
            "participant: The participant trains as an ect and as a mentor. Say which by '#/type',"
            " or by the id of the training record."
        )
    ]
    gone = year.json("participant", "transfer", ect["id"], *go, "--type", "ect")
    assert (gone["training_record_id"], gone["urn"]) == (ect["training_record_id"], BRIDGE)
    gone = year.json("participant", "transfer", mentor["training_record_id"], *go)
    assert (gone["type"], gone["urn"]) == ("mentor", BRIDGE)
