from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.cli.cohort_year import (
    ALDGATE,
    BRIDGE,
    IN_2025,
    KENT,
    SECOND,
    UNITY,
    begun,
    enrolled,
    partnered,
    programmes,
    wish,
)


@pytest.fixture
def replaced(ecf: Any, write: Callable[[str, str], str]) -> Any:
    """Aldgate's partnership was challenged and replaced while two trained there."""
    begun(ecf, write)
    formed = partnered(ecf)
    for name in ("Ada Teacher", "Bo Teacher"):
        enrolled(ecf, name)
    ecf.json("partnership", "challenge", formed["id"], "--reason", "another_provider")
    partnered(ecf, SECOND, UNITY)
    return ecf


def test_a_dry_run_says_who_would_move_and_from_where(
    ecf: Any, write: Callable[[str, str], str]
) -> None:
    year = begun(ecf, write)
    formed = partnered(year)
    enrolled(year, "Ada Teacher")
    year.json("partnership", "challenge", formed["id"], "--reason", "mistake")
    (left,) = programmes(year)
    asked = ("partnership", "create", *wish(SECOND, UNITY))
    would = year(*asked, "--dry-run").stdout.splitlines()[-1]
    assert would == f"1 participant would move into it from programme {left['id']}"
    assert programmes(year) == [left]
    did = year(*asked).stdout.splitlines()[-1]
    assert did == f"1 participant moved into it from programme {left['id']}"
    assert [p["active_participants"] for p in programmes(year)] == [1, 0]


def test_another_delivery_partner_moves_nobody(ecf: Any, write: Callable[[str, str], str]) -> None:
    year = begun(ecf, write)
    formed = partnered(year)
    enrolled(year, "Ada Teacher")
    update = ("partnership", "update", formed["id"], "--delivery-partner", UNITY)
    assert "participant" not in year(*update, "--dry-run").stdout
    assert "participant" not in year(*update).stdout
    (ada,) = year.json("participants", "list")
    assert [record["delivery_partner"] for record in ada["induction_records"]] == [UNITY]


def test_participants_are_migrated_to_another_programme(
    ecf: Any, write: Callable[[str, str], str]
) -> None:
    replaced = begun(ecf, write)
    (former,) = programmes(replaced)
    replaced.json("school-cohort", "set", ALDGATE, *IN_2025, "--programme", "school_led")
    replaced.json("school-cohort", "set", ALDGATE, *IN_2025, "--programme", "provider_led")
    partnered(replaced, SECOND)
    default = programmes(replaced)[0]
    late = enrolled(replaced, "Cy Teacher", "--programme", former["id"])
    assert [r["programme_id"] for r in late["induction_records"]] == [former["id"]]
    asked = ["participants", "migrate", "--from-programme", former["id"], "--to-programme"]
    where = f"from programme {former['id']} to programme {default['id']}\n"
    assert replaced(*asked, default["id"], "--dry-run").stdout == (
        f"1 participant would move {where}"
    )
    assert replaced.json(*asked, default["id"], "--dry-run") == {"migrated": 1}
    assert replaced.json("participant", "show", late["id"]) == late
    assert replaced(*asked, default["id"]).stdout == f"1 participant moved {where}"
    assert replaced.json(*asked, default["id"]) == {"migrated": 0}
    old, new = replaced.json("participant", "show", late["id"])["induction_records"]
    assert (old["induction_status"], old["end_date"]) == ("changed", new["start_date"])
    assert (new["programme_id"], new["lead_provider"]) == (default["id"], SECOND)


def test_participants_are_not_migrated_to_where_they_may_not_go(replaced: Any) -> None:
    default, former = programmes(replaced)
    (elsewhere,) = programmes(replaced, BRIDGE)
    told = {
        former["id"]: "The partnership of the '#/to_programme' has been challenged by the school.",
        default[
            "id"
        ]: "The '#/to_programme' must not be the programme that participants come from.",
        elsewhere["id"]: "The '#/to_programme' must be of the same school and cohort."
        " A participant goes to another school by a transfer.",
        str(uuid4()): "The '#/to_programme' you have entered is invalid."
        " Check programme details and try again.",
        "x": "The '#/to_programme' you have entered is invalid."
        " Check programme details and try again.",
        "": "Enter a '#/to_programme'.",
    }
    asked = ["participants", "migrate", "--from-programme", default["id"], "--to-programme"]
    for to_programme, message in told.items():
        for dry_run in ([], ["--dry-run"]):
            refusal = replaced.refused(*asked, to_programme, *dry_run)
            assert refusal == [f"to_programme: {message}"]


def test_a_partnership_is_put_in_place_by_hand(replaced: Any) -> None:
    current = replaced.json("partnership", "list")[-1]
    change = ["programme", "change-partnership", "--urn", ALDGATE, *IN_2025, "--partnership"]
    assert replaced.json(*change, current["id"]) == {"action": "unchanged", "migrated": 0}
    challenged = replaced.json("partnership", "list")[0]
    assert replaced.refused(*change, challenged["id"]) == [
        "partnership: The partnership has been challenged by the school."
    ]
    elsewhere = partnered(replaced, SECOND, KENT, urn=BRIDGE)
    assert replaced.refused(*change, elsewhere["id"]) == [
        (
            "partnership: The '#/partnership' you have entered is not one of this school"
            " for the entered cohort."
        )
    ]
    for nothing in (str(uuid4()), "x"):
        assert replaced.refused(*change, nothing) == ["partnership: Enter a '#/partnership'."]
    blank = ["programme", "change-partnership", "--urn", "", "--cohort", "", "--partnership", ""]
    assert replaced.refused(*blank) == [
        "cohort: Enter a '#/cohort'.",
        "urn: Enter a '#/urn'.",
        "partnership: Enter a '#/partnership'.",
    ]
