"""What support recorded about participants. Who they are stands with them, not in their history."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from ecf_core.model.ids import ParticipantId, SchoolId, TrainingRecordId
from ecf_core.model.participant import MentorFundingEndReason, TrainingRecord


@frozen(kw_only=True)
class KnownOfTraining:
    """What is known of a training, beside its records."""

    trn_validated: bool
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    induction_end_date: date | None
    mentor_funding_end_date: date | None
    mentor_funding_end_reason: MentorFundingEndReason | None

    @classmethod
    def of(cls, record: TrainingRecord) -> "KnownOfTraining":
        return cls(
            trn_validated=record.trn_validated,
            eligible_for_funding=record.eligible_for_funding,
            pupil_premium_uplift=record.pupil_premium_uplift,
            sparsity_uplift=record.sparsity_uplift,
            induction_end_date=record.induction_end_date,
            mentor_funding_end_date=record.mentor_funding_end_date,
            mentor_funding_end_reason=record.mentor_funding_end_reason,
        )


@frozen(kw_only=True)
class TrainingAmended:
    """What is known of a training, before and after."""

    training_record_id: TrainingRecordId
    before: KnownOfTraining
    after: KnownOfTraining


@frozen(kw_only=True)
class ParticipantAmended:
    """Support recorded something about a participant; ``details`` are the personal ones changed."""

    name: ClassVar[str] = "participant_amended"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    details: tuple[str, ...]
    trainings: tuple[TrainingAmended, ...]


@frozen(kw_only=True)
class ParticipantsMerged:
    """A person was registered twice: one id was given up, and the training under it that ended."""

    name: ClassVar[str] = "participants_merged"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    from_id: ParticipantId
    training_records: tuple[TrainingRecordId, ...]
    ended: tuple[TrainingRecordId, ...]


@frozen(kw_only=True)
class ParticipantRemoved:
    """A school said that a participant has gone for good."""

    name: ClassVar[str] = "participant_removed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    school_id: SchoolId
    cohort: int
