"""What happened to participants. Who they are stands with them, not in their history."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from attrs import frozen

from ecf_core.model.ids import (
    AppropriateBodyId,
    InductionProgrammeId,
    ParticipantId,
    SchoolId,
    TrainingRecordId,
)
from ecf_core.model.participant import ParticipantType


@frozen(kw_only=True)
class ParticipantEnrolled:
    """A school on-boarded a participant; ``email_changed`` if a known one gave another address."""

    name: ClassVar[str] = "participant_enrolled"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    type: ParticipantType
    school_id: SchoolId
    cohort: int
    programme_id: InductionProgrammeId
    start_date: datetime
    email_changed: bool


@frozen(kw_only=True)
class ParticipantsImported:
    """A file of participants was loaded."""

    name: ClassVar[str] = "participants_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: int
    unchanged: int
    rejected: int


@frozen(kw_only=True)
class ParticipantTransferred:
    """A participant went to another school, or will."""

    name: ClassVar[str] = "participant_transferred"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "participant_id"

    participant_id: ParticipantId
    training_record_id: TrainingRecordId
    cohort: int
    from_school_id: SchoolId
    from_programme_id: InductionProgrammeId
    school_id: SchoolId
    programme_id: InductionProgrammeId
    start_date: datetime


@frozen(kw_only=True)
class ParticipantsMigrated:
    """Participants of a school cohort went from some of its programmes to another, all at once.

    What happened to each of them is told by their induction records.
    """

    name: ClassVar[str] = "participants_migrated"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    cohort: int
    batch: UUID
    from_programmes: tuple[InductionProgrammeId, ...]
    to_programme: InductionProgrammeId
    participants: int


@frozen(kw_only=True)
class AppropriateBodiesImported:
    """A file of appropriate bodies was loaded; with each that was added or changed."""

    name: ClassVar[str] = "appropriate_bodies_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: tuple[AppropriateBodyId, ...]
    updated: tuple[AppropriateBodyId, ...]
    unchanged: int
