"""What lead providers are told when they cannot act on a participant's training."""

from typing import Any
from uuid import UUID

import pytest

from ecf_core.model.ids import PartnershipId
from ecf_core.model.participant import ParticipantType
from ecf_core.testing.examples import (
    COHORT_2025,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
)
from tests.integration.http.acting import (
    BLANK_COURSE,
    COURSE,
    ECT,
    MENTOR,
    NO_COURSE,
    PARTICIPANTS,
    REPLACEMENT,
    SOUND,
    WHO,
    Refusal,
    act,
    acted,
    asked,
    enrolled,
    refused,
    train,
)
from tests.integration.http.world import NOWHERE, World, body

NO_REASON = (
    "reason",
    "blank, invalid",
    "The property '#/reason' must be present, The property '#/reason' must be a valid reason",
)
NO_SUCH_REASON = ("reason", "invalid", "The property '#/reason' must be a valid reason")
DEFERRED = ("participant_profile", "already_deferred", "The participant is already deferred")
WITHDRAWN = ("participant_profile", "already_withdrawn", "The participant is already withdrawn")
ACTIVE = ("participant_profile", "already_active", "The participant is already active")
NO_SCHEDULE = (
    "schedule_identifier",
    "blank",
    "The property '#/schedule_identifier' must be present and correspond to a valid schedule",
)
ON_IT = (
    "schedule_identifier",
    "already_on_schedule",
    "Selected schedule is already on the profile",
)
NOT_FOR_ECTS = (
    "schedule_identifier",
    "not_for_course",
    "Selected schedule is not valid for the course",
)
NO_ACTION = ("participant_id", "withdrawn", "Cannot perform actions on a withdrawn participant")
NO_PARTNERSHIP = (
    "cohort",
    "no_partnership",
    (
        "You cannot change a participant to this cohort as you do not have a partnership with"
        " the school for the cohort. Contact the DfE for assistance."
    ),
)
NO_SUCH_SCHEDULE = (
    "Invalid action",
    "schedule_not_found",
    "Validation failed: Schedule must exist",
)
NO_SCHOOL_COHORT = (
    "Invalid action",
    "school_cohort_not_found",
    "Validation failed: School cohort must exist",
)
PEOPLE: dict[str, str] = {}
"""Who there is, by first name."""


def settle(world: World) -> None:
    """Ada is active, Bo a mentor, Cy deferred, Di withdrawn, Ed's partnership is challenged."""
    PEOPLE["Ada"] = train(world)
    PEOPLE["Bo"] = enrolled(world, "Bo Mentor", ParticipantType.MENTOR)
    for name, action in (("Cy", "defer"), ("Di", "withdraw")):
        PEOPLE[name] = enrolled(world, f"{name} Teacher")
        acted(world, action, PEOPLE[name])
    world.confirm(RIVERSIDE_ID)
    challenged = world.formed(school_id=str(RIVERSIDE_ID))
    PEOPLE["Ed"] = enrolled(world, "Ed Teacher", school=RIVERSIDE)
    world.challenge(challenged["id"])
    world.seed(id=PartnershipId(UUID(NOWHERE)), cohort=COHORT_2025.start_year)


@pytest.mark.parametrize("action", SOUND)
def test_there_is_no_patch_and_no_short_address_but_in_version_1(
    settled: World, action: str
) -> None:
    sent = body(SOUND[action])
    patched = settled.call("PATCH", f"{PARTICIPANTS}/{PEOPLE['Ada']}/{action}", json=sent)
    assert patched.status_code == 404
    for version in ("v2", "v3"):
        path = f"/api/{version}/participants/{PEOPLE['Ada']}/{action}"
        assert settled.call("PUT", path, json=sent).status_code == 404


@pytest.mark.parametrize(
    "version", ["v1/participants/ecf", "v1/participants", "v2/participants/ecf"]
)
@pytest.mark.parametrize("action", SOUND)
def test_every_version_refuses_the_same(settled: World, version: str, action: str) -> None:
    assert refused(act(settled, action, NOWHERE, at=f"/api/{version}")) == [WHO]


