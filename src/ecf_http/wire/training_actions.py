"""What lead providers send to act on a participant's training."""

from typing import Final

from attrs import evolve

from ecf_core.model.ids import ParticipantId
from ecf_core.model.schedule import DEFAULT_SCHEDULE
from ecf_core.model.training_state import Course, DeferralReason, WithdrawalReason
from ecf_core.queries.tokens import Caller
from ecf_core.rules.changing_a_schedule import ScheduleRequest
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_http.body import Attribute, Attributes
from ecf_http.refusals import NO_NULL_BYTE

COURSE_IDENTIFIER: Final = Attribute(
    "course_identifier",
    {
        "type": "string",
        "enum": [*Course],
        "description": "What the participant is trained in: an early career teacher, or a mentor.",
        "examples": [Course.ECT_INDUCTION.value],
    },
)
REASON: Final = Attribute("reason", {"type": "string"})
DEFERRAL_REASON: Final = evolve(
    REASON,
    schema={
        "type": "string",
        "enum": [*DeferralReason],
        "description": "Why the training is put off.",
        "examples": [DeferralReason.PARENTAL_LEAVE.value],
    },
)
WITHDRAWAL_REASON: Final = evolve(
    REASON,
    schema={
        "type": "string",
        "enum": [*WithdrawalReason],
        "description": "Why the training is given up.",
        "examples": [WithdrawalReason.MOVED_SCHOOL.value],
    },
)
SCHEDULE_IDENTIFIER: Final = Attribute(
    "schedule_identifier",
    {
        "type": "string",
        "pattern": NO_NULL_BYTE,
        "description": "A schedule of the cohort.",
        "examples": [DEFAULT_SCHEDULE],
    },
)
COHORT: Final = Attribute(
    "cohort",
    {
        "type": ["string", "number"],
        "pattern": NO_NULL_BYTE,
        "description": "The year of the cohort; left out, the one that the participant is in.",
        "examples": ["2025"],
    },
    required=False,
)
DEFERRED_WITH: Final = (COURSE_IDENTIFIER, DEFERRAL_REASON)
WITHDRAWN_WITH: Final = (COURSE_IDENTIFIER, WITHDRAWAL_REASON)
RESUMED_WITH: Final = (COURSE_IDENTIFIER,)
CHANGED_WITH: Final = (SCHEDULE_IDENTIFIER, COURSE_IDENTIFIER, COHORT)


def action_request(
    participant_id: ParticipantId, attributes: Attributes, caller: Caller
) -> TrainingActionRequest:
    """To defer, to withdraw or to resume: who resumes is asked for no reason."""
    return TrainingActionRequest(
        participant_id=participant_id,
        lead_provider_id=caller.lead_provider_id,
        course=attributes.text(COURSE_IDENTIFIER),
        reason=attributes.text(REASON),
    )


def schedule_request(
    participant_id: ParticipantId, attributes: Attributes, caller: Caller
) -> ScheduleRequest:
    return ScheduleRequest(
        participant_id=participant_id,
        lead_provider_id=caller.lead_provider_id,
        course=attributes.text(COURSE_IDENTIFIER),
        schedule=attributes.text(SCHEDULE_IDENTIFIER),
        cohort=attributes.number(COHORT),
    )
