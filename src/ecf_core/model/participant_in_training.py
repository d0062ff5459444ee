"""A participant as a whole: the person, and everything that is kept of their training."""

from collections.abc import Container
from typing import Any

from attrs import evolve, frozen

from ecf_core.model.ids import LeadProviderId, ParticipantId, SchoolId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord, InductionStatus
from ecf_core.model.participant import IdChange, ParticipantType, Person, TrainingRecord
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner
from ecf_core.model.training_state import TrainingState


@frozen(kw_only=True)
class PlacedRecord:
    """An induction record with its school, its cohort, and its partnership if it has one."""

    record: InductionRecord
    school_id: SchoolId
    urn: str
    cohort: int
    partnership: Partnership | None
    delivery_partner: DeliveryPartner | None

    def seen_by(self, lead_provider_id: LeadProviderId) -> bool:
        """It is under a partnership of the lead provider that is not challenged."""
        partnership = self.partnership
        return (
            partnership is not None
            and partnership.lead_provider_id == lead_provider_id
            and partnership.challenge is None
        )


def _latest_last(placed: PlacedRecord) -> Any:
    """The order in which the latest record comes last, for whoever looks from outside."""
    record = placed.record
    return record.end_date is None, record.start_date, record.created_at, record.id


@frozen(kw_only=True)
class Training:
    """What a person is trained as, with its history oldest first and the states oldest first."""

    record: TrainingRecord
    history: tuple[PlacedRecord, ...]
    states: tuple[TrainingState, ...] = ()

    @property
    def latest(self) -> PlacedRecord:
        return self.history[-1]

    @property
    def goes_on(self) -> bool:
        """It has not been given up for another, and the school has not removed the participant."""
        removed = self.latest.record.induction_status is InductionStatus.WITHDRAWN
        return self.record.merged_into is None and not removed

    def latest_with(
        self, lead_provider_id: LeadProviderId, cohorts: Container[int] | None = None
    ) -> PlacedRecord | None:
        """The lead provider's latest record of it, among those of the cohorts if any are given.

        One that has no end counts as the latest, then the one that starts last. Records under a
        challenged partnership are not the lead provider's to see.
        """
        seen = (
            placed
            for placed in self.history
            if placed.seen_by(lead_provider_id) and (cohorts is None or placed.cohort in cohorts)
        )
        return max(seen, key=_latest_last, default=None)

    def put(self, *placed: PlacedRecord) -> "Training":
        """The training with records added to its history, or replaced by those of the same id."""
        by_id = {each.record.id: each for each in (*self.history, *placed)}
        history = InductionHistory(tuple(each.record for each in by_id.values()))
        return evolve(self, history=tuple(by_id[record.id] for record in history.records))

    def said(self, state: TrainingState) -> "Training":
        """The training with what a lead provider says of it now."""
        return evolve(self, states=(*self.states, state))


@frozen(kw_only=True)
class Participant:
    """A person with all of their training; the changes of their id come newest first."""

    person: Person
    trainings: tuple[Training, ...]
    id_changes: tuple[IdChange, ...] = ()

    @property
    def ids(self) -> frozenset[ParticipantId]:
        """The id of now, and every one that was given up for it."""
        return frozenset({self.person.id, *(change.from_id for change in self.id_changes)})

    def named(
        self, id_: ParticipantId | TrainingRecordId | None, type_: str | None
    ) -> tuple[Training, ...]:
        """The trainings that were not given up, of a type if one is given.

        All of them by an id of the person, or the one whose training record has the id.
        """
        return tuple(
            training
            for training in self.trainings
            if training.record.merged_into is None
            and type_ in {None, training.record.type.value}
            and id_ in {training.record.id, *self.ids}
        )

    def training_as(self, type_: ParticipantType) -> Training | None:
        """The training of that type that goes on."""
        return next((t for t in self.trainings if t.record.type is type_ and t.goes_on), None)

    def put(self, training: Training) -> "Participant":
        """The participant with one training in the place of what it was."""
        return evolve(
            self,
            trainings=tuple(
                training if each.record.id == training.record.id else each
                for each in self.trainings
            ),
        )
