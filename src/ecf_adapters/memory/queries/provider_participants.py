from collections.abc import Container, Iterator
from datetime import datetime
from math import inf

from attrs import evolve, frozen

from ecf_adapters.memory.queries.lists import Reads, page
from ecf_core.model.ids import LeadProviderId, ParticipantId, TrainingRecordId
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import FIRST_COHORT_SHOWN
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter, TrainingsFilter
from ecf_core.queries.provider_participants import (
    EnrolmentRow,
    ProviderParticipantRow,
    TrainingRow,
    shown_to,
)
from ecf_core.queries.window import Page, Window


@frozen
class MemoryProviderParticipantQueries(Reads):
    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
    ) -> Page[ProviderParticipantRow]:
        seen = self._seen(lead_provider_id)
        return page((row for row in seen if _is_wanted(row, wanted)), order, window)

    def one(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: ProviderParticipantsFilter,
    ) -> ProviderParticipantRow | None:
        seen = self._seen(lead_provider_id)
        return next(
            (row for row in seen if row.id == participant_id and _is_wanted(row, wanted)), None
        )

    def trainings(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter, window: Window
    ) -> Page[TrainingRow]:
        return page(self._trainings(lead_provider_id, wanted), wanted.order, window)

    def training(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: TrainingsFilter,
    ) -> TrainingRow | None:
        trainings = self._trainings(lead_provider_id, wanted)
        own = [row for row in trainings if row.id == participant_id]
        return min(own, key=_as_ect_first, default=None)

    def _trainings(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter
    ) -> Iterator[TrainingRow]:
        since = wanted.updated_since
        for row in self._seen(lead_provider_id, _cohorts(wanted.cohorts)):
            if since is None or row.updated_at >= since:
                for enrolment in row.enrolments:
                    alone = evolve(row, enrolments=(enrolment,))
                    yield TrainingRow(participant=alone, enrolment=enrolment)

    def _seen(
        self, lead_provider_id: LeadProviderId, cohorts: Container[int] | None = None
    ) -> Iterator[ProviderParticipantRow]:
        for id_ in self.state.people:
            participant = self.state.participant(id_)
            if participant is not None and participant.person.id == id_:
                row = shown_to(lead_provider_id, participant, cohorts)
                if row.enrolments:
                    yield row


def _cohorts(wanted: frozenset[int] | None) -> Container[int]:
    return range(FIRST_COHORT_SHOWN, 10_000) if wanted is None else wanted


def _is_wanted(row: ProviderParticipantRow, wanted: ProviderParticipantsFilter) -> bool:
    return (
        any(_is_wanted_for(enrolment, wanted) for enrolment in row.enrolments)
        and (
            wanted.from_id is None
            or any(change.from_id == wanted.from_id for change in row.id_changes)
        )
        and (wanted.updated_since is None or row.updated_at >= wanted.updated_since)
    )


def _is_wanted_for(enrolment: EnrolmentRow, wanted: ProviderParticipantsFilter) -> bool:
    return enrolment.cohort in _cohorts(wanted.cohorts) and (
        wanted.training_status in {None, enrolment.training_status}
    )


def _as_ect_first(row: TrainingRow) -> tuple[str, float, datetime, TrainingRecordId]:
    """What goes on is preferred to what has ended."""
    of = row.enrolment
    ends = of.end_date.timestamp() if of.end_date else inf
    return of.type, -ends, of.created_at, of.training_record_id
