"""When a lead provider may defer, withdraw or resume a participant's training."""

from typing import Final

from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.training_state import DeferralReason, WithdrawalReason
from ecf_core.rules.rule import Judged, Rule
from ecf_core.rules.training_action import (
    ACTING_ON_TRAINING,
    ProposedTrainingAction,
    training_is_withdrawn,
)


def reason_not_specified(p: ProposedTrainingAction) -> bool:
    return not p.request.reason


def reason_is_no_reason_to_defer(p: ProposedTrainingAction) -> bool:
    return p.request.reason not in set(DeferralReason)


def reason_not_specified_and_the_participant_takes_the_course(
    p: ProposedTrainingAction,
) -> bool | None:
    return None if p.training is None else not p.request.reason


def reason_is_no_reason_to_withdraw(p: ProposedTrainingAction) -> bool | None:
    return None if p.training is None else p.request.reason not in set(WithdrawalReason)


def training_is_deferred(p: ProposedTrainingAction) -> bool | None:
    return p.stands(TrainingStatus.DEFERRED)


def training_is_active(p: ProposedTrainingAction) -> bool | None:
    return p.stands(TrainingStatus.ACTIVE)


_PRESENT: Final = "The property '#/reason' must be present"
_VALID: Final = "The property '#/reason' must be a valid reason"
_WITHDRAWN: Final[Rule[ProposedTrainingAction]] = Rule(
    "participant_profile",
    "already_withdrawn",
    "The participant is already withdrawn",
    training_is_withdrawn,
)

DEFERRING_TRAINING: Final[tuple[Rule[ProposedTrainingAction], ...]] = (
    *ACTING_ON_TRAINING,
    Rule("reason", "blank", _PRESENT, reason_not_specified, Judged.ALWAYS),
    Rule("reason", "invalid", _VALID, reason_is_no_reason_to_defer, Judged.ALWAYS),
    Rule(
        "participant_profile",
        "already_deferred",
        "The participant is already deferred",
        training_is_deferred,
    ),
    _WITHDRAWN,
)

WITHDRAWING_TRAINING: Final[tuple[Rule[ProposedTrainingAction], ...]] = (
    *ACTING_ON_TRAINING,
    Rule(
        "reason",
        "blank",
        _PRESENT,
        reason_not_specified_and_the_participant_takes_the_course,
        Judged.ALWAYS,
    ),
    Rule("reason", "invalid", _VALID, reason_is_no_reason_to_withdraw, Judged.ALWAYS),
    _WITHDRAWN,
)

RESUMING_TRAINING: Final[tuple[Rule[ProposedTrainingAction], ...]] = (
    *ACTING_ON_TRAINING,
    Rule(
        "participant_profile",
        "already_active",
        "The participant is already active",
        training_is_active,
    ),
)
