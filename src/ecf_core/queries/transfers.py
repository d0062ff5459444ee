"""Participants' transfers from school to school, as lead providers see them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, Protocol

from attrs import frozen

from ecf_core.model.ids import InductionRecordId, LeadProviderId, ParticipantId, TrainingRecordId
from ecf_core.model.instants import midnight
from ecf_core.queries.window import Page, Window

TransferType = Literal["new_provider", "new_school", "unknown"]
TransferStatus = Literal["complete", "incomplete"]


@frozen(kw_only=True)
class TransferRecord:
    """An induction record by which a participant leaves a school, came to it, or both.

    ``own`` says that it is under an unchallenged partnership of the lead provider that asks.
    """

    id: InductionRecordId
    urn: str
    lead_provider: str | None
    own: bool
    leaving: bool
    start_date: datetime
    end_date: datetime | None
    created_at: datetime


@frozen
class TransferEnd:
    """A school that a participant leaves or joins, and when; led by the school, no provider."""

    urn: str
    lead_provider: str | None
    date: datetime | None


@frozen(kw_only=True)
class TransferRow:
    """A transfer; where the new school has not said so, only the school that is left is known."""

    training_record_id: TrainingRecordId
    type: TransferType
    status: TransferStatus
    created_at: datetime
    leaving: TransferEnd
    joining: TransferEnd | None


@frozen
class ParticipantTransfersRow:
    """A person, with the transfers of each of their trainings.

    ``updated_at`` moves with the person, and with any of their induction records and whatever
    these are under; but not because a day comes at which a transfer is complete.
    """

    id: ParticipantId
    created_at: datetime
    updated_at: datetime
    transfers: tuple[TransferRow, ...]


class TransferQueries(Protocol):
    """Reads participants' transfers.

    A lead provider sees those of whom it has a record of a training, leaving a school or having
    come from one, once that training has a record that leaves a school.
    """

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        window: Window,
        *,
        at: datetime,
    ) -> Page[ParticipantTransfersRow]:
        """By when the person was registered; ``at`` decides which transfers are complete."""
        ...

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        updated_since: datetime | None,
        *,
        at: datetime,
    ) -> ParticipantTransfersRow | None: ...


def are_seen(records: Iterable[TransferRecord]) -> bool:
    """The lead provider sees the transfers of a training that has these records."""
    known = tuple(records)
    return any(record.leaving for record in known) and any(record.own for record in known)


def transfers(
    training_record_id: TrainingRecordId, records: Iterable[TransferRecord], *, at: datetime
) -> Iterator[TransferRow]:
    """The lead provider's transfers of a training: it has the school left, or the one joined."""
    for leaving, joining in _paired(records):
        if leaving.own or (joining is not None and joining.own):
            yield TransferRow(
                training_record_id=training_record_id,
                type=_type(leaving, joining),
                status=_status(leaving, joining, at=at),
                created_at=leaving.created_at,
                leaving=TransferEnd(leaving.urn, leaving.lead_provider, leaving.end_date),
                joining=TransferEnd(joining.urn, joining.lead_provider, joining.start_date)
                if joining
                else None,
            )


def _paired(
    records: Iterable[TransferRecord],
) -> Iterator[tuple[TransferRecord, TransferRecord | None]]:
    """Each record that leaves, with the first unused one that came to another school and stays.

    Live service: so who has gone on from a school is told as leaving the first for the last.
    """
    ordered = sorted(records, key=lambda record: (record.created_at, record.id))
    joined = [record for record in ordered if not record.leaving]
    for leaving in ordered:
        if leaving.leaving:
            joining = next((record for record in joined if record.urn != leaving.urn), None)
            if joining is not None:
                joined.remove(joining)
            yield leaving, joining


def _type(leaving: TransferRecord, joining: TransferRecord | None) -> TransferType:
    if joining is None:
        return "unknown"
    providers = {leaving.lead_provider, joining.lead_provider}
    return "new_provider" if None not in providers and len(providers) > 1 else "new_school"


def _status(
    leaving: TransferRecord, joining: TransferRecord | None, *, at: datetime
) -> TransferStatus:
    """What happened today is complete tomorrow; where no day is known, it is not complete."""
    days = [day for day in (leaving.end_date, joining.start_date if joining else None) if day]
    return "complete" if days and max(days) <= midnight(at.date()) else "incomplete"
