"""Lead providers defer, withdraw and resume training."""

from typing import Any

import pytest

from ecf_core.model.participant import ParticipantType
from ecf_core.testing.examples import ORANGE_INSTITUTE
from tests.integration.http.training import (
    ECT,
    MENTOR,
    NOT_RECOGNISED,
    NOT_THE_COURSE,
    PARTICIPANTS,
    SOUND,
    act,
    acted,
    enrol,
    refused,
    train,
)
from tests.integration.http.world import NOWHERE, World, body

WHO = ("participant_id", "not_recognised", NOT_RECOGNISED)
COURSE = ("course_identifier", "not_recognised", NOT_THE_COURSE)
NO_COURSE = (
    "course_identifier",
    "not_recognised, blank",
    f"{NOT_THE_COURSE}, Enter a '#/course_identifier' value for this participant.",
)
NO_REASON = (
    "reason",
    "blank, invalid",
    "The property '#/reason' must be present, The property '#/reason' must be a valid reason",
)
NO_SUCH_REASON = ("reason", "invalid", "The property '#/reason' must be a valid reason")


@pytest.fixture
def ada(world: World) -> str:
    return train(world)


def test_a_participant_is_deferred(world: World, ada: str) -> None:
    world.clock.advance(hours=1)
    response = act(world, "defer", ada)
    assert response.status_code == 200
    data = response.json()["data"]
    assert (data["id"], data["type"]) == (ada, "participant")
    assert data["attributes"]["updated_at"] == "2024-09-10T10:30:00Z"
    (enrolment,) = data["attributes"]["ecf_enrolments"]
    assert (enrolment["training_status"], enrolment["withdrawal"]) == ("deferred", None)
    assert enrolment["deferral"] == {"reason": "parental-leave", "date": "2024-09-10T10:30:00Z"}


def test_a_participant_is_withdrawn_and_resumed(world: World, ada: str) -> None:
    acted(world, "defer", ada)
    world.clock.advance(hours=1)
    withdrawn = acted(world, "withdraw", ada)
    assert (withdrawn["training_status"], withdrawn["deferral"]) == ("withdrawn", None)
    assert withdrawn["withdrawal"] == {"reason": "moved-school", "date": "2024-09-10T10:30:00Z"}
    resumed = acted(world, "resume", ada)
    assert resumed["training_status"] == "active"
    assert (resumed["withdrawal"], resumed["deferral"]) == (None, None)


@pytest.mark.parametrize(
    "version", ["v1/participants/ecf", "v1/participants", "v2/participants/ecf"]
)
def test_older_versions_answer_with_the_training(world: World, ada: str, version: str) -> None:
    response = act(world, "defer", ada, at=f"/api/{version}")
    assert response.status_code == 200
    data = response.json()["data"]
    assert (data["id"], data["type"]) == (ada, "participant")
    assert data["attributes"]["training_status"] == "deferred"
    assert data["attributes"]["full_name"] == "Ada Teacher"


@pytest.mark.parametrize("action", SOUND)
def test_there_is_no_patch_and_no_short_address_in_other_versions(
    world: World, action: str
) -> None:
    sent = body(SOUND[action])
    assert world.call("PATCH", f"{PARTICIPANTS}/{NOWHERE}/{action}", json=sent).status_code == 404
    for version in ("v2", "v3"):
        path = f"/api/{version}/participants/{NOWHERE}/{action}"
        assert world.call("PUT", path, json=sent).status_code == 404


@pytest.mark.parametrize("action", SOUND)
@pytest.mark.parametrize("id_", [NOWHERE, "nobody", "1"])
def test_an_unknown_participant_is_not_recognised(world: World, action: str, id_: str) -> None:
    train(world)
    assert refused(act(world, action, id_)) == [WHO]


@pytest.mark.parametrize("action", SOUND)
@pytest.mark.parametrize("course", [MENTOR, "npq-senco", "ECF-induction", 5, True])
def test_a_course_that_is_not_the_participants_is_not_recognised(
    world: World, ada: str, action: str, course: Any
) -> None:
    assert refused(act(world, action, ada, course_identifier=course)) == [COURSE]


@pytest.mark.parametrize("action", SOUND)
@pytest.mark.parametrize("course", [None, "", "  ", False, [], {"a": 1}])
def test_a_missing_course_is_told_twice(world: World, ada: str, action: str, course: Any) -> None:
    assert refused(act(world, action, ada, course_identifier=course)) == [NO_COURSE]


@pytest.mark.parametrize("action", SOUND)
def test_another_lead_providers_participant_is_not_recognised(
    world: World, ada: str, action: str
) -> None:
    assert refused(act(world, action, ada, by=ORANGE_INSTITUTE)) == [WHO]


