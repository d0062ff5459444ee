"""How rows become participants and their induction records, and back."""

from typing import Any

from attrs import asdict
from sqlalchemy import ColumnElement, RowMapping, select

from ecf_adapters.sql.tables import (
    induction_records,
    participants,
    training_records,
    training_states,
)
from ecf_core.model.induction_record import InductionRecord, InductionStatus, TrainingStatus
from ecf_core.model.participant import (
    MentorFundingEndReason,
    ParticipantType,
    Person,
    TrainingRecord,
)
from ecf_core.model.training_state import TrainingState


def person_from(row: RowMapping) -> Person:
    c = participants.c
    return Person(
        id=row[c.id],
        full_name=row[c.full_name],
        email=row[c.email],
        trn=row[c.trn],
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
    )


def training_record_from(row: RowMapping) -> TrainingRecord:
    c = training_records.c
    reason = row[c.mentor_funding_end_reason]
    return TrainingRecord(
        id=row[c.id],
        participant_id=row[c.participant_id],
        type=ParticipantType(row[c.type]),
        trn_validated=row[c.trn_validated],
        eligible_for_funding=row[c.eligible_for_funding],
        pupil_premium_uplift=row[c.pupil_premium_uplift],
        sparsity_uplift=row[c.sparsity_uplift],
        induction_end_date=row[c.induction_end_date],
        mentor_funding_end_date=row[c.mentor_funding_end_date],
        mentor_funding_end_reason=MentorFundingEndReason(reason) if reason else None,
        cohort_changed_after_payments_frozen=row[c.cohort_changed_after_payments_frozen],
        merged_into=row[c.merged_into],
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
    )


def record_from(row: RowMapping, table: Any = induction_records) -> InductionRecord:
    c = table.c
    return InductionRecord(
        id=row[c.id],
        training_record_id=row[c.training_record_id],
        programme_id=row[c.programme_id],
        schedule=row[c.schedule],
        start_date=row[c.start_date],
        end_date=row[c.end_date],
        induction_status=InductionStatus(row[c.induction_status]),
        training_status=TrainingStatus(row[c.training_status]),
        school_transfer=row[c.school_transfer],
        mentor_id=row[c.mentor_id],
        appropriate_body_id=row[c.appropriate_body_id],
        email=row[c.email],
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
    )


def row_of_person(person: Person) -> dict[str, Any]:
    return {**asdict(person), "email_key": person.email_key}


def row_of_training_record(training_record: TrainingRecord) -> dict[str, Any]:
    reason = training_record.mentor_funding_end_reason
    return {
        **asdict(training_record),
        "type": training_record.type.value,
        "mentor_funding_end_reason": reason.value if reason else None,
    }


def row_of_record(record: InductionRecord) -> dict[str, Any]:
    return {
        **asdict(record),
        "induction_status": record.induction_status.value,
        "training_status": record.training_status.value,
    }


def state_from(row: RowMapping) -> TrainingState:
    c = training_states.c
    return TrainingState(
        id=row[c.id],
        training_record_id=row[c.training_record_id],
        lead_provider_id=row[c.lead_provider_id],
        state=TrainingStatus(row[c.state]),
        reason=row[c.reason],
        at=row[c.at],
    )


def row_of_state(state: TrainingState) -> dict[str, Any]:
    return {
        **asdict(state),
        "state": state.state.value,
        "reason": str(state.reason) if state.reason else None,
    }


def oldest_first(table: Any = induction_records) -> tuple[ColumnElement[Any], ...]:
    """The order of a history: where two start at once, the one that ends there comes first.

    Of two that end there as well the one that was made first does, and in the end the id decides.
    """
    c = table.c
    return c.start_date, c.end_date.is_(None), c.end_date, c.created_at, c.id


def latest_record_of(training_record_id: ColumnElement[Any]) -> ColumnElement[Any]:
    """The id of the induction record at the end of a history."""
    among = induction_records.alias("among")
    return (
        select(among.c.id)
        .where(among.c.training_record_id == training_record_id)
        .order_by(*(each.desc() for each in oldest_first(among)))
        .limit(1)
        .scalar_subquery()
    )
