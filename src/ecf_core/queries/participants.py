"""Participants as administrators see them."""

from datetime import datetime
from typing import Protocol

from attrs import frozen

from ecf_core.model.ids import (
    InductionProgrammeId,
    InductionRecordId,
    LeadProviderId,
    ParticipantId,
    PartnershipId,
    TrainingRecordId,
)


@frozen(kw_only=True)
class InductionRecordRow:
    """A span of a participant's training; a challenged partnership's providers are not told."""

    id: InductionRecordId
    programme_id: InductionProgrammeId
    training_programme: str
    partnership_id: PartnershipId | None
    lead_provider: str | None
    delivery_partner: str | None
    urn: str
    cohort: int
    schedule: str
    appropriate_body: str | None
    start_date: datetime
    end_date: datetime | None
    induction_status: str
    training_status: str
    school_transfer: bool
    mentor_id: ParticipantId | None


@frozen(kw_only=True)
class ParticipantRow:
    """A participant, with the induction records, oldest first: there is always one."""

    id: ParticipantId
    training_record_id: TrainingRecordId
    type: str
    full_name: str
    email: str
    trn: str | None
    created_at: datetime
    induction_records: tuple[InductionRecordRow, ...]

    @property
    def latest(self) -> InductionRecordRow:
        return self.induction_records[-1]

    @property
    def urn(self) -> str:
        return self.latest.urn

    @property
    def cohort(self) -> int:
        return self.latest.cohort

    @property
    def training_status(self) -> str:
        return self.latest.training_status


@frozen(kw_only=True)
class ParticipantsFilter:
    """Which participants are wanted, by their latest record; ``None`` asks for no restriction.

    With ``at`` it is also by those that have not ended at that instant: where participants are, and
    where they are to come. A lead provider sees those of whom any record is under an unchallenged
    partnership of its own. ``id`` is a person's, or that of a training record.
    """

    id: ParticipantId | TrainingRecordId | None = None
    urn: str | None = None
    cohort: int | None = None
    programme_id: InductionProgrammeId | None = None
    lead_provider_id: LeadProviderId | None = None
    at: datetime | None = None


class ParticipantQueries(Protocol):
    """Reads participants; a person who trains twice is two participants with one id.

    Training that was given up for another is not among them.
    """

    def all(self, wanted: ParticipantsFilter) -> tuple[ParticipantRow, ...]:
        """Those enrolled first come first; then by the training record's id."""
        ...
