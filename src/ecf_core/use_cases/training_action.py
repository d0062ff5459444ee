"""What the use cases share by which a lead provider acts on a participant's training."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Generic, TypeVar

from attrs import evolve, frozen

from ecf_core.errors import Refused
from ecf_core.events import Event
from ecf_core.model.actor import Actor
from ecf_core.model.ids import InductionRecordId, LeadProviderId, TrainingStateId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.model.training_state import DeferralReason, TrainingState, WithdrawalReason
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Facts, Look
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import Rule, violations
from ecf_core.rules.training_action import (
    ProposedTrainingAction,
    TrainingActionRequest,
    records_acted_on,
)
from ecf_core.use_cases.once import Once, only_once
from ecf_core.use_cases.transaction import in_transaction

R = TypeVar("R", bound=TrainingActionRequest)
P = TypeVar("P", bound=ProposedTrainingAction)


@frozen(kw_only=True)
class ActedOn:
    """A participant, with that training of theirs that a lead provider acted on."""

    participant: Participant
    training: Training


@frozen(kw_only=True)
class Allowed:
    """What the rules let a lead provider act on: ``placed`` is its latest record."""

    lead_provider_id: LeadProviderId
    participant: Participant
    training: Training
    placed: PlacedRecord


@frozen(kw_only=True)
class Action:
    """What an action comes to, before any of it is stored; ``records`` are to be put in order."""

    acted_on: ActedOn
    records: tuple[PlacedRecord, ...]
    event: Event
    state: TrainingState | None = None
    added_programme: InductionProgramme | None = None

    def write(self, work: UnitOfWork, *, by: Actor, at: datetime) -> None:
        if self.added_programme is not None:
            to = self.records[-1]
            work.school_cohorts.add_programme(to.school_id, to.cohort, self.added_programme, at=at)
        work.participants.put_records(*(placed.record for placed in self.records))
        if self.state is not None:
            work.participants.add_state(self.state)
        work.record(self.event, by=by, at=at)


@frozen(kw_only=True)
class TrainingAction(ABC, Generic[R, P]):
    """What every action on a participant's training has in common.

    It adds to the history of the lead provider's own latest record, and to no other.
    """

    begin: Begin
    look: Look
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(
        self,
        request: R,
        *,
        by: Actor,
        dry_run: bool = False,
        once: Once[ActedOn] | None = None,
    ) -> ActedOn:
        """The participant as it is now; with ``dry_run``, as it would be, and nothing stored."""
        if dry_run:
            with self.look() as facts:
                proposed = self._proposed(facts, request)
                return self._action(proposed, at=self.clock.now()).acted_on

        def decide(work: UnitOfWork) -> ActedOn:
            proposed = self._proposed(work.facts, request)
            now = self.clock.now()
            action = self._action(proposed, at=now)
            action.write(work, by=by, at=now)
            return action.acted_on

        return in_transaction(self.begin, only_once(decide, once, self.clock))

    @abstractmethod
    def _proposed(self, facts: Facts, request: R) -> P:
        """Everything that the request is decided on."""

    @abstractmethod
    def _action(self, proposed: P, *, at: datetime) -> Action:
        """Raises :class:`~ecf_core.errors.Refused` for what the rules refuse."""

    def _allowed(self, rules: tuple[Rule[P], ...], proposed: P) -> Allowed:
        if broken := violations(rules, proposed):
            raise Refused(*broken)
        match proposed:
            case ProposedTrainingAction(
                participant=Participant() as participant,
                training=Training() as training,
                record=PlacedRecord() as placed,
            ):
                return Allowed(
                    lead_provider_id=proposed.request.lead_provider_id,
                    participant=participant,
                    training=training,
                    placed=placed,
                )
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)

    def _records(
        self, allowed: Allowed, to: PlacedRecord, *, at: datetime
    ) -> tuple[PlacedRecord, ...]:
        """The records to put so that the lead provider's is as ``to`` says from now on."""
        *ended, acted_on = records_acted_on(
            allowed.placed.record,
            lambda record: evolve(
                record,
                programme_id=to.record.programme_id,
                schedule=to.record.schedule,
                training_status=to.record.training_status,
            ),
            fresh_id=InductionRecordId(self.new_id()),
            at=at,
        )
        before = (evolve(allowed.placed, record=record) for record in ended)
        return *before, evolve(to, record=acted_on)


@frozen(kw_only=True)
class TrainingStatusAction(TrainingAction[TrainingActionRequest, ProposedTrainingAction], ABC):
    """What the actions have in common that say whether a participant's training goes on."""

    def _proposed(self, facts: Facts, request: TrainingActionRequest) -> ProposedTrainingAction:
        return facts.proposed_training_action(request)

    def _said(
        self,
        allowed: Allowed,
        status: TrainingStatus,
        reason: DeferralReason | WithdrawalReason | None,
        event: Event,
        *,
        at: datetime,
    ) -> Action:
        """The lead provider's record gets the training status, and what it said is kept."""
        placed = allowed.placed
        to = evolve(placed, record=evolve(placed.record, training_status=status))
        records = self._records(allowed, to, at=at)
        state = TrainingState(
            id=TrainingStateId(self.new_id()),
            training_record_id=allowed.training.record.id,
            lead_provider_id=allowed.lead_provider_id,
            state=status,
            reason=reason,
            at=at,
        )
        training = allowed.training.put(*records).said(state)
        return Action(
            acted_on=ActedOn(participant=allowed.participant.put(training), training=training),
            records=records,
            event=event,
            state=state,
        )
