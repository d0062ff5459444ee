from datetime import datetime

from attrs import frozen

from ecf_core.events import TrainingWithdrawn
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.training_state import WithdrawalReason
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.use_cases.training_action import Action, TrainingStatusAction


@frozen(kw_only=True)
class WithdrawTraining(TrainingStatusAction):
    """A lead provider gives a participant's training up, with a reason.

    Raises :class:`~ecf_core.errors.Refused`. Guide: "What a partnership enables a lead provider to
    do".
    """

    def _action(self, proposed: ProposedTrainingAction, *, at: datetime) -> Action:
        allowed = self._allowed(self.rules.withdrawing_training, proposed)
        reason = WithdrawalReason(proposed.request.reason or "")
        withdrawn = TrainingWithdrawn(
            participant_id=allowed.participant.person.id,
            training_record_id=allowed.training.record.id,
            lead_provider_id=allowed.lead_provider_id,
            reason=reason,
        )
        return self._said(allowed, TrainingStatus.WITHDRAWN, reason, withdrawn, at=at)
