"""A participant who trains with a lead provider, as frozen values, and how to ask about them."""

from typing import Final
from uuid import UUID

from attrs import evolve

from ecf_core.model.ids import PartnershipId, TrainingStateId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.schedule import Schedule, ScheduleType
from ecf_core.model.training_state import Course, DeferralReason, TrainingState
from ecf_core.ports.storage import Storage
from ecf_core.rules.changing_a_schedule import ScheduleRequest
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.testing.contracts.enrolled import AN_ENROLMENT, LONG_AGO
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_PROGRAMME, A_SCHOOL_COHORT
from ecf_core.testing.examples import (
    COHORT_2024,
    COHORT_2025,
    FURNISHED_AT,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    PURPLE_LEARNING,
)
from ecf_core.testing.participants import SCHEDULES, furnish_for_participants

REDUCED: Final = "ecf-reduced-september"
REDUCED_SCHEDULES: Final = tuple(
    Schedule(
        cohort=cohort.start_year,
        identifier=REDUCED,
        name="ECF Reduced September",
        type=ScheduleType.REDUCED,
        milestones=SCHEDULES[0].milestones,
    )
    for cohort in (COHORT_2024, COHORT_2025)
)
UNDER_IT: Final = evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id)
NEXT_PARTNERSHIP: Final = evolve(
    A_PARTNERSHIP,
    id=PartnershipId(UUID("30000000-0000-4000-8000-000000000009")),
    cohort=COHORT_2025.start_year,
)
A_STATE: Final = TrainingState(
    id=TrainingStateId(UUID("63000000-0000-4000-8000-000000000001")),
    training_record_id=AN_ENROLMENT.training_record.id,
    lead_provider_id=PURPLE_LEARNING.id,
    state=TrainingStatus.DEFERRED,
    reason=DeferralReason.CAREER_BREAK,
    at=LONG_AGO,
)
PLACED: Final = PlacedRecord(
    record=AN_ENROLMENT.record,
    school_id=GREENDALE_ID,
    urn=GREENDALE.urn,
    cohort=COHORT_2024.start_year,
    partnership=A_PARTNERSHIP,
    delivery_partner=NORTH_HUB,
)
ADA: Final = Participant(
    person=AN_ENROLMENT.person,
    trainings=(
        Training(record=AN_ENROLMENT.training_record, history=(PLACED,), states=(A_STATE,)),
    ),
)
AN_ACTION: Final = TrainingActionRequest(
    participant_id=ADA.person.id,
    lead_provider_id=PURPLE_LEARNING.id,
    course=Course.ECT_INDUCTION,
    reason=DeferralReason.OTHER,
)
A_SCHEDULE_CHANGE: Final = ScheduleRequest(
    participant_id=ADA.person.id,
    lead_provider_id=PURPLE_LEARNING.id,
    course=Course.ECT_INDUCTION,
    schedule=REDUCED,
)


def train(storage: Storage) -> None:
    """Ada trains under a partnership, and has been deferred; the record does not say so yet."""
    furnish_for_participants(storage.begin)
    with storage.begin() as work:
        work.cohorts.put_schedules(REDUCED_SCHEDULES, at=FURNISHED_AT)
        work.partnerships.add(A_PARTNERSHIP)
        work.school_cohorts.add(evolve(A_SCHOOL_COHORT, default_programme=UNDER_IT))
        work.participants.enrol([AN_ENROLMENT])
        work.participants.add_state(A_STATE)
        work.commit()
