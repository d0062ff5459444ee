"""``/api/v3/participants/ecf/{id}/defer`` and its like, in every version."""

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen
from litestar import Controller, put
from litestar.params import FromPath, RawBody

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
from ecf_http.asked import Asked, parameters_of, sent_of
from ecf_http.body import Attributes, SentBody
from ecf_http.casts import id_of
from ecf_http.dry_run import dry_run
from ecf_http.idempotency import once_for
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
class _Sent:
    """What an action was sent with, whichever it is; an unknown participant is no 404."""

    participant_id: ParticipantId
    request: Asked
    body: SentBody
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
        only_judged = dry_run(parameters_of(self.request))  # known before the body is looked at
        caller = self.request.user
        wanted = read(self.participant_id, self.body.attributes(), caller)
        once = None if only_judged else once_for(self.request, self.body, shown)
        return shown(action(wanted, by=actor(caller), dry_run=only_judged, once=once))

    def _whole(self, acted_on: ActedOn) -> Document[ParticipantAttributes]:
        row = shown_to(self.request.user.lead_provider_id, acted_on.participant)
        return participants.document(row, at=self.clock.now())

    def _flat(self, acted_on: ActedOn) -> Document[FlatParticipantAttributes]:
        row = shown_to(self.request.user.lead_provider_id, acted_on.participant)
        (enrolment,) = (
            e for e in row.enrolments if e.training_record_id == acted_on.training.record.id
        )
        return flat_participants.document(TrainingRow(participant=row, enrolment=enrolment))


class _Actions(Controller):
    """What all of them need."""

    defer_training: DeferTraining
    withdraw_training: WithdrawTraining
    resume_training: ResumeTraining
    change_schedule: ChangeSchedule
    clock: Clock

    def _sent(self, request: Asked, participant_id: str, body: bytes) -> _Sent:
        id_ = ParticipantId(id_of(participant_id))
        return _Sent(id_, request, sent_of(request, body), self.clock)


class TrainingActionsController(_Actions):
    """What a lead provider does about a participant's training."""

    path = "/participants/ecf/{participant_id:str}"

    @put("/defer", sync_to_thread=False, media_type=JSON_API)
    def defer(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[ParticipantAttributes]:
        """Puts the training off."""
        sent = self._sent(request, participant_id, body)
        return sent.participant(self.defer_training, wire.action_request)

    @put("/withdraw", sync_to_thread=False, media_type=JSON_API)
    def withdraw(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[ParticipantAttributes]:
        """Gives the training up."""
        sent = self._sent(request, participant_id, body)
        return sent.participant(self.withdraw_training, wire.action_request)

    @put("/resume", sync_to_thread=False, media_type=JSON_API)
    def resume(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[ParticipantAttributes]:
        """Goes on with the training."""
        sent = self._sent(request, participant_id, body)
        return sent.participant(self.resume_training, wire.action_request)

    @put("/change-schedule", sync_to_thread=False, media_type=JSON_API)
    def reschedule(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[ParticipantAttributes]:
        """Puts the participant on another schedule."""
        sent = self._sent(request, participant_id, body)
        return sent.participant(self.change_schedule, wire.schedule_request)


class FlatTrainingActionsController(_Actions):
    """The same, as versions 1 and 2 show it."""

    path = "/participants/ecf/{participant_id:str}"

    @put("/defer", sync_to_thread=False, media_type=JSON_API)
    def defer(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[FlatParticipantAttributes]:
        """Puts the training off."""
        sent = self._sent(request, participant_id, body)
        return sent.training(self.defer_training, wire.action_request)

    @put("/withdraw", sync_to_thread=False, media_type=JSON_API)
    def withdraw(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[FlatParticipantAttributes]:
        """Gives the training up."""
        sent = self._sent(request, participant_id, body)
        return sent.training(self.withdraw_training, wire.action_request)

    @put("/resume", sync_to_thread=False, media_type=JSON_API)
    def resume(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[FlatParticipantAttributes]:
        """Goes on with the training."""
        sent = self._sent(request, participant_id, body)
        return sent.training(self.resume_training, wire.action_request)

    @put("/change-schedule", sync_to_thread=False, media_type=JSON_API)
    def reschedule(
        self, request: Asked, participant_id: FromPath[str], body: RawBody
    ) -> Document[FlatParticipantAttributes]:
        """Puts the participant on another schedule."""
        sent = self._sent(request, participant_id, body)
        return sent.training(self.change_schedule, wire.schedule_request)


class ShortTrainingActionsController(FlatTrainingActionsController):
    """Version 1 has a shorter address besides."""

    path = "/participants/{participant_id:str}"
