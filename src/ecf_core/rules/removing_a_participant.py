"""When a school may say that a participant has gone for good. The messages are ours."""

from typing import Final

from attrs import frozen

from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.model.participant_in_training import Participant, Training
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class RemovalRequest:
    """Who has gone, and from which of their trainings, if there are two.

    The id of the training record tells both.
    """

    participant_id: ParticipantId | TrainingRecordId | None
    type: str | None = None


@frozen(kw_only=True)
class ProposedRemoval:
    """The request and the participant, if there is such a one."""

    request: RemovalRequest
    participant: Participant | None

    @property
    def trainings(self) -> tuple[Training, ...]:
        """Those that it may concern."""
        if self.participant is None:
            return ()
        return self.participant.named(self.request.participant_id, self.request.type)


def participant_not_found(p: ProposedRemoval) -> bool:
    return p.participant is None


def type_not_known(p: ProposedRemoval) -> bool:
    return p.request.type is not None and p.request.type not in set(ParticipantType)


def participant_does_not_train_as_that(p: ProposedRemoval) -> bool | None:
    return None if p.participant is None else not p.trainings


def participant_trains_as_both(p: ProposedRemoval) -> bool:
    return len(p.trainings) > 1


def participant_has_been_removed(p: ProposedRemoval) -> bool | None:
    if len(p.trainings) != 1:
        return None
    return p.trainings[0].latest.record.induction_status is InductionStatus.WITHDRAWN


REMOVING_A_PARTICIPANT: Final[tuple[Rule[ProposedRemoval], ...]] = (
    Rule("participant", "invalid", "Enter a valid '#/participant'.", participant_not_found),
    Rule(
        "type",
        "invalid",
        f"The '#/type' must be one of {', '.join(ParticipantType)}.",
        type_not_known,
    ),
    Rule(
        "type",
        "not_in_training",
        "The participant does not train as that.",
        participant_does_not_train_as_that,
    ),
    Rule(
        "type",
        "ambiguous",
        "The participant trains as an ECT and as a mentor. Enter the '#/type'.",
        participant_trains_as_both,
    ),
    Rule(
        "participant",
        "already_removed",
        "The participant has been removed already.",
        participant_has_been_removed,
    ),
)
