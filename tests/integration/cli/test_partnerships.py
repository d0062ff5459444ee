from typing import Any

import pytest

REQUEST = {
    "--lead-provider": "Ambition Institute",
    "--urn": "100000",
    "--cohort": "2025",
    "--delivery-partner": "Kent Teaching School Hub",
}
KEYS = [
    "id",
    "cohort",
    "urn",
    "school_id",
    "lead_provider",
    "delivery_partner_id",
    "delivery_partner",
    "status",
    "challenged_reason",
    "challenged_at",
    "challenge_deadline",
    "relationship",
    "created_at",
    "updated_at",
]


def asked(**others: str) -> list[str]:
    options = REQUEST | {f"--{name.replace('_', '-')}": value for name, value in others.items()}
    return [word for option in options.items() for word in option]


@pytest.fixture
def confirmed(world: Any) -> Any:
    """The small world, in which one school has chosen provider-led."""
    world.json("school-cohort", "set", "100000", "--cohort", "2025", "--programme", "provider_led")
    return world


def test_a_partnership_is_formed_shown_and_listed(confirmed: Any) -> None:
    formed = confirmed.json("partnership", "create", *asked())
    assert list(formed) == KEYS
    assert (
        formed
        | {
            "cohort": 2025,
            "urn": "100000",
            "lead_provider": "Ambition Institute",
            "delivery_partner": "Kent Teaching School Hub",
            "status": "active",
            "challenged_reason": None,
            "relationship": False,
        }
        == formed
    )
    assert formed["created_at"].endswith("Z")
    assert confirmed.json("partnership", "show", formed["id"]) == formed
    assert confirmed.json("partnership", "list") == [formed]
    assert confirmed.json("partnership", "list", "--lead-provider", "Teach First") == []
    assert confirmed.json("partnership", "list", "--cohort", "2024") == []
    assert formed["id"] in confirmed("partnership", "list").stdout
    shown = confirmed.json("school", "show", "100000", "--cohort", "2025")
    assert (shown["programme"], shown["in_partnership"]) == ("provider_led", True)


def test_a_dry_run_shows_the_partnership_that_would_be(confirmed: Any) -> None:
    would_be = confirmed.json("partnership", "create", *asked(), "--dry-run")
    assert list(would_be) == KEYS
    assert confirmed.json("partnership", "list") == []


def test_a_partnership_gets_another_delivery_partner(confirmed: Any) -> None:
    formed = confirmed.json("partnership", "create", *asked())
    other = ["--delivery-partner", "Unity Teaching School Hub"]
    would_be = confirmed.json("partnership", "update", formed["id"], *other, "--dry-run")
    assert confirmed.json("partnership", "show", formed["id"]) == formed
    updated = confirmed.json("partnership", "update", formed["id"], *other)
    assert updated["delivery_partner"] == would_be["delivery_partner"] == other[1]
    by_id = ["--delivery-partner", formed["delivery_partner_id"]]
    assert (
        confirmed.json("partnership", "update", formed["id"], *by_id)["delivery_partner"]
        == (formed["delivery_partner"])
    )


def test_a_partnership_is_challenged_once_and_has_a_history(confirmed: Any) -> None:
    id_ = confirmed.json("partnership", "create", *asked())["id"]
    challenged = confirmed.json("partnership", "challenge", id_, "--reason", "mistake")
    assert (challenged["status"], challenged["challenged_reason"]) == ("challenged", "mistake")
    assert confirmed.refused("partnership", "challenge", id_, "--reason", "mistake") == [
        "partnership: This partnership has already been challenged."
    ]
    history = confirmed.json("partnership", "history", id_)
    assert [entry["event"] for entry in history] == [
        "partnership_reported",
        "partnership_challenged",
    ]
    assert all(list(e) == ["event", "happened_at", "actor", "details"] for e in history)
    assert history[0]["actor"].startswith("administrator: ")
    assert "partnership_challenged" in confirmed("partnership", "history", id_).stdout


