"""A school's year, told through commands: from the files of a cohort to a transfer."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.cli.cohort_year import (
    ALDGATE,
    BRIDGE,
    FIRST,
    IN_2025,
    KENT,
    SECOND,
    UNITY,
    begun,
    enrolled,
    partnered,
    programmes,
)

AUTUMN, WINTER, NEW_YEAR = (
    "2025-10-01T09:00:00Z",
    "2025-12-01T09:00:00Z",
    "2026-01-15T09:00:00Z",
)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the instant at which the commands act."""
    monkeypatch.setenv("ECF_SANDBOX", "1")
    return lambda instant: monkeypatch.setenv("ECF_NOW", instant)


def _trains(ecf: Any, urn: str) -> list[tuple[str, int, str | None]]:
    """A school's programmes: whose, how many train in it, and whether it is the default."""
    partnerships = {p["id"]: p["lead_provider"] for p in ecf.json("partnership", "list")}
    return [
        (
            partnerships.get(programme["partnership_id"], "nobody"),
            programme["active_participants"],
            "default" if programme["default"] else None,
        )
        for programme in programmes(ecf, urn)
    ]


def test_from_the_files_of_a_cohort_to_a_transfer(
    ecf: Any, write: Callable[[str, str], str], at: Callable[[str], None]
) -> None:
    at(AUTUMN)
    begun(ecf, write)

    # The school's mentor is enrolled by hand, the early career teachers from a file.
    mo = enrolled(ecf, "Mo Mentor", type_="mentor")
    file = write(
        "participants.csv",
        "urn,cohort,type,full_name,email,mentor_email\n"
        f"{ALDGATE},2025,ect,Ada Teacher,ada@example.org,mo.mentor@example.org\n"
        f"{ALDGATE},2025,ect,Bo Teacher,bo@example.org,\n",
    )
    imported = ecf.json("participants", "import", file)
    assert imported == {"created": 2, "unchanged": 0, "rejected": 0}
    assert _trains(ecf, ALDGATE) == [("nobody", 3, "default")]

    # A partnership: nobody moves, since the default programme takes it.
    first = partnered(ecf, FIRST, KENT)
    assert _trains(ecf, ALDGATE) == [(FIRST, 3, "default")]
    by_name = {shown["full_name"]: shown for shown in ecf.json("participants", "list")}
    ada, bo = by_name["Ada Teacher"], by_name["Bo Teacher"]
    (record,) = ada["induction_records"]
    assert (record["lead_provider"], record["delivery_partner"]) == (FIRST, KENT)
    assert record["mentor_id"] == mo["id"]

    # Bo is to go to Bridge in the new year, and to stay with the providers.
    transfer = ("--to-urn", BRIDGE, "--programme", "continue", "--start-date", "2026-01-05")
    ecf.json("participant", "transfer", bo["id"], *transfer)
    (own, related) = sorted(ecf.json("partnership", "list"), key=lambda p: p["relationship"])
    assert (own["id"], own["relationship"]) == (first["id"], False)
    assert (related["urn"], related["relationship"], related["challenge_deadline"]) == (
        BRIDGE,
        True,
        None,
    )
    assert _trains(ecf, BRIDGE) == [("nobody", 0, "default"), (FIRST, 0, None)]

    # The school challenges; nobody moves, and whoever comes now waits with the others.
    at(WINTER)
    ecf.json("partnership", "challenge", first["id"], "--reason", "another_provider")
    cy = enrolled(ecf, "Cy Teacher")
    assert [r["lead_provider"] for r in cy["induction_records"]] == [None]
    # Bo, who is leaving, is counted no longer.
    assert _trains(ecf, ALDGATE) == [(FIRST, 3, "default")]

    # Another lead provider forms a partnership: all who stay move into it, at one instant.
    second = partnered(ecf, SECOND, UNITY)
    assert _trains(ecf, ALDGATE) == [(SECOND, 3, "default"), (FIRST, 0, None)]
    for participant in (mo, ada, cy):
        shown = ecf.json("participant", "show", participant["id"])
        old, new = shown["induction_records"]
        assert (old["induction_status"], old["end_date"]) == ("changed", WINTER)
        assert (old["partnership_id"], old["lead_provider"]) == (first["id"], None)
        assert (new["start_date"], new["end_date"]) == (WINTER, None)
        assert (new["partnership_id"], new["lead_provider"], new["delivery_partner"]) == (
            second["id"],
            SECOND,
            UNITY,
        )
        assert new["mentor_id"] == old["mentor_id"]

    # In the new year Bo is at Bridge with the same providers; its own programme is still free.
    at(NEW_YEAR)
    left, joined = ecf.json("participant", "show", bo["id"])["induction_records"]
    assert (left["urn"], left["induction_status"], left["end_date"]) == (
        ALDGATE,
        "leaving",
        "2026-01-05T00:00:00Z",
    )
    assert (joined["urn"], joined["lead_provider"], joined["delivery_partner"]) == (
        BRIDGE,
        FIRST,
        KENT,
    )
    assert (joined["partnership_id"], joined["school_transfer"]) == (related["id"], True)
    assert _trains(ecf, BRIDGE) == [("nobody", 0, "default"), (FIRST, 1, None)]
    assert [shown["id"] for shown in ecf.json("participants", "list", "--urn", BRIDGE)] == [
        bo["id"]
    ]

    # The lead provider asks Bridge for a partnership: that of Bo becomes the school's own.
    promoted = partnered(ecf, FIRST, KENT, urn=BRIDGE)
    assert (promoted["id"], promoted["relationship"]) == (related["id"], False)
    happened = [e["event"] for e in ecf.json("partnership", "history", related["id"])]
    assert happened == ["relationship_partnership_made", "partnership_reported"]
    assert ecf.json("school", "show", BRIDGE, *IN_2025)["in_partnership"] is True
