"""Who is trained: people, and what each of them is trained as."""

from datetime import datetime
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
class TrainingRecord:
    """A person's training as an early career teacher or as a mentor: at most one of each."""

    id: TrainingRecordId
    participant_id: ParticipantId
    type: ParticipantType
    created_at: datetime
    updated_at: datetime


@frozen(kw_only=True)
class Enrolment:
    """A participant who is on-boarded: the person, what they train as, and their first record."""

    person: Person
    training_record: TrainingRecord
    record: InductionRecord
