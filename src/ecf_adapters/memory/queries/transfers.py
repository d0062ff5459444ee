from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads, page
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.induction_record import InductionStatus
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.queries.order import OLDEST_FIRST
from ecf_core.queries.transfers import (
    ParticipantTransfersRow,
    TransferRecord,
    are_seen,
    transfers,
)
from ecf_core.queries.window import Page, Window


@frozen
class MemoryTransferQueries(Reads):
    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        window: Window,
        *,
        at: datetime,
    ) -> Page[ParticipantTransfersRow]:
        rows = (
            self.one_of_lead_provider(lead_provider_id, id_, updated_since, at=at)
            for id_ in self.state.people
        )
        return page((row for row in rows if row), OLDEST_FIRST, window)

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        updated_since: datetime | None,
        *,
        at: datetime,
    ) -> ParticipantTransfersRow | None:
        person = self.state.people.get(participant_id)
        participant = self.state.participant(participant_id) if person else None
        if participant is None or participant.person != person:
            return None
        trainings = [
            (training, tuple(self._records(lead_provider_id, training)))
            for training in participant.trainings
        ]
        updated_at = max(self._touched(participant))
        changed = updated_since is None or updated_at >= updated_since
        if not changed or not any(are_seen(records) for _, records in trainings):
            return None
        return ParticipantTransfersRow(
            person.id,
            person.created_at,
            updated_at,
            tuple(
                row
                for training, records in trainings
                for row in transfers(training.record.id, records, at=at)
            ),
        )

    def _records(
        self, lead_provider_id: LeadProviderId, training: Training
    ) -> Iterator[TransferRecord]:
        for placed in training.history:
            record = placed.record
            leaving = record.induction_status is InductionStatus.LEAVING
            if leaving or record.school_transfer:
                yield TransferRecord(
                    id=record.id,
                    urn=placed.urn,
                    lead_provider=self._lead_provider(placed),
                    own=placed.seen_by(lead_provider_id),
                    leaving=leaving,
                    start_date=record.start_date,
                    end_date=record.end_date,
                    created_at=record.created_at,
                )

    def _lead_provider(self, placed: PlacedRecord) -> str | None:
        if placed.partnership is None:
            return None
        return self.state.lead_providers[placed.partnership.lead_provider_id].name

    def _touched(self, participant: Participant) -> Iterator[datetime]:
        yield participant.person.updated_at
        for training in participant.trainings:
            for placed in training.history:
                yield placed.record.updated_at
                yield self.state.school_cohorts[placed.school_id, placed.cohort].updated_at
                if placed.partnership is not None:
                    yield placed.partnership.updated_at
