"""What lead providers said of participants' training."""

from typing import ClassVar

from attrs import frozen

from ecf_core.model.ids import (
    InductionProgrammeId,
    LeadProviderId,
    ParticipantId,
    TrainingRecordId,
)
from ecf_core.model.training_state import DeferralReason, WithdrawalReason


@frozen(kw_only=True)
class TrainingDeferred:
    """A lead provider put a participant's training off."""

    name: ClassVar[str] = "training_deferred"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    lead_provider_id: LeadProviderId
    reason: DeferralReason


@frozen(kw_only=True)
class TrainingWithdrawn:
    """A lead provider gave a participant's training up."""

    name: ClassVar[str] = "training_withdrawn"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    lead_provider_id: LeadProviderId
    reason: WithdrawalReason


@frozen(kw_only=True)
class TrainingResumed:
    """A lead provider went on with a participant's training, deferred or withdrawn before."""

    name: ClassVar[str] = "training_resumed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    lead_provider_id: LeadProviderId


@frozen(kw_only=True)
class ScheduleChanged:
    """A lead provider put a participant on another schedule, maybe of another cohort."""

    name: ClassVar[str] = "schedule_changed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    lead_provider_id: LeadProviderId
    from_cohort: int
    from_schedule: str
    cohort: int
    schedule: str
    programme_id: InductionProgrammeId
