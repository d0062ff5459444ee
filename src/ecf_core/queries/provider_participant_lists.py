"""Which participants a lead provider asks for, and who answers."""

from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.provider_participants import ProviderParticipantRow, TrainingRow
from ecf_core.queries.window import Page, Window

SORTABLE: Final = frozenset({"id", "created_at", "updated_at"})


@frozen(kw_only=True)
class ProviderParticipantsFilter:
    """Which participants are wanted; ``None`` asks for no restriction but that on cohorts.

    Cohorts and training status are of one training, by the latest record of it.
    """

    cohorts: frozenset[int] | None = None
    training_status: str | None = None
    from_id: ParticipantId | None = None
    updated_since: datetime | None = None


@frozen(kw_only=True)
class TrainingsFilter:
    """Which trainings are wanted, each by its latest record among those of the cohorts."""

    cohorts: frozenset[int] | None = None
    updated_since: datetime | None = None

    @property
    def order(self) -> Order:
        """Those who were there first come first; with ``updated_since``, who changed first."""
        moment = "created_at" if self.updated_since is None else "updated_at"
        return Sort(moment), Sort("id"), Sort("training_record_id")


class ProviderParticipantQueries(Protocol):
    """Reads the participants that a lead provider sees.

    Without cohorts, those of every cohort after 2020. People are found by the id of now alone.
    """

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
    ) -> Page[ProviderParticipantRow]:
        """People of whom any training is wanted, each with all of them that are seen."""
        ...

    def one(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: ProviderParticipantsFilter,
    ) -> ProviderParticipantRow | None:
        """One of them, if it is wanted."""
        ...

    def trainings(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter, window: Window
    ) -> Page[TrainingRow]:
        """Trainings one by one, so that a person can come twice, in the order that is wanted."""
        ...

    def training(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        wanted: TrainingsFilter,
    ) -> TrainingRow | None:
        """A person's training as an early career teacher, else the one as a mentor."""
        ...