def test_what_is_left_blank_breaks_the_rules(world: Any) -> None:
    blank = asked(lead_provider="", urn=" ", cohort="", delivery_partner="")
    assert world.refused("partnership", "create", *blank) == [
        "cohort: Enter a '#/cohort'.",
        "school_id: Enter a '#/school_id'.",
        "lead_provider_id: Enter a '#/lead_provider_id'.",
        "delivery_partner_id: Enter a '#/delivery_partner_id'.",
    ]


def test_what_is_unknown_breaks_the_rules_and_is_guessed_for_people(world: Any) -> None:
    unknown = asked(lead_provider="ambition", urn="7", cohort="1066", delivery_partner="Kent Hub")
    assert world.refused("partnership", "create", *unknown) == [
        "hint: there is no lead provider 'ambition'; did you mean 'Ambition Institute'?",
        "cohort: The '#/cohort' you have entered is invalid. Check cohort details and try again.",
        (
            "school_id: The '#/school_id' you have entered is invalid. Check school details and"
            " try again. Contact the DfE for support if you are unable to find the '#/school_id'."
        ),
        "lead_provider_id: Enter a valid '#/lead_provider_id'.",
        (
            "delivery_partner_id: The '#/delivery_partner_id' you have entered is invalid."
            " Check delivery partner details and try again."
        ),
    ]
    result = world("--json", "partnership", "create", *unknown)
    assert (result.exit_code, result.stderr) == (1, "")
    assert '"code": "invalid"' in result.stdout


@pytest.mark.parametrize("id_", ["", "7", "1e7a3f4c-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("command", ["show", "history", "challenge", "update"])
def test_a_partnership_that_is_not_there_is_refused(world: Any, command: str, id_: str) -> None:
    more = {
        "challenge": ["--reason", "mistake"],
        "update": ["--delivery-partner", "Kent Teaching School Hub"],
    }
    lines = world.refused("partnership", command, id_, *more.get(command, []))
    assert lines == ["partnership: Enter a '#/partnership'."]


def test_an_explanation_tells_of_every_rule_and_is_no_refusal(confirmed: Any) -> None:
    explained = confirmed.json("partnership", "explain", *asked(urn="100001"))
    assert list(explained) == ["allowed", "rules"]
    assert explained["allowed"] is False
    assert all(list(r) == ["field", "code", "passed", "message"] for r in explained["rules"])
    assert {(r["code"], r["passed"]) for r in explained["rules"] if r["passed"] is not True} >= {
        ("funding_error", False),
        ("ineligible_error", None),
    }
    assert confirmed.json("partnership", "explain", *asked())["allowed"] is True
    assert confirmed.json("partnership", "list") == []


def test_an_explanation_begins_with_the_reason(confirmed: Any) -> None:
    result = confirmed("partnership", "explain", *asked(urn="100001"))
    assert result.exit_code == 0
    assert result.stdout.startswith("Refused: school_id: The school you have entered has not reg")
    assert "BROKEN" in result.stdout
    assert "not judged" in result.stdout
    assert confirmed("partnership", "explain", *asked()).stdout.startswith("Allowed")


def test_the_profile_of_rules_is_an_option(world: Any) -> None:
    lines = world.refused("--rules", "documented", "partnership", "create", *asked())
    assert lines[0].startswith("school_id: The school you have entered has not yet confirmed")
    assert world.json("--rules", "ecf1", "partnership", "create", *asked())["status"] == "active"


@pytest.mark.parametrize("cohort", ["99999999999999999999", "-1", "0"])
def test_a_year_that_is_no_cohort_is_refused(world: Any, cohort: str) -> None:
    assert len(world.refused("partnership", "create", *asked(cohort=cohort))) == 1
    assert len(world.refused("partnership", "list", "--cohort", cohort)) == 1
