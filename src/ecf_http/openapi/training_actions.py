"""The actions on participants' training, under each of their addresses."""

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve

from ecf_core.errors import THE_ACTION
from ecf_core.rules.profile import DOCUMENTED
from ecf_http.dry_run import DRY_RUN
from ecf_http.openapi.operations import Operation
from ecf_http.wire import training_actions as wire

_NOT_SENT: Final = ("participant_id", "participant_profile", THE_ACTION)

_ACTIONS: Final[Mapping[str, Operation]] = {
    "defer": Operation(
        id="deferTraining",
        tag="participants",
        summary="Put a participant's training off",
        sent=wire.DEFERRED_WITH,
        sent_type="participant-defer",
        rules=DOCUMENTED.deferring_training,
    ),
    "withdraw": Operation(
        id="withdrawTraining",
        tag="participants",
        summary="Give a participant's training up",
        sent=wire.WITHDRAWN_WITH,
        sent_type="participant-withdraw",
        rules=DOCUMENTED.withdrawing_training,
    ),
    "resume": Operation(
        id="resumeTraining",
        tag="participants",
        summary="Go on with a participant's training",
        sent=wire.RESUMED_WITH,
        sent_type="participant-resume",
        rules=DOCUMENTED.resuming_training,
    ),
    "change-schedule": Operation(
        id="changeSchedule",
        tag="participants",
        summary="Put a participant on another schedule",
        sent=wire.CHANGED_WITH,
        sent_type="participant-change-schedule",
        rules=DOCUMENTED.changing_a_schedule,
    ),
}
_ADDRESSES: Final = (
    ("/api/v3/participants/ecf/{id}", "", "participants"),
    ("/api/v1/participants/ecf/{id}", "V1", "participants, v1"),
    ("/api/v1/participants/{id}", "V1Alias", "participants, v1"),
    ("/api/v2/participants/ecf/{id}", "V2", "participants, v2"),
)
"""Each with what tells its operations from the others', and with their tag."""


def _every() -> Iterator[tuple[tuple[str, str], Operation]]:
    for address, version, tag in _ADDRESSES:
        for name, action in _ACTIONS.items():
            operation = evolve(
                action,
                id=f"{action.id}{version}",
                tag=tag,
                query=(DRY_RUN,),
                not_sent=_NOT_SENT,
                finds=False,
            )
            yield ("put", f"{address}/{name}"), operation


TRAINING_ACTIONS: Final[Mapping[tuple[str, str], Operation]] = dict(_every())
"""By method and path, in the order in which the document has them."""
