"""What goes over the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from benchmarks.lists.peer.schemas import Resource, Seconds
from benchmarks.participants.peer.models import (
    InductionRecord,
    Participant,
    TrainingRecord,
    TrainingState,
)

_STATUSES = {
    "active": "active",
    "completed": "active",
    "withdrawn": "withdrawn",
    "changed": "withdrawn",
}


class Stopped(BaseModel):
    reason: str
    date: Seconds


class Enrolment(BaseModel):
    training_record_id: UUID
    email: str
    mentor_id: UUID | None
    school_urn: str
    participant_type: str
    cohort: str
    training_status: str
    participant_status: str | None
    teacher_reference_number_validated: bool | None
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule_identifier: str
    delivery_partner_id: UUID | None
    withdrawal: Stopped | None
    deferral: Stopped | None
    created_at: Seconds
    induction_end_date: date | None
    mentor_funding_end_date: date | None
    cohort_changed_after_payments_frozen: bool
    mentor_ineligible_for_funding_reason: str | None


class IdChange(BaseModel):
    from_participant_id: UUID
    to_participant_id: UUID
    changed_at: Seconds


class ParticipantAttributes(BaseModel):
    full_name: str
    teacher_reference_number: str | None
    updated_at: Seconds
    ecf_enrolments: list[Enrolment]
    participant_id_changes: list[IdChange]


def is_own(record: InductionRecord, lead_provider_id: UUID) -> bool:
    partnership = record.programme.partnership
    return (
        partnership is not None
        and partnership.lead_provider_id == lead_provider_id
        and partnership.challenged_at is None
    )


def latest_of(training: TrainingRecord, lead_provider_id: UUID) -> InductionRecord | None:
    """The one that has no end, else the one that started last."""
    own = [record for record in training.induction_records if is_own(record, lead_provider_id)]
    return max(
        own,
        key=lambda record: (
            record.end_date is None,
            record.start_date,
            record.created_at,
            record.id,
        ),
        default=None,
    )


def latest_records(
    participant: Participant, lead_provider_id: UUID
) -> list[tuple[TrainingRecord, InductionRecord]]:
    return [
        (training, record)
        for training in participant.training_records
        if (record := latest_of(training, lead_provider_id))
    ]


def participant_resource(
    participant: Participant, lead_provider_id: UUID, now: datetime
) -> Resource[ParticipantAttributes]:
    return Resource(
        id=participant.id,
        type="participant",
        attributes=ParticipantAttributes(
            full_name=participant.full_name,
            teacher_reference_number=participant.trn,
            updated_at=_updated_at(participant, lead_provider_id),
            ecf_enrolments=[
                _enrolment(participant, training, record, lead_provider_id, now)
                for training, record in latest_records(participant, lead_provider_id)
            ],
            participant_id_changes=[
                IdChange(
                    from_participant_id=change.from_id,
                    to_participant_id=change.to_id,
                    changed_at=change.changed_at,
                )
                for change in participant.id_changes
            ],
        ),
    )


def _updated_at(participant: Participant, lead_provider_id: UUID) -> datetime:
    changed = [participant.updated_at]
    for training in participant.training_records:
        changed.append(training.updated_at)
        for record in training.induction_records:
            changed.append(record.updated_at)
            partnership = record.programme.partnership
            if partnership and partnership.lead_provider_id == lead_provider_id:
                changed += (partnership.updated_at, partnership.delivery_partner.updated_at)
    return max(changed)


def _enrolment(
    participant: Participant,
    training: TrainingRecord,
    record: InductionRecord,
    lead_provider_id: UUID,
    now: datetime,
) -> Enrolment:
    programme = record.programme
    partner = programme.partnership.delivery_partner
    stopped = _stopped(training, record.training_status, lead_provider_id)
    return Enrolment(
        training_record_id=training.id,
        email=record.email or participant.email,
        mentor_id=record.mentor_id,
        school_urn=programme.school.urn,
        participant_type=training.type,
        cohort=str(programme.cohort),
        training_status=record.training_status,
        participant_status=_status(record, now),
        teacher_reference_number_validated=training.trn_validated if participant.trn else None,
        eligible_for_funding=training.eligible_for_funding,
        pupil_premium_uplift=training.pupil_premium_uplift,
        sparsity_uplift=training.sparsity_uplift,
        schedule_identifier=record.schedule,
        delivery_partner_id=None if partner.discarded_at else partner.id,
        withdrawal=stopped if record.training_status == "withdrawn" else None,
        deferral=stopped if record.training_status == "deferred" else None,
        created_at=training.created_at,
        induction_end_date=training.induction_end_date,
        mentor_funding_end_date=training.mentor_funding_end_date,
        cohort_changed_after_payments_frozen=training.cohort_changed_after_payments_frozen,
        mentor_ineligible_for_funding_reason=training.mentor_funding_end_reason,
    )


def _stopped(training: TrainingRecord, status: str, lead_provider_id: UUID) -> Stopped | None:
    said: list[TrainingState] = [
        state
        for state in training.states
        if state.lead_provider_id == lead_provider_id and state.state == status
    ]
    if status == "active" or not said:
        return None
    last = max(said, key=lambda state: (state.at, state.id))
    return Stopped(reason=last.reason or "", date=last.at)


def _status(record: InductionRecord, now: datetime) -> str | None:
    if record.end_date:
        return "leaving" if record.end_date > now else "left"
    return "joining" if record.start_date > now else _STATUSES.get(record.induction_status)
