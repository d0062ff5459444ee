"""What the examples need besides for participants: schedules, an appropriate body, enrolments."""

from datetime import date
from typing import Final
from uuid import UUID

from ecf_core.model.appropriate_body import AppropriateBody, BodyType
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import AppropriateBodyId, InductionProgrammeId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.schedule import (
    DEFAULT_SCHEDULE,
    DeclarationType,
    Milestone,
    Schedule,
    ScheduleType,
)
from ecf_core.ports.unit_of_work import Begin
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.testing.examples import COHORT_2024, COHORTS, FURNISHED_AT, GREENDALE


def _standard_schedule(year: int) -> Schedule:
    """Its first two milestones; a real one has six."""
    started, retained = DeclarationType.STARTED, DeclarationType.RETAINED_1
    return Schedule(
        cohort=year,
        identifier=DEFAULT_SCHEDULE,
        name="ECF Standard September",
        type=ScheduleType.STANDARD,
        milestones=(
            Milestone(
                declaration_type=started,
                name="Output 1 - Participant Start",
                start_date=date(year, 9, 1),
                milestone_date=date(year, 11, 30),
                payment_date=date(year, 11, 30),
            ),
            Milestone(
                declaration_type=retained,
                name="Output 2 - Retention Point 1",
                start_date=date(year, 11, 1),
                milestone_date=date(year + 1, 1, 31),
                payment_date=date(year + 1, 2, 28),
            ),
        ),
    )


SCHEDULES: Final = tuple(_standard_schedule(cohort.start_year) for cohort in COHORTS)

NORTH_AUTHORITY: Final = AppropriateBody(
    id=AppropriateBodyId(UUID("50000000-0000-4000-8000-000000000001")),
    name="North Authority",
    type=BodyType.LOCAL_AUTHORITY,
)


def an_enrolment(
    name: str = "Ada Teacher",
    *,
    type_: ParticipantType = ParticipantType.ECT,
    school: Establishment = GREENDALE,
    cohort: Cohort = COHORT_2024,
    programme_id: InductionProgrammeId | None = None,
    start_date: date | None = None,
) -> EnrolmentRequest:
    """A sound enrolment, unless the test says otherwise; the e-mail address follows the name."""
    return EnrolmentRequest(
        urn=school.urn,
        cohort=cohort.start_year,
        type=type_.value,
        full_name=name,
        email=f"{name.lower().replace(' ', '.')}@example.org",
        programme_id=programme_id,
        start_date=start_date,
    )


def furnish_for_participants(begin: Begin) -> None:
    """Stores what participants need besides: schedules, and an appropriate body."""
    with begin() as work:
        work.cohorts.put_schedules(SCHEDULES, at=FURNISHED_AT)
        work.appropriate_bodies.put([NORTH_AUTHORITY], at=FURNISHED_AT)
        work.commit()
