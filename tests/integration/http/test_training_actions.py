"""Lead providers defer, withdraw and resume training, and change schedules."""

import pytest

from ecf_core.model.participant import ParticipantType
from ecf_core.testing.examples import (
    COHORT_2025,
    GREENDALE_ID,
    SOUTH_HUB,
)
from tests.integration.http.acting import (
    MENTOR,
    PARTICIPANTS,
    REDUCED,
    REPLACEMENT,
    SOUND,
    act,
    acted,
    enrolled,
    train,
)
from tests.integration.http.test_idempotency import KEY, assert_replayed, assert_reused
from tests.integration.http.world import World, body


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
    assert enrolment["participant_status"] == "active"
    assert enrolment["deferral"] == {"reason": "parental-leave", "date": "2024-09-10T10:30:00Z"}


def test_what_is_answered_is_what_is_shown_afterwards(world: World, ada: str) -> None:
    for action in ("defer", "resume", "change-schedule", "withdraw"):
        world.clock.advance(hours=1)
        answer = act(world, action, ada)
        assert answer.status_code == 200
        assert world.call("GET", f"{PARTICIPANTS}/{ada}").json() == answer.json()


def test_a_participant_is_withdrawn_and_resumed(world: World, ada: str) -> None:
    acted(world, "defer", ada)
    world.clock.advance(hours=1)
    withdrawn = acted(world, "withdraw", ada)
    assert (withdrawn["training_status"], withdrawn["deferral"]) == ("withdrawn", None)
    assert withdrawn["withdrawal"] == {"reason": "moved-school", "date": "2024-09-10T10:30:00Z"}
    resumed = acted(world, "resume", ada)
    assert resumed["training_status"] == "active"
    assert (resumed["withdrawal"], resumed["deferral"]) == (None, None)
    assert acted(world, "defer", ada)["training_status"] == "deferred"
    assert acted(world, "resume", ada)["training_status"] == "active"


@pytest.mark.parametrize(
    ("action", "shown", "reasons"),
    [
        (
            "defer",
            "deferral",
            ["bereavement", "long-term-sickness", "parental-leave", "career-break", "other"],
        ),
        (
            "withdraw",
            "withdrawal",
            [
                "left-teaching-profession",
                "moved-school",
                "mentor-no-longer-being-mentor",
                "switched-to-school-led",
                "other",
            ],
        ),
    ],
)
def test_every_reason_is_shown_again(
    world: World, ada: str, action: str, shown: str, reasons: list[str]
) -> None:
    for reason in reasons:
        world.clock.advance(hours=1)
        assert acted(world, action, ada, reason=reason)[shown]["reason"] == reason
        acted(world, "resume", ada)


@pytest.mark.parametrize(
    "version", ["v1/participants/ecf", "v1/participants", "v2/participants/ecf"]
)
def test_older_versions_answer_with_the_training_that_was_acted_on(
    world: World, ada: str, version: str
) -> None:
    answers = [
        act(world, action, ada, at=f"/api/{version}")
        for action in ("defer", "resume", "change-schedule", "withdraw")
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    data = answers[-1].json()["data"]
    assert (data["id"], data["type"]) == (ada, "participant")
    attributes = data["attributes"]
    assert (attributes["full_name"], attributes["participant_type"]) == ("Ada Teacher", "ect")
    assert (attributes["training_status"], attributes["status"]) == ("withdrawn", "active")
    assert attributes["schedule_identifier"] == REDUCED


def test_a_mentor_takes_the_course_for_mentors(world: World, ada: str) -> None:
    mentor = enrolled(world, "Bo Mentor", ParticipantType.MENTOR)
    deferred = acted(world, "defer", mentor, course_identifier=MENTOR)
    assert (deferred["participant_type"], deferred["training_status"]) == ("mentor", "deferred")
    replacing = acted(
        world,
        "change-schedule",
        mentor,
        course_identifier=MENTOR,
        schedule_identifier=REPLACEMENT,
    )
    assert replacing["schedule_identifier"] == REPLACEMENT
    assert replacing["training_status"] == "deferred"
    assert acted(world, "withdraw", ada)["participant_type"] == "ect"


def test_a_schedule_is_changed_in_the_same_cohort(world: World, ada: str) -> None:
    changed = acted(world, "change-schedule", ada)
    assert (changed["schedule_identifier"], changed["cohort"]) == (REDUCED, "2024")
    assert changed["participant_status"] == "active"


def test_a_schedule_is_changed_to_one_of_another_cohort(world: World, ada: str) -> None:
    """There the participant trains with whom the lead provider works at the school then."""
    world.confirm(GREENDALE_ID, COHORT_2025)
    world.formed(cohort="2025", delivery_partner_id=str(SOUTH_HUB.id))
    changed = acted(
        world, "change-schedule", ada, schedule_identifier="ecf-standard-september", cohort="2025"
    )
    assert (changed["schedule_identifier"], changed["cohort"]) == ("ecf-standard-september", "2025")
    assert changed["delivery_partner_id"] == str(SOUTH_HUB.id)
    back = acted(world, "change-schedule", ada, cohort=2024)
    assert (back["schedule_identifier"], back["cohort"]) == (REDUCED, "2024")


def test_a_dry_run_shows_what_would_be_and_stores_nothing(world: World, ada: str) -> None:
    for action in ("defer", "resume", "change-schedule", "withdraw"):
        stored = world.stored()
        path = f"{PARTICIPANTS}/{ada}/{action}"
        judged = world.call("PUT", f"{path}?dry_run=true", json=body(SOUND[action]))
        assert judged.status_code == 200
        assert world.stored() == stored
        assert world.call("PUT", path, json=body(SOUND[action])).content == judged.content
        assert world.stored() != stored


def test_an_action_that_is_sent_again_is_carried_out_once(world: World, ada: str) -> None:
    path = f"{PARTICIPANTS}/{ada}/defer"
    first = world.call("PUT", path, json=body(SOUND["defer"]), headers=KEY)
    stored = world.stored()
    assert_replayed(world.call("PUT", path, json=body(SOUND["defer"]), headers=KEY), first)
    assert world.stored() == stored
    other = body({**SOUND["defer"], "reason": "other"})
    assert_reused(world.call("PUT", path, json=other, headers=KEY))
    flat = world.call(
        "PUT", f"/api/v1/participants/{ada}/resume", json=body(SOUND["resume"]), headers=KEY
    )
    assert flat.status_code == 200


def test_a_form_will_do(world: World, ada: str) -> None:
    form = {f"data[attributes][{name}]": value for name, value in SOUND["defer"].items()}
    written = ada.upper().replace("-", "")
    response = world.call("PUT", f"{PARTICIPANTS}/{written}/defer", data=form)
    assert response.status_code == 200
    assert response.json()["data"]["id"] == ada
