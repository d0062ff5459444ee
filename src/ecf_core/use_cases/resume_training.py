from datetime import datetime

from attrs import frozen

from ecf_core.events import TrainingResumed
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.use_cases.training_action import Action, TrainingStatusAction


@frozen(kw_only=True)
class ResumeTraining(TrainingStatusAction):
    """A lead provider goes on with a participant's training that was deferred or withdrawn.

    Raises :class:`~ecf_core.errors.Refused`. Guide: "What a partnership enables a lead provider to
    do".
    """

    def _action(self, proposed: ProposedTrainingAction, *, at: datetime) -> Action:
        allowed = self._allowed(self.rules.resuming_training, proposed)
        resumed = TrainingResumed(
            participant_id=allowed.participant.person.id,
            training_record_id=allowed.training.record.id,
            lead_provider_id=allowed.lead_provider_id,
        )
        return self._said(allowed, TrainingStatus.ACTIVE, None, resumed, at=at)