@pytest.mark.parametrize("action", SOUND)
def test_who_is_not_the_lead_providers_is_not_recognised(settled: World, action: str) -> None:
    for id_ in (NOWHERE, "nobody", "1", PEOPLE["Ed"]):
        assert refused(act(settled, action, id_)) == [WHO]
    assert refused(act(settled, action, PEOPLE["Ada"], by=ORANGE_INSTITUTE)) == [WHO]


@pytest.mark.parametrize("action", SOUND)
@pytest.mark.parametrize(
    "course", [MENTOR, "npq-senco", "ECF-induction", " ecf-induction", 5, True]
)
def test_a_course_that_is_not_the_participants_is_not_recognised(
    settled: World, action: str, course: object
) -> None:
    assert refused(act(settled, action, PEOPLE["Ada"], course_identifier=course)) == [COURSE]
    if course == MENTOR:
        assert refused(act(settled, action, PEOPLE["Bo"], course_identifier=ECT)) == [COURSE]


@pytest.mark.parametrize("action", SOUND)
@pytest.mark.parametrize("course", [None, "", "  ", False, [], {"a": 1}])
def test_a_missing_course_is_told_twice(settled: World, action: str, course: object) -> None:
    assert refused(act(settled, action, PEOPLE["Ada"], course_identifier=course)) == [NO_COURSE]
    assert refused(act(settled, action, NOWHERE, course_identifier=course)) == [WHO, BLANK_COURSE]


@pytest.mark.parametrize("action", ["defer", "withdraw"])
def test_a_missing_reason_is_told_twice(settled: World, action: str) -> None:
    for reason in (None, "", " ", False, ["other"]):
        assert refused(act(settled, action, PEOPLE["Ada"], reason=reason)) == [NO_REASON]


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("defer", "moved-school"),
        ("defer", "Other"),
        ("defer", 5),
        ("withdraw", "career-break"),
        ("withdraw", "started-in-error"),
        ("withdraw", "school-left-fip"),
    ],
)
def test_a_reason_is_one_for_its_action(settled: World, action: str, reason: object) -> None:
    assert refused(act(settled, action, PEOPLE["Ada"], reason=reason)) == [NO_SUCH_REASON]


@pytest.mark.parametrize(
    ("name", "action", "refusal"),
    [
        ("Cy", "defer", DEFERRED),
        ("Di", "defer", WITHDRAWN),
        ("Di", "withdraw", WITHDRAWN),
        ("Ada", "resume", ACTIVE),
        ("Di", "change-schedule", NO_ACTION),
    ],
)
def test_what_has_been_said_is_not_said_again(
    settled: World, name: str, action: str, refusal: Refusal
) -> None:
    assert refused(act(settled, action, PEOPLE[name])) == [refusal]


NOTHING: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("name", "action", "attributes", "refusals"),
    [
        ("Ada", "defer", NOTHING, [NO_COURSE, NO_REASON]),
        ("Ada", "withdraw", NOTHING, [NO_COURSE]),
        ("Ada", "resume", NOTHING, [NO_COURSE]),
        ("Ada", "change-schedule", NOTHING, [NO_COURSE, NO_SCHEDULE]),
        ("nobody", "defer", NOTHING, [WHO, BLANK_COURSE, NO_REASON]),
        ("nobody", "withdraw", NOTHING, [WHO, BLANK_COURSE]),
        ("nobody", "change-schedule", NOTHING, [WHO, BLANK_COURSE, NO_SCHEDULE]),
        ("nobody", "defer", {"course_identifier": ECT, "reason": "x"}, [WHO, NO_SUCH_REASON]),
        ("Ed", "withdraw", {"course_identifier": ECT, "reason": "x"}, [WHO, NO_SUCH_REASON]),
        ("Cy", "defer", {"course_identifier": ECT}, [NO_REASON, DEFERRED]),
        ("Di", "withdraw", {"course_identifier": ECT}, [NO_REASON, WITHDRAWN]),
        ("Di", "change-schedule", {"course_identifier": ECT}, [NO_SCHEDULE, NO_ACTION]),
        (
            "Di",
            "change-schedule",
            {"course_identifier": ECT, "schedule_identifier": REPLACEMENT, "cohort": 2023},
            [NO_ACTION, NO_PARTNERSHIP],
        ),
    ],
)
def test_what_is_wrong_is_told_together_in_the_order_of_the_rules(
    settled: World,
    name: str,
    action: str,
    attributes: dict[str, Any],
    refusals: list[Refusal],
) -> None:
    """A withdrawal that finds nobody asks for no reason; a deferral does."""
    assert refused(asked(settled, action, PEOPLE.get(name, name), attributes)) == refusals


