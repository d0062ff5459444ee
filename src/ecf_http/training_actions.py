"""``/api/v3/participants/ecf/{id}/defer`` and its like, in every version."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from attrs import frozen
from litestar import Controller, put
from litestar.di import Provide
from litestar.params import FromPath

from ecf_core.model.ids import ParticipantId
from ecf_core.ports.clock import Clock
from ecf_core.queries.provider_participants import TrainingRow, shown_to
from ecf_core.queries.tokens import Caller
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.use_cases.change_schedule import ChangeSchedule
from ecf_core.use_cases.defer_training import DeferTraining
from ecf_core.use_cases.resume_training import ResumeTraining
from ecf_core.use_cases.training_action import ActedOn, TrainingAction
from ecf_core.use_cases.withdraw_training import WithdrawTraining
from ecf_http.body import Attributes, SentBody
from ecf_http.casts import id_of
from ecf_http.di import Injected
from ecf_http.dry_run import dry_run
from ecf_http.idempotency import SentKey
from ecf_http.nested import Parameters
from ecf_http.wire import flat_participants, participants
from ecf_http.wire import training_actions as wire
from ecf_http.wire.documents import JSON_API, Document, actor
from ecf_http.wire.flat_participants import FlatParticipantAttributes
from ecf_http.wire.participants import ParticipantAttributes

A = TypeVar("A")
R = TypeVar("R", bound=TrainingActionRequest)

Read = Callable[[ParticipantId, Attributes, Caller], R]
"""Makes the request of an action out of what was sent."""


@frozen
class SentAction:
    """What an action was sent with, whichever it is; an unknown participant is no 404."""

    participant_id: ParticipantId
    parameters: Parameters
    body: SentBody
    caller: Caller
    key: SentKey
    clock: Clock

    def participant(
        self, action: TrainingAction[R, Any], read: Read[R]
    ) -> Document[ParticipantAttributes]:
        """Carries it out, and shows the participant with all trainings."""
        return self._carry_out(action, read, self._whole)

    def training(
        self, action: TrainingAction[R, Any], read: Read[R]
    ) -> Document[FlatParticipantAttributes]:
        """Carries it out, and shows the training that was acted on."""
        return self._carry_out(action, read, self._flat)

    def _carry_out(
        self,
        action: TrainingAction[R, Any],
        read: Read[R],
        shown: Callable[[ActedOn], Document[A]],
    ) -> Document[A]:
        only_judged = dry_run(self.parameters)  # known before the body is read
        request = read(self.participant_id, self.body.attributes(), self.caller)
        once = None if only_judged else self.key.once(shown)
        return shown(action(request, by=actor(self.caller), dry_run=only_judged, once=once))

    def _whole(self, acted_on: ActedOn) -> Document[ParticipantAttributes]:
        row = shown_to(self.caller.lead_provider_id, acted_on.participant)
        return participants.document(row, at=self.clock.now())

    def _flat(self, acted_on: ActedOn) -> Document[FlatParticipantAttributes]:
        row = shown_to(self.caller.lead_provider_id, acted_on.participant)
        (enrolment,) = (
            e for e in row.enrolments if e.training_record_id == acted_on.training.record.id
        )
        return flat_participants.document(TrainingRow(participant=row, enrolment=enrolment))


def sent_action(
    *,
    participant_id: FromPath[str],
    parameters: Injected[Parameters],
    sent_body: Injected[SentBody],
    caller: Injected[Caller],
    sent_key: Injected[SentKey],
    clock: Injected[Clock],
) -> SentAction:
    return SentAction(
        ParticipantId(id_of(participant_id)), parameters, sent_body, caller, sent_key, clock
    )


_SENT: Final = {"sent_action": Provide(sent_action, sync_to_thread=False)}


class TrainingActionsController(Controller):
    """What a lead provider does about a participant's training."""

    path = "/participants/ecf/{participant_id:str}"
    dependencies = _SENT

    @put("/defer", sync_to_thread=True, media_type=JSON_API)
    def defer(
        self, sent_action: Injected[SentAction], defer_training: Injected[DeferTraining]
    ) -> Document[ParticipantAttributes]:
        """Puts the training off."""
        return sent_action.participant(defer_training, wire.action_request)

    @put("/withdraw", sync_to_thread=True, media_type=JSON_API)
    def withdraw(
        self, sent_action: Injected[SentAction], withdraw_training: Injected[WithdrawTraining]
    ) -> Document[ParticipantAttributes]:
        """Gives the training up."""
        return sent_action.participant(withdraw_training, wire.action_request)

    @put("/resume", sync_to_thread=True, media_type=JSON_API)
    def resume(
        self, sent_action: Injected[SentAction], resume_training: Injected[ResumeTraining]
    ) -> Document[ParticipantAttributes]:
        """Goes on with the training."""
        return sent_action.participant(resume_training, wire.action_request)

    @put("/change-schedule", sync_to_thread=True, media_type=JSON_API)
    def change_schedule(
        self, sent_action: Injected[SentAction], change_schedule: Injected[ChangeSchedule]
    ) -> Document[ParticipantAttributes]:
        """Puts the participant on another schedule."""
        return sent_action.participant(change_schedule, wire.schedule_request)


class FlatTrainingActionsController(Controller):
    """The same, as versions 1 and 2 show it."""

    path = "/participants/ecf/{participant_id:str}"
    dependencies = _SENT

    @put("/defer", sync_to_thread=True, media_type=JSON_API)
    def defer(
        self, sent_action: Injected[SentAction], defer_training: Injected[DeferTraining]
    ) -> Document[FlatParticipantAttributes]:
        """Puts the training off."""
        return sent_action.training(defer_training, wire.action_request)

    @put("/withdraw", sync_to_thread=True, media_type=JSON_API)
    def withdraw(
        self, sent_action: Injected[SentAction], withdraw_training: Injected[WithdrawTraining]
    ) -> Document[FlatParticipantAttributes]:
        """Gives the training up."""
        return sent_action.training(withdraw_training, wire.action_request)

    @put("/resume", sync_to_thread=True, media_type=JSON_API)
    def resume(
        self, sent_action: Injected[SentAction], resume_training: Injected[ResumeTraining]
    ) -> Document[FlatParticipantAttributes]:
        """Goes on with the training."""
        return sent_action.training(resume_training, wire.action_request)

    @put("/change-schedule", sync_to_thread=True, media_type=JSON_API)
    def change_schedule(
        self, sent_action: Injected[SentAction], change_schedule: Injected[ChangeSchedule]
    ) -> Document[FlatParticipantAttributes]:
        """Puts the participant on another schedule."""
        return sent_action.training(change_schedule, wire.schedule_request)


class ShortTrainingActionsController(FlatTrainingActionsController):
    """Version 1 has a shorter address besides."""

    path = "/participants/{participant_id:str}"
