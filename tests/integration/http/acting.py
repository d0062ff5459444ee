"""Participants whose training lead providers act on, and how they ask for it."""

from typing import Any, Final

from httpx import Response

from ecf_core.model.establishment import Establishment
from ecf_core.model.participant import ParticipantType
from ecf_core.model.providers import LeadProvider
from ecf_core.model.schedule import Schedule, ScheduleType
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    COHORT_2025,
    FURNISHED_AT,
    GREENDALE,
    PURPLE_LEARNING,
)
from ecf_core.testing.participants import SCHEDULES, an_enrolment, furnish_for_participants
from tests.integration.http.world import World, body

PARTICIPANTS: Final = "/api/v3/participants/ecf"
ECT: Final = "ecf-induction"
MENTOR: Final = "ecf-mentor"
REDUCED: Final = "ecf-reduced-september"
REPLACEMENT: Final = "ecf-replacement-april"
SOUND: Final[dict[str, dict[str, Any]]] = {
    "defer": {"course_identifier": ECT, "reason": "parental-leave"},
    "withdraw": {"course_identifier": ECT, "reason": "moved-school"},
    "resume": {"course_identifier": ECT},
    "change-schedule": {"course_identifier": ECT, "schedule_identifier": REDUCED},
}
"""What each action is asked with; nobody who is active can be resumed."""

_NOT_RECOGNISED: Final = (
    "Your update cannot be made as the '#/participant_id' is not recognised."
    " Check participant details and try again."
)
_NOT_THE_COURSE: Final = (
    "The entered '#/course_identifier' is not recognised for the given participant."
    " Check details and try again."
)
_BLANK_COURSE: Final = "Enter a '#/course_identifier' value for this participant."
Refusal = tuple[str, str, str]
"""Title, code and detail."""
WHO: Final[Refusal] = ("participant_id", "not_recognised", _NOT_RECOGNISED)
COURSE: Final[Refusal] = ("course_identifier", "not_recognised", _NOT_THE_COURSE)
NO_COURSE: Final[Refusal] = (
    "course_identifier",
    "not_recognised, blank",
    f"{_NOT_THE_COURSE}, {_BLANK_COURSE}",
)
BLANK_COURSE: Final[Refusal] = ("course_identifier", "blank", _BLANK_COURSE)


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
    return enrolled(world)


def enrolled(
    world: World,
    name: str = "Ada Teacher",
    type_: ParticipantType = ParticipantType.ECT,
    school: Establishment = GREENDALE,
) -> str:
    """A participant at Greendale, unless the test says otherwise: the id."""
    request = an_enrolment(name, type_=type_, school=school)
    return str(world.container.use_cases().enrol_participant(request, by=ADMINISTRATOR).person.id)


def asked(
    world: World,
    action: str,
    id_: str,
    attributes: dict[str, Any],
    by: LeadProvider = PURPLE_LEARNING,
    *,
    at: str = PARTICIPANTS,
) -> Response:
    return world.call("PUT", f"{at}/{id_}/{action}", by, json=body(attributes))


def act(
    world: World,
    action: str,
    id_: str,
    by: LeadProvider = PURPLE_LEARNING,
    *,
    at: str = PARTICIPANTS,
    **attributes: object,
) -> Response:
    """A sound action but for the attributes given."""
    return asked(world, action, id_, {**SOUND[action], **attributes}, by, at=at)


def acted(world: World, action: str, id_: str, **attributes: object) -> dict[str, Any]:
    """The enrolment of a participant, after an action that succeeds."""
    response = asked(world, action, id_, {**SOUND[action], **attributes})
    assert response.status_code == 200, response.text
    (enrolment,) = response.json()["data"]["attributes"]["ecf_enrolments"]
    assert isinstance(enrolment, dict)
    return enrolment


def refused(response: Response) -> list[Refusal]:
    """All that is refused, each with where it is."""
    assert response.status_code == 422, response.text
    errors = response.json()["errors"]
    for error in errors:
        pointer = {"pointer": f"/data/attributes/{error['title']}"}
        assert error.get("source") == (None if error["title"] == "Invalid action" else pointer)
    return [(error["title"], error["code"], error["detail"]) for error in errors]
