"""Participants as a lead provider sees them: under its own unchallenged partnerships alone."""

from collections.abc import Container, Iterator
from datetime import date, datetime

from attrs import frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import IdChange
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.training_state import TrainingState


@frozen(kw_only=True)
class EnrolmentRow:
    """A participant's training, as the lead provider's latest record of it says.

    ``stopped_reason`` and ``stopped_at`` are what this lead provider said when it deferred or
    withdrew the participant, where the record is deferred or withdrawn.
    """

    training_record_id: TrainingRecordId
    email: str
    mentor_id: ParticipantId | None
    urn: str
    type: str
    cohort: int
    training_status: str
    induction_status: str
    start_date: datetime
    end_date: datetime | None
    trn_validated: bool | None
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule: str
    delivery_partner_id: DeliveryPartnerId | None
    stopped_reason: str | None
    stopped_at: datetime | None
    created_at: datetime
    induction_end_date: date | None
    mentor_funding_end_date: date | None
    cohort_changed_after_payments_frozen: bool
    mentor_funding_end_reason: str | None
    record_created_at: datetime


@frozen(kw_only=True)
class ProviderParticipantRow:
    """A person, with each training of which the lead provider has a record.

    ``updated_at`` moves whenever anything that this lead provider sees of it does.
    """

    id: ParticipantId
    full_name: str
    trn: str | None
    created_at: datetime
    updated_at: datetime
    enrolments: tuple[EnrolmentRow, ...]
    id_changes: tuple[IdChange, ...]


@frozen(kw_only=True)
class TrainingRow:
    """A training on its own, with the person who takes it."""

    participant: ProviderParticipantRow
    enrolment: EnrolmentRow

    @property
    def id(self) -> ParticipantId:
        return self.participant.id

    @property
    def training_record_id(self) -> TrainingRecordId:
        return self.enrolment.training_record_id

    @property
    def created_at(self) -> datetime:
        return self.participant.created_at

    @property
    def updated_at(self) -> datetime:
        return self.participant.updated_at


def shown_to(
    lead_provider_id: LeadProviderId,
    participant: Participant,
    cohorts: Container[int] | None = None,
) -> ProviderParticipantRow:
    """The participant as the lead provider sees it; with no enrolments, it does not.

    With cohorts the latest record is taken among theirs. What storages keep ready to be shown is
    proven by this.
    """
    latest = (
        (training, training.latest_with(lead_provider_id, cohorts))
        for training in participant.trainings
    )
    return ProviderParticipantRow(
        id=participant.person.id,
        full_name=participant.person.full_name,
        trn=participant.person.trn,
        created_at=participant.person.created_at,
        updated_at=max(_touched(lead_provider_id, participant)),
        enrolments=tuple(
            _enrolment(lead_provider_id, participant, training, placed)
            for training, placed in latest
            if placed is not None
        ),
        id_changes=participant.id_changes,
    )


def _touched(lead_provider_id: LeadProviderId, participant: Participant) -> Iterator[datetime]:
    """When anything changed that the lead provider sees, or no longer sees."""
    yield participant.person.updated_at
    for training in participant.trainings:
        yield training.record.updated_at
        for placed in training.history:
            yield placed.record.updated_at
            partnership, partner = placed.partnership, placed.delivery_partner
            if partnership is not None and partnership.lead_provider_id == lead_provider_id:
                yield partnership.updated_at
                if partner is not None:
                    yield partner.updated_at


def _enrolment(
    lead_provider_id: LeadProviderId,
    participant: Participant,
    training: Training,
    placed: PlacedRecord,
) -> EnrolmentRow:
    record, known, partner = placed.record, training.record, placed.delivery_partner
    stopped = _stopped(lead_provider_id, training, record.training_status)
    return EnrolmentRow(
        training_record_id=known.id,
        email=record.email or participant.person.email,
        mentor_id=record.mentor_id,
        urn=placed.urn,
        type=known.type.value,
        cohort=placed.cohort,
        training_status=record.training_status.value,
        induction_status=record.induction_status.value,
        start_date=record.start_date,
        end_date=record.end_date,
        trn_validated=known.trn_validated if participant.person.trn else None,
        eligible_for_funding=known.eligible_for_funding,
        pupil_premium_uplift=known.pupil_premium_uplift,
        sparsity_uplift=known.sparsity_uplift,
        schedule=record.schedule,
        delivery_partner_id=partner.id if partner and partner.discarded_at is None else None,
        stopped_reason=stopped.reason.value if stopped and stopped.reason else None,
        stopped_at=stopped.at if stopped else None,
        created_at=known.created_at,
        induction_end_date=known.induction_end_date,
        mentor_funding_end_date=known.mentor_funding_end_date,
        cohort_changed_after_payments_frozen=known.cohort_changed_after_payments_frozen,
        mentor_funding_end_reason=known.mentor_funding_end_reason,
        record_created_at=record.created_at,
    )


def _stopped(
    lead_provider_id: LeadProviderId, training: Training, status: TrainingStatus
) -> TrainingState | None:
    """What the lead provider said last when it put the training off, or gave it up."""
    if status is TrainingStatus.ACTIVE:
        return None
    said = (
        state
        for state in training.states
        if state.lead_provider_id == lead_provider_id and state.state is status
    )
    return max(said, key=lambda state: (state.at, state.id), default=None)
