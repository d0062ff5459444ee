"""Participants whose training lead providers act on, and how they ask for it."""

from typing import Any, Final

from httpx import Response

from ecf_core.model.cohort import Cohort
from ecf_core.model.participant import Enrolment, ParticipantType
from ecf_core.model.providers import LeadProvider
from ecf_core.model.schedule import Schedule, ScheduleType
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    COHORT_2025,
    FURNISHED_AT,
    PURPLE_LEARNING,
)
from ecf_core.testing.participants import SCHEDULES, an_enrolment, furnish_for_participants
from tests.integration.http.world import World, body

PARTICIPANTS: Final = "/api/v3/participants/ecf"
ECT: Final = "ecf-induction"
MENTOR: Final = "ecf-mentor"
REDUCED: Final = "ecf-reduced-september"
REPLACEMENT: Final = "ecf-replacement-april"
NOT_RECOGNISED: Final = (
    "Your update cannot be made as the '#/participant_id' is not recognised."
    " Check participant details and try again."
)
NOT_THE_COURSE: Final = (
    "The entered '#/course_identifier' is not recognised for the given participant."
    " Check details and try again."
)
SOUND: Final[dict[str, dict[str, Any]]] = {
    "defer": {"course_identifier": ECT, "reason": "parental-leave"},
    "withdraw": {"course_identifier": ECT, "reason": "moved-school"},
    "resume": {"course_identifier": ECT},
    "change-schedule": {"course_identifier": ECT, "schedule_identifier": REDUCED},
}
"""What each action can be asked with; an active participant cannot be resumed."""


def train(world: World) -> str:
    """Ada, an ECT who trains with Purple Learning at Greendale: her id."""
    furnish_for_participants(world.container.storage().begin)
    with world.container.storage().begin() as work:
        others = [
            Schedule(
                cohort=cohort.start_year,
                identifier=identifier,
                name=identifier,
                type=type_,
                milestones=SCHEDULES[0].milestones,
            )
            for cohort in (COHORT_2024, COHORT_2025)
            for identifier, type_ in (
                (REDUCED, ScheduleType.REDUCED),
                (REPLACEMENT, ScheduleType.REPLACEMENT),
            )
        ]
        work.cohorts.put_schedules(others, at=FURNISHED_AT)
        work.commit()
    world.formed()
    return str(enrol(world).person.id)


def enrol(
    world: World,
    name: str = "Ada Teacher",
    type_: ParticipantType = ParticipantType.ECT,
    cohort: Cohort = COHORT_2024,
) -> Enrolment:
    request = an_enrolment(name, type_=type_, cohort=cohort)
    return world.container.use_cases().enrol_participant(request, by=ADMINISTRATOR)


def act(
    world: World,
    action: str,
    id_: str,
    by: LeadProvider = PURPLE_LEARNING,
    *,
    at: str = PARTICIPANTS,
    **attributes: Any,
) -> Response:
    """A sound action but for the attributes given."""
    sent = {**SOUND[action], **attributes}
    return world.call("PUT", f"{at}/{id_}/{action}", by, json=body(sent))


def acted(world: World, action: str, id_: str, **attributes: Any) -> dict[str, Any]:
    """The enrolment of a participant, after an action that succeeds."""
    response = act(world, action, id_, **attributes)
    assert response.status_code == 200, response.text
    (enrolment,) = response.json()["data"]["attributes"]["ecf_enrolments"]
    assert isinstance(enrolment, dict)
    return enrolment


def refused(response: Response) -> list[tuple[str, str, str]]:
    """Title, code and detail of everything that is refused."""
    assert response.status_code == 422, response.text
    errors = response.json()["errors"]
    for error in errors:
        pointer = {"pointer": f"/data/attributes/{error['title']}"}
        assert error.get("source") == (None if error["title"] == "Invalid action" else pointer)
    return [(error["title"], error["code"], error["detail"]) for error in errors]
