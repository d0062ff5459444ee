"""The API of the lists' peer, and the participants of a lead provider."""

from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from benchmarks.lists.peer.app import Caller, PageNumber, PerPage, SessionOf, Since, app
from benchmarks.lists.peer.models import DeliveryPartner, InductionProgramme, Partnership
from benchmarks.lists.peer.schemas import Documents
from benchmarks.participants.peer.models import InductionRecord, Participant, TrainingRecord
from benchmarks.participants.peer.schemas import (
    ParticipantAttributes,
    latest_records,
    participant_resource,
)

__all__ = ("app",)

_trainings = selectinload(Participant.training_records)
_records = _trainings.selectinload(TrainingRecord.induction_records)
_programme = _records.joinedload(InductionRecord.programme)
_SHOWN = (
    selectinload(Participant.id_changes),
    _trainings.selectinload(TrainingRecord.states),
    _programme.joinedload(InductionProgramme.school),
    _programme.joinedload(InductionProgramme.partnership).joinedload(Partnership.delivery_partner),
)
_trained = (
    select(TrainingRecord.participant_id)
    .join(TrainingRecord.induction_records)
    .join(InductionRecord.programme)
    .join(InductionProgramme.partnership)
)


@app.get("/api/v3/participants/ecf")
def list_participants(
    session: SessionOf,
    lead_provider: Caller,
    updated_since: Since = None,
    page: PageNumber = 1,
    per_page: PerPage = 100,
) -> Documents[ParticipantAttributes]:
    under_own = _trained.where(Partnership.lead_provider_id == lead_provider.id)
    seen = under_own.where(Partnership.challenged_at.is_(None), InductionProgramme.cohort >= 2021)
    statement = (
        select(Participant)
        .where(Participant.id.in_(seen))
        .options(*_SHOWN)
        .order_by(Participant.created_at, Participant.id)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    if updated_since is not None:
        trainings = select(TrainingRecord.participant_id)
        statement = statement.where(
            or_(
                Participant.updated_at >= updated_since,
                Participant.id.in_(trainings.where(TrainingRecord.updated_at >= updated_since)),
                Participant.id.in_(
                    trainings.join(TrainingRecord.induction_records).where(
                        InductionRecord.updated_at >= updated_since
                    )
                ),
                Participant.id.in_(
                    under_own.join(Partnership.delivery_partner).where(
                        or_(
                            Partnership.updated_at >= updated_since,
                            DeliveryPartner.updated_at >= updated_since,
                        )
                    )
                ),
            )
        )
    own, now = lead_provider.id, datetime.now(UTC)
    found = sorted(
        session.scalars(statement),
        key=lambda each: (min(r.created_at for _, r in latest_records(each, own)), each.id),
    )
    return Documents(data=[participant_resource(participant, own, now) for participant in found])
