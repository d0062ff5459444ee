from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import define, field, fields, frozen

from ecf_core.events import Event
from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import CallOffContract, MentorCallOffContract
from ecf_core.model.ids import (
    AppropriateBodyId,
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    ParticipantId,
    PartnershipId,
    SchoolId,
    StatementId,
    TokenId,
    TrainingRecordId,
)
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import IdChange, Person, TrainingRecord
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.partnership import Agreement, Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship
from ecf_core.model.schedule import Schedule
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.model.statement import Statement
from ecf_core.model.token import ApiToken
from ecf_core.model.training_state import TrainingState
from ecf_core.ports.answers import AnswerKey, KeptAnswer
from ecf_core.rules.migrating_participants import PlacedProgramme


@frozen
class Happened:
    """An event, with when it happened and who did it."""

    event: Event
    at: datetime
    actor: str


@frozen
class Answered:
    """An answer under its key, with when the command was carried out."""

    answer: KeptAnswer
    at: datetime


@define
class State:
    """Everything there is. Its values are frozen, so that a copy of it is cheap and honest."""

    cohorts: dict[int, Cohort] = field(factory=dict)
    admitted: frozenset[tuple[int, LeadProviderId]] = frozenset()
    contracts: dict[tuple[LeadProviderId, int, str], CallOffContract] = field(factory=dict)
    mentor_contracts: dict[tuple[LeadProviderId, int, str], MentorCallOffContract] = field(
        factory=dict
    )
    schedules: dict[tuple[int, str], Schedule] = field(factory=dict)
    statements: dict[StatementId, Statement] = field(factory=dict)
    lead_providers: dict[LeadProviderId, LeadProvider] = field(factory=dict)
    delivery_partners: dict[DeliveryPartnerId, DeliveryPartner] = field(factory=dict)
    relationships: frozenset[ProviderRelationship] = frozenset()
    relationships_updated_at: dict[ProviderRelationship, datetime] = field(factory=dict)
    schools: dict[SchoolId, School] = field(factory=dict)
    school_ids: dict[str, SchoolId] = field(factory=dict)
    school_cohorts: dict[tuple[SchoolId, int], SchoolCohort] = field(factory=dict)
    programmes: dict[tuple[SchoolId, int], dict[InductionProgrammeId, InductionProgramme]] = field(
        factory=dict
    )
    partnerships: dict[PartnershipId, Partnership] = field(factory=dict)
    appropriate_bodies: dict[AppropriateBodyId, AppropriateBody] = field(factory=dict)
    people: dict[ParticipantId, Person] = field(factory=dict)
    training_records: dict[TrainingRecordId, TrainingRecord] = field(factory=dict)
    histories: dict[TrainingRecordId, InductionHistory] = field(factory=dict)
    states: dict[TrainingRecordId, tuple[TrainingState, ...]] = field(factory=dict)
    id_changes: dict[ParticipantId, IdChange] = field(factory=dict)
    tokens: dict[TokenId, ApiToken] = field(factory=dict)
    answers: dict[AnswerKey, Answered] = field(factory=dict)
    events: tuple[Happened, ...] = ()

    def copy(self) -> "State":
        """Another state with the same values, which may change on its own."""
        copied: dict[str, Any] = {}
        for each in fields(State):
            value = getattr(self, each.name)
            copied[each.name] = dict(value) if isinstance(value, dict) else value
        return State(**copied)

    def partnerships_of(self, school_id: SchoolId, cohort: int) -> Iterator[Partnership]:
        """All partnerships of a school and a cohort, oldest first."""
        return iter(
            sorted(
                (
                    p
                    for p in self.partnerships.values()
                    if p.school_id == school_id and p.cohort == cohort
                ),
                key=lambda p: (p.created_at, p.id),
            )
        )

    def placed(self, programme_id: InductionProgrammeId | None) -> PlacedProgramme | None:
        """An induction programme with all that it belongs to."""
        for (school_id, cohort), programmes in self.programmes.items():
            programme = programmes.get(programme_id) if programme_id else None
            if programme is not None:
                partnership_id = programme.partnership_id
                return PlacedProgramme(
                    programme=programme,
                    school_id=school_id,
                    cohort=cohort,
                    partnership=self.partnerships[partnership_id] if partnership_id else None,
                )
        return None

    def records(self) -> Iterator[InductionRecord]:
        for history in self.histories.values():
            yield from history.records

    def now(self, participant_id: ParticipantId) -> ParticipantId:
        """The id that a person has now, be it the one given or the one it was given up for."""
        change = self.id_changes.get(participant_id)
        return self.now(change.to_id) if change else participant_id

    def participant(self, participant_id: ParticipantId | None) -> Participant | None:
        """A participant as a whole, by the id of now or by one that was given up."""
        person = self.people.get(self.now(participant_id)) if participant_id else None
        if person is None:
            return None
        own = (t for t in self.training_records.values() if t.participant_id == person.id)
        return Participant(
            person=person,
            trainings=tuple(map(self._training, sorted(own, key=lambda t: (t.created_at, t.id)))),
            id_changes=tuple(self._changes_to(person.id)),
        )

    def whose(self, id_: ParticipantId | TrainingRecordId | None) -> Participant | None:
        """A participant as a whole, by the id of a training record, too."""
        training_record = self.training_records.get(TrainingRecordId(id_)) if id_ else None
        if training_record is not None:
            return self.participant(training_record.participant_id)
        return self.participant(ParticipantId(id_)) if id_ else None

    def _training(self, training_record: TrainingRecord) -> Training:
        records = self.histories[training_record.id].records
        return Training(
            record=training_record,
            history=tuple(map(self._placed_record, records)),
            states=tuple(
                sorted(self.states.get(training_record.id, ()), key=lambda s: (s.at, s.id))
            ),
        )

    def _placed_record(self, record: InductionRecord) -> PlacedRecord:
        placed = self.placed(record.programme_id)
        if placed is None:
            raise AssertionError(record)
        partnership = placed.partnership
        return PlacedRecord(
            record=record,
            school_id=placed.school_id,
            urn=self.schools[placed.school_id].urn,
            cohort=placed.cohort,
            partnership=partnership,
            delivery_partner=self.delivery_partners[partnership.delivery_partner_id]
            if partnership
            else None,
        )

    def _changes_to(self, participant_id: ParticipantId) -> list[IdChange]:
        """Every change of id that led to the participant, newest first."""
        to = [change for change in self.id_changes.values() if change.to_id == participant_id]
        before = [earlier for change in to for earlier in self._changes_to(change.from_id)]
        return sorted(to + before, key=lambda c: (c.changed_at, c.from_id), reverse=True)

    def put_partnership(self, partnership: Partnership) -> None:
        self.partnerships[partnership.id] = partnership

    def agreement(self, partnership: Partnership) -> Agreement:
        """The partnership with its parties."""
        return Agreement(
            partnership=partnership,
            school=self.schools[partnership.school_id],
            lead_provider=self.lead_providers[partnership.lead_provider_id],
            delivery_partner=self.delivery_partners[partnership.delivery_partner_id],
        )
