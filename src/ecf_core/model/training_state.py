"""What lead providers say of a participant's training, and for which course."""

from datetime import datetime
from enum import StrEnum

from attrs import frozen

from ecf_core.model.ids import LeadProviderId, TrainingRecordId, TrainingStateId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import ParticipantType


class Course(StrEnum):
    """What a lead provider trains participants in."""

    ECT_INDUCTION = "ecf-induction"
    MENTOR = "ecf-mentor"

    @property
    def participant_type(self) -> ParticipantType:
        """Who takes the course."""
        return ParticipantType.ECT if self is Course.ECT_INDUCTION else ParticipantType.MENTOR


class DeferralReason(StrEnum):
    """Why training is put off."""

    BEREAVEMENT = "bereavement"
    LONG_TERM_SICKNESS = "long-term-sickness"
    PARENTAL_LEAVE = "parental-leave"
    CAREER_BREAK = "career-break"
    OTHER = "other"


class WithdrawalReason(StrEnum):
    """Why training is given up."""

    LEFT_TEACHING_PROFESSION = "left-teaching-profession"
    MOVED_SCHOOL = "moved-school"
    MENTOR_NO_LONGER_BEING_MENTOR = "mentor-no-longer-being-mentor"
    SWITCHED_TO_SCHOOL_LED = "switched-to-school-led"
    OTHER = "other"


@frozen(kw_only=True)
class TrainingState:
    """What a lead provider said of a participant's training, when, and why.

    The reason is a ``DeferralReason`` or a ``WithdrawalReason``; who goes on with training needs
    none.
    """

    id: TrainingStateId
    training_record_id: TrainingRecordId
    lead_provider_id: LeadProviderId
    state: TrainingStatus
    reason: str | None = None
    at: datetime