@pytest.mark.parametrize(
    ("attributes", "refusals"),
    [
        ({"schedule_identifier": " "}, [NO_SCHEDULE]),
        ({"schedule_identifier": "ecf-standard-september"}, [ON_IT]),
        ({"schedule_identifier": "ecf-standard-september", "cohort": "2024x"}, [ON_IT]),
        ({"schedule_identifier": REPLACEMENT}, [NOT_FOR_ECTS]),
        ({"schedule_identifier": "ecf-standard-never"}, [NO_SUCH_SCHEDULE]),
        ({"schedule_identifier": "ECF-standard-september"}, [NO_SUCH_SCHEDULE]),
        ({"schedule_identifier": 5}, [NO_SUCH_SCHEDULE]),
        ({"cohort": 2023}, [NO_PARTNERSHIP]),
        ({"cohort": 1999}, [NO_PARTNERSHIP]),
        ({"cohort": "abc"}, [NO_PARTNERSHIP]),
        ({"cohort": 99999999999999999999}, [NO_PARTNERSHIP]),
        ({"cohort": 2025}, [NO_SCHOOL_COHORT]),
        ({"cohort": 2025, "schedule_identifier": "never"}, [NO_SUCH_SCHEDULE]),
        ({"cohort": 2025, "schedule_identifier": REPLACEMENT}, [NOT_FOR_ECTS]),
        ({"cohort": 2023, "schedule_identifier": None}, [NO_SCHEDULE, NO_PARTNERSHIP]),
    ],
)
def test_a_schedule_that_cannot_be_the_participants_is_refused(
    settled: World, attributes: dict[str, object], refusals: list[Refusal]
) -> None:
    sent = {**SOUND["change-schedule"], **attributes}
    assert refused(asked(settled, "change-schedule", PEOPLE["Ada"], sent)) == refusals


@pytest.mark.parametrize("action", SOUND)
def test_what_would_be_refused_is_refused_the_same(settled: World, action: str) -> None:
    path = f"{PARTICIPANTS}/{PEOPLE['Ada']}/{action}"
    judged = settled.call("PUT", f"{path}?dry_run=true", json=body({}))
    assert judged.status_code == 422
    assert judged.content == settled.call("PUT", path, json=body({})).content
    unsure = settled.call("PUT", f"{path}?dry_run=maybe", json=body(SOUND[action]))
    assert (unsure.status_code, unsure.json()["errors"][0]["code"]) == (400, "bad_parameter")


@pytest.mark.parametrize("content", ["", "{}", '{"data":{}}', '{"data":5}', "{"])
def test_a_body_of_another_shape_is_refused(settled: World, content: str) -> None:
    response = settled.call(
        "PUT",
        f"{PARTICIPANTS}/{NOWHERE}/defer",
        content=content,
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"] == (
        "correct json data structure required. See API docs for reference"
    )


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("defer", "course_identifier"),
        ("withdraw", "reason"),
        ("change-schedule", "schedule_identifier"),
        ("change-schedule", "cohort"),
    ],
)
def test_a_nul_byte_is_refused(settled: World, action: str, name: str) -> None:
    sent = {**SOUND[action], name: "a\0"}
    response = asked(settled, action, PEOPLE["Ada"], sent)
    assert response.status_code == 400
    assert response.json()["errors"][0]["source"] == {"pointer": f"/data/attributes/{name}"}
