from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from attrs import frozen
from sqlalchemy import Engine

from ecf_adapters.sql.participant_lists import COLUMNS, SqlParticipantList
from ecf_adapters.sql.prepared import Row
from ecf_core.model.ids import (
    DeliveryPartnerId,
    LeadProviderId,
    ParticipantId,
    TrainingRecordId,
)
from ecf_core.model.participant import IdChange
from ecf_core.queries.order import Order
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter, TrainingsFilter
from ecf_core.queries.provider_participants import (
    EnrolmentRow,
    ProviderParticipantRow,
    TrainingRow,
)
from ecf_core.queries.window import Page, Window


@frozen
class SqlProviderParticipantQueries:
    """The rows of the flat table, read back as what they are of."""

    _engine: Engine

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
    ) -> Page[ProviderParticipantRow]:
        return self._list.page(lead_provider_id, wanted, order, window, None).shown_as(_participant)

    def one(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: ProviderParticipantsFilter,
    ) -> ProviderParticipantRow | None:
        rows = self._list.one(lead_provider_id, participant_id, wanted)
        return _participant(rows) if rows else None

    def trainings(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter, window: Window
    ) -> Page[TrainingRow]:
        return self._list.trainings(lead_provider_id, wanted, window, None).shown_as(_training)

    def training(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: TrainingsFilter,
    ) -> TrainingRow | None:
        row = self._list.training(lead_provider_id, participant_id, wanted)
        return _training(row) if row else None

    @property
    def _list(self) -> SqlParticipantList:
        return SqlParticipantList(self._engine)


def _participant(rows: Sequence[Row]) -> ProviderParticipantRow:
    person = _named(rows[0])
    return ProviderParticipantRow(
        id=ParticipantId(UUID(person["id"])),
        full_name=person["full_name"],
        trn=person["trn"],
        created_at=datetime.fromisoformat(person["created_at"]),
        updated_at=datetime.fromisoformat(person["updated_at"]),
        enrolments=tuple(_enrolment(_named(row)) for row in rows),
        id_changes=tuple(map(_id_change, (person["id_changes"] or "").splitlines())),
    )


def _training(row: Row) -> TrainingRow:
    participant = _participant([row])
    return TrainingRow(participant=participant, enrolment=participant.enrolments[0])


def _named(row: Row) -> dict[str, Any]:
    return dict(zip(COLUMNS, row, strict=True))


def _enrolment(row: dict[str, Any]) -> EnrolmentRow:
    mentor_id, partner_id = row["mentor_id"], row["delivery_partner_id"]
    return EnrolmentRow(
        training_record_id=TrainingRecordId(UUID(row["training_record_id"])),
        email=row["email"],
        mentor_id=ParticipantId(UUID(mentor_id)) if mentor_id else None,
        urn=row["urn"],
        type=row["type"],
        cohort=row["cohort"],
        training_status=row["training_status"],
        induction_status=row["induction_status"],
        start_date=datetime.fromisoformat(row["start_date"]),
        end_date=_instant(row["end_date"]),
        trn_validated=_known(row["trn_validated"]),
        eligible_for_funding=_known(row["eligible_for_funding"]),
        pupil_premium_uplift=bool(row["pupil_premium_uplift"]),
        sparsity_uplift=bool(row["sparsity_uplift"]),
        schedule=row["schedule"],
        delivery_partner_id=DeliveryPartnerId(UUID(partner_id)) if partner_id else None,
        stopped_reason=row["stopped_reason"],
        stopped_at=_instant(row["stopped_at"]),
        created_at=datetime.fromisoformat(row["enrolled_at"]),
        induction_end_date=_day(row["induction_end_date"]),
        mentor_funding_end_date=_day(row["mentor_funding_end_date"]),
        cohort_changed_after_payments_frozen=bool(row["cohort_changed_after_payments_frozen"]),
        mentor_funding_end_reason=row["mentor_funding_end_reason"],
        record_created_at=datetime.fromisoformat(row["record_created_at"]),
    )


def _id_change(line: str) -> IdChange:
    from_id, to_id, at = line.split()
    return IdChange(
        from_id=ParticipantId(UUID(from_id)),
        to_id=ParticipantId(UUID(to_id)),
        changed_at=datetime.fromisoformat(at),
    )


def _instant(shown: str | None) -> datetime | None:
    return datetime.fromisoformat(shown) if shown else None


def _day(shown: str | None) -> date | None:
    return date.fromisoformat(shown) if shown else None


def _known(shown: int | None) -> bool | None:
    return None if shown is None else bool(shown)
