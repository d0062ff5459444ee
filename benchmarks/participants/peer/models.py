"""Participants, their trainings and induction records as entities."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm import relationship as related

from benchmarks.lists.peer.models import Base, InductionProgramme, Timestamped


class Participant(Timestamped, Base):
    __tablename__ = "participants"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    email: Mapped[str]
    trn: Mapped[str | None]

    training_records: Mapped[list["TrainingRecord"]] = related(
        order_by="TrainingRecord.created_at, TrainingRecord.id"
    )
    id_changes: Mapped[list["ParticipantIdChange"]] = related(
        foreign_keys="ParticipantIdChange.participant_id",
        order_by="ParticipantIdChange.changed_at.desc(), ParticipantIdChange.from_id.desc()",
    )


class ParticipantIdChange(Base):
    __tablename__ = "participant_id_changes"

    from_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), primary_key=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    changed_at: Mapped[datetime]


class TrainingRecord(Timestamped, Base):
    __tablename__ = "training_records"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    type: Mapped[str]
    trn_validated: Mapped[bool]
    eligible_for_funding: Mapped[bool | None]
    pupil_premium_uplift: Mapped[bool]
    sparsity_uplift: Mapped[bool]
    induction_end_date: Mapped[date | None]
    mentor_funding_end_date: Mapped[date | None]
    mentor_funding_end_reason: Mapped[str | None]
    cohort_changed_after_payments_frozen: Mapped[bool]

    induction_records: Mapped[list["InductionRecord"]] = related()
    states: Mapped[list["TrainingState"]] = related()


class TrainingState(Base):
    __tablename__ = "training_states"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    training_record_id: Mapped[UUID] = mapped_column(ForeignKey("training_records.id"))
    lead_provider_id: Mapped[UUID] = mapped_column(ForeignKey("lead_providers.id"))
    state: Mapped[str]
    reason: Mapped[str | None]
    at: Mapped[datetime]


class InductionRecord(Timestamped, Base):
    __tablename__ = "induction_records"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    training_record_id: Mapped[UUID] = mapped_column(ForeignKey("training_records.id"))
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("induction_programmes.id"))
    schedule: Mapped[str]
    start_date: Mapped[datetime]
    end_date: Mapped[datetime | None]
    induction_status: Mapped[str]
    training_status: Mapped[str]
    school_transfer: Mapped[bool]
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("participants.id"))
    email: Mapped[str | None]

    programme: Mapped[InductionProgramme] = related()