@pytest.mark.parametrize("action", SOUND)
def test_a_participant_of_a_challenged_partnership_is_not_recognised(
    world: World, ada: str, action: str
) -> None:
    (partnership,) = world.shown("/api/v3/partnerships/ecf")
    world.challenge(partnership["id"])
    assert refused(act(world, action, ada)) == [WHO]


@pytest.mark.parametrize("reason", [None, "", " "])
@pytest.mark.parametrize("action", ["defer", "withdraw"])
def test_a_missing_reason_is_told_twice(
    world: World, ada: str, action: str, reason: str | None
) -> None:
    assert refused(act(world, action, ada, reason=reason)) == [NO_REASON]


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ("defer", "moved-school"),
        ("defer", 5),
        ("withdraw", "career-break"),
        ("withdraw", "started-in-error"),
        ("withdraw", "school-left-fip"),
    ],
)
def test_a_reason_is_one_for_its_action(
    world: World, ada: str, action: str, reason: object
) -> None:
    assert refused(act(world, action, ada, reason=reason)) == [NO_SUCH_REASON]


@pytest.mark.parametrize(
    "reason", ["bereavement", "long-term-sickness", "parental-leave", "career-break", "other"]
)
def test_every_reason_to_defer(world: World, ada: str, reason: str) -> None:
    assert acted(world, "defer", ada, reason=reason)["deferral"]["reason"] == reason


@pytest.mark.parametrize(
    "reason",
    [
        "left-teaching-profession",
        "moved-school",
        "mentor-no-longer-being-mentor",
        "switched-to-school-led",
        "other",
    ],
)
def test_every_reason_to_withdraw(world: World, ada: str, reason: str) -> None:
    assert acted(world, "withdraw", ada, reason=reason)["withdrawal"]["reason"] == reason


@pytest.mark.parametrize(
    ("before", "action", "code", "detail"),
    [
        (["defer"], "defer", "already_deferred", "The participant is already deferred"),
        (["withdraw"], "defer", "already_withdrawn", "The participant is already withdrawn"),
        (["withdraw"], "withdraw", "already_withdrawn", "The participant is already withdrawn"),
        ([], "resume", "already_active", "The participant is already active"),
        (["defer", "resume"], "resume", "already_active", "The participant is already active"),
    ],
)
def test_what_has_been_said_is_not_said_again(
    world: World, ada: str, before: list[str], action: str, code: str, detail: str
) -> None:
    for each in before:
        acted(world, each, ada)
    assert refused(act(world, action, ada)) == [("participant_profile", code, detail)]


def test_what_is_wrong_is_told_together(world: World, ada: str) -> None:
    """A withdrawal without a course asks for no reason; a deferral does, whoever it is of."""
    nothing = {"course_identifier": None, "reason": None}
    assert refused(act(world, "defer", ada, **nothing)) == [NO_COURSE, NO_REASON]
    assert refused(act(world, "withdraw", ada, **nothing)) == [NO_COURSE]
    missing = ("course_identifier", "blank", NO_COURSE[2].rpartition(", ")[2])
    assert refused(act(world, "defer", NOWHERE, **nothing)) == [WHO, missing, NO_REASON]
    assert refused(act(world, "withdraw", NOWHERE, **nothing)) == [WHO, missing]
    assert refused(act(world, "defer", ada, by=ORANGE_INSTITUTE, reason="x")) == [
        WHO,
        NO_SUCH_REASON,
    ]
    acted(world, "defer", ada)
    already = ("participant_profile", "already_deferred", "The participant is already deferred")
    assert refused(act(world, "defer", ada, reason="x")) == [NO_SUCH_REASON, already]


def test_a_mentor_takes_the_course_for_mentors(world: World, ada: str) -> None:
    mentor = str(enrol(world, "Bo Mentor", ParticipantType.MENTOR).person.id)
    assert refused(act(world, "defer", mentor, course_identifier=ECT)) == [COURSE]
    deferred = acted(world, "defer", mentor, course_identifier=MENTOR)
    assert (deferred["participant_type"], deferred["training_status"]) == ("mentor", "deferred")
    assert acted(world, "withdraw", ada)["participant_type"] == "ect"


@pytest.mark.parametrize("content", ["", "{}", '{"data":{}}', '{"data":5}', "{"])
def test_a_body_of_another_shape_is_refused(world: World, content: str) -> None:
    response = world.call(
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
def test_a_nul_byte_is_refused(world: World, ada: str, action: str, name: str) -> None:
    response = act(world, action, ada, **{name: "a\0"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["source"] == {"pointer": f"/data/attributes/{name}"}


def test_a_form_will_do(world: World, ada: str) -> None:
    form = {f"data[attributes][{name}]": value for name, value in SOUND["defer"].items()}
    response = world.call("PUT", f"{PARTICIPANTS}/{ada.upper()}/defer", data=form)
    assert response.status_code == 200
    assert response.json()["data"]["id"] == ada
