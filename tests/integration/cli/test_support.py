from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.cli.cohort_year import BRIDGE, begun, enrolled

NO_SUCH_ID = "7e64a8ab-7d4c-4b77-a8a5-0e5fbd7d0ba9"


@pytest.fixture
def year(ecf: Any, write: Callable[[str, str], str]) -> Any:
    return begun(ecf, write)


def test_what_support_records_is_shown_and_the_rest_stays(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher")
    given = (
        *("--email", "ada@new.example.org", "--trn", "RP12345", "--trn-validated", "TRUE"),
        *("--eligible-for-funding", "Unknown", "--pupil-premium-uplift", "true"),
        *("--sparsity-uplift", "false", "--induction-end-date", "2026-7-31"),
    )
    after = year.json("participant", "set", ada["id"], *given)
    assert after == ada | {"email": "ada@new.example.org", "trn": "0012345"}
    assert year.json("participant", "show", ada["id"]) == after
    assert year.json("participant", "set", ada["id"]) == after


def test_everything_wrong_is_told_and_nothing_is_changed(year: Any) -> None:
    ada, mo = enrolled(year, "Ada Teacher"), enrolled(year, "Mo Mentor", type_="mentor")
    assert year.refused(
        *("participant", "set", ada["id"], "--email", mo["email"], "--trn", "12"),
        *("--mentor-funding-end-date", "2026-01-01", "--mentor-funding-end-reason", "tired"),
    ) == [
        (
            "email: The '#/email' you have entered is another participant's."
            " Check participant details and try again."
        ),
        "trn: The '#/trn' has fewer than 5 digits.",
        "mentor_funding_end_date: Only a mentor has a '#/mentor_funding_end_date'.",
        (
            "mentor_funding_end_reason: The '#/mentor_funding_end_reason' must be one of"
            " completed_declaration_received, completed_during_early_roll_out,"
            " started_not_completed."
        ),
    ]
    assert year.json("participant", "show", ada["id"]) == ada


def test_what_is_left_blank_is_refused_and_what_is_no_value_is_wrong_usage(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher")["id"]
    for option in ("--email", "--trn", "--trn-validated", "--eligible-for-funding", "--type"):
        (line,) = year.refused("participant", "set", ada, option, " ")
        assert line.startswith(f"{option.strip('-').replace('-', '_')}: Enter a")
    assert year("participant", "set", ada, "--sparsity-uplift", "maybe").exit_code == 2
    assert year("participant", "set", ada, "--induction-end-date", "1/9/2025").exit_code == 2
    assert year("participant", "merge", "--from", ada).exit_code == 2
    assert year.refused("participant", "merge", "--from", "", "--to", ada) == [
        "from: Enter a '#/from'."
    ]


def test_two_registrations_become_one_and_either_id_names_it(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher", "--trn", "1234567")
    twin = enrolled(year, "Ada Twin", urn=BRIDGE)
    merged = year.json("participant", "merge", "--from", ada["id"], "--to", twin["id"])
    assert merged == twin | {"trn": "1234567"}
    assert year.json("participant", "show", ada["id"]) == merged
    assert year.json("participants", "list") == [merged]


def test_who_has_gone_is_withdrawn_by_the_school(year: Any) -> None:
    ada = enrolled(year, "Ada Teacher")
    gone = year.json("participant", "remove", ada["id"])
    (record,) = gone["induction_records"]
    assert (record["induction_status"], record["end_date"]) == ("withdrawn", None)
    assert gone["training_status"] == "active"
    assert year.refused("participant", "remove", ada["id"]) == [
        "participant: The participant has been removed already."
    ]


@pytest.mark.parametrize("id_", ["x", NO_SUCH_ID])
def test_nobody_is_not_found(year: Any, id_: str) -> None:
    told = ["participant: Enter a valid '#/participant'."]
    assert year.refused("participant", "set", id_, "--trn", "1234567") == told
    assert year.refused("participant", "remove", id_) == told
    assert year.refused("participant", "merge", "--from", id_, "--to", id_) == [
        "from: Enter a valid '#/from'.",
        "to: Enter a valid '#/to'.",
    ]
