"""Who is trained: people, and what each of them is trained as."""

from datetime import date, datetime
from enum import StrEnum

from attrs import frozen

from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionRecord


class ParticipantType(StrEnum):
    """What a participant is trained as."""

    ECT = "ect"
    MENTOR = "mentor"


@frozen(kw_only=True)
class Person:
    """Someone who is trained. A TRN is one person's, and so is an e-mail address."""

    id: ParticipantId
    full_name: str
    email: str
    trn: str | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def email_key(self) -> str:
        """What e-mail addresses are compared by."""
        return email_key(self.email)


def email_key(email: str) -> str:
    """The same for two spellings of one e-mail address."""
    return email.strip().lower()


@frozen(kw_only=True)
class IdChange:
    """A person was registered twice: the id ``from_id`` was given up for ``to_id``."""

    from_id: ParticipantId
    to_id: ParticipantId
    changed_at: datetime


class MentorFundingEndReason(StrEnum):
    """Why a mentor's training is not funded any more."""

    COMPLETED_DECLARATION_RECEIVED = "completed_declaration_received"
    COMPLETED_DURING_EARLY_ROLL_OUT = "completed_during_early_roll_out"
    STARTED_NOT_COMPLETED = "started_not_completed"


@frozen(kw_only=True)
class TrainingRecord:
    """A person's training as an early career teacher or as a mentor, and what is known of it.

    A person has at most one of each that goes on. ``merged_into`` is the one that goes on instead,
    where a person turned out to be registered twice. Whether they are eligible for funding may not
    have been decided: ``None``.
    """

    id: TrainingRecordId
    participant_id: ParticipantId
    type: ParticipantType
    trn_validated: bool = False
    eligible_for_funding: bool | None = None
    pupil_premium_uplift: bool = False
    sparsity_uplift: bool = False
    induction_end_date: date | None = None
    mentor_funding_end_date: date | None = None
    mentor_funding_end_reason: MentorFundingEndReason | None = None
    cohort_changed_after_payments_frozen: bool = False
    merged_into: TrainingRecordId | None = None
    created_at: datetime
    updated_at: datetime


@frozen(kw_only=True)
class Enrolment:
    """A participant who is on-boarded: the person, what they train as, and their first record."""

    person: Person
    training_record: TrainingRecord
    record: InductionRecord
