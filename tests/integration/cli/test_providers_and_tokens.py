from collections.abc import Callable
from typing import Any

import pytest

Write = Callable[[str, str], str]
WORK = ["--lead-provider", "Ambition Institute", "--cohort", "2025"]


@pytest.mark.parametrize("kind", ["lead-providers", "delivery-partners"])
def test_organisations_are_loaded_all_or_none(ecf: Any, write: Write, kind: str) -> None:
    file = write("names.csv", "name\nOne\nTwo\n")
    assert ecf.json(kind, "import", file) == {"created": 2, "updated": 0, "unchanged": 0}
    assert ecf(kind, "import", file).stdout == "created 0, updated 0, unchanged 2\n"
    twice = write("twice.csv", "name\nThree\nThree\n")
    assert ecf.refused(kind, "import", twice) == [
        f"{twice}:3: name: 'Three': is in the file already, on line 2"
    ]
    bad = write("bad.csv", "title\nFour\n")
    assert ecf.refused(kind, "import", bad) == [f"{bad}:1: has none of the columns name"]


def test_a_delivery_partner_is_set_up_and_discarded(world: Any) -> None:
    pairs = ["--works-with", "Teach First:2025", "--works-with", "Ambition Institute:2024"]
    added = world.json("delivery-partners", "add", "New Hub", *pairs)
    assert list(added) == ["id", "provider_relationships"]
    assert added["provider_relationships"] == 2
    assert world.json("delivery-partners", "add", "New Hub", *pairs) == added
    assert world.json("delivery-partners", "discard", "New Hub") == {"discarded": 2}
    assert world.refused("delivery-partners", "discard", added["id"])[0].startswith(
        "delivery_partner_id: The '#/delivery_partner_id' you have entered is invalid."
    )
    unknown = world.refused("delivery-partners", "add", "X", "--works-with", "Nobody:2025")
    assert unknown == ["works_with: Nobody:2025: there is no such lead provider."]


def test_a_delivery_partner_keeps_the_id_that_is_known_already(world: Any) -> None:
    known = "0f0e0d0c-0b0a-4908-8706-050403020100"
    add = ("delivery-partners", "add", "New Hub", "--id")
    assert world.json(*add, known) == {"id": known, "provider_relationships": 0}
    assert world.json("delivery-partners", "add", "New Hub")["id"] == known
    (conflict,) = world.refused(*add, known.replace("0f", "1f"))
    assert conflict.startswith(f"id: New Hub is known already, by id {known}.")
    assert world.refused(*add, "") == ["id: Enter an '#/id'."]
    assert world(*add, known.upper()).exit_code == 2


def test_provider_relationships_are_loaded_and_ended(world: Any, write: Write) -> None:
    id_ = world.json("delivery-partners", "add", "New Hub")["id"]
    header = "delivery_partner_id,lead_provider_name,basis\n"
    file = write("relationships.csv", f"{header}{id_},Ambition Institute,x\n")
    load = ["provider-relationships", "import", file, "--cohort"]
    assert world.json(*load, "2025") == {"created": 1, "unchanged": 0}
    assert world.json(*load, "2025") == {"created": 0, "unchanged": 1}
    assert world.refused(*load, "2030") == [
        "cohort: The '#/cohort' you have entered is invalid. Check cohort details and try again."
    ]
    assert world.refused(*load, "") == ["cohort: Enter a '#/cohort'."]
    bad = write("bad.csv", f"{header}{id_},Nobody,x\n")
    assert world.refused("provider-relationships", "import", bad, "--cohort", "2025") == [
        f"{bad}:2: lead_provider_name: 'Nobody': no such lead provider"
    ]
    end = ["provider-relationships", "discard", "--delivery-partner", "New Hub", *WORK]
    assert world.json(*end) == {"discarded": 1}
    assert world.refused(*end) == [
        "provider_relationship: They do not work together in the cohort."
    ]


def test_a_token_is_shown_once_listed_and_revoked(world: Any) -> None:
    create = ["token", "create", "--lead-provider", "Teach First"]
    secret = world(*create).stdout
    assert len(secret.split()) == 1
    made = world.json(*create, "--expires", "2999/8/31")
    assert list(made) == ["token", "id"]
    listed = world.json("token", "list")
    assert [token["expires_at"] for token in listed] == [None, "2999-09-01T00:00:00Z"]
    assert list(listed[1]) == [
        "id",
        "lead_provider",
        "created_at",
        "last_used_at",
        "expires_at",
        "revoked_at",
    ]
    shown = world("token", "list").stdout
    assert made["id"] in shown
    assert secret.strip() not in shown
    assert made["token"] not in shown
    assert world.json("token", "revoke", made["id"])["revoked_at"].endswith("Z")


def test_tokens_are_refused_to_nobody_and_for_days_gone_by(world: Any) -> None:
    create = ["token", "create", "--lead-provider"]
    assert world.refused(*create, "") == ["lead_provider_id: Enter a '#/lead_provider_id'."]
    assert world.refused(*create, "Teach First", "--expires", "2020-01-01") == [
        "expires: 2020-01-01 has gone by."
    ]
    assert world.refused(*create, "Teach First", "--expires", "") == [
        "expires: Enter an '#/expires'."
    ]
    assert world.refused("token", "revoke", "7") == ["id: There is no token with this id."]
    assert world("token", "create", "--lead-provider", "x", "--expires", "soon").exit_code == 2
