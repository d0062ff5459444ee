from datetime import datetime

from attrs import frozen

from ecf_core.events import TrainingDeferred
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.training_state import DeferralReason
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.use_cases.training_action import Action, TrainingStatusAction


@frozen(kw_only=True)
class DeferTraining(TrainingStatusAction):
    """A lead provider puts a participant's training off, with a reason.

    Raises :class:`~ecf_core.errors.Refused`. Guide: "What a partnership enables a lead provider to
    do".
    """

    def _action(self, proposed: ProposedTrainingAction, *, at: datetime) -> Action:
        allowed = self._allowed(self.rules.deferring_training, proposed)
        reason = DeferralReason(proposed.request.reason or "")
        deferred = TrainingDeferred(
            participant_id=allowed.participant.person.id,
            training_record_id=allowed.training.record.id,
            lead_provider_id=allowed.lead_provider_id,
            reason=reason,
        )
        return self._said(allowed, TrainingStatus.DEFERRED, reason, deferred, at=at)
