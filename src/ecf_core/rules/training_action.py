"""What a lead provider's action on a participant's training is decided on, and on whom it may act.

Guide: "What a partnership enables a lead provider to do". A lead provider acts on its own latest
induction record, whoever trains the participant since; under a challenged partnership it has none
(decision D-11).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from ecf_core.model.ids import InductionRecordId, LeadProviderId, ParticipantId
from ecf_core.model.induction_record import InductionRecord, TrainingStatus
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.training_state import Course
from ecf_core.rules.changing_an_induction_record import Refuse, record_change, records_after
from ecf_core.rules.rule import Judged, Rule


@frozen(kw_only=True)
class TrainingActionRequest:
    """Which lead provider acts on whose training. ``None`` is what was left out.

    The reason is for those who defer or withdraw.
    """

    participant_id: ParticipantId | None
    lead_provider_id: LeadProviderId
    course: str | None
    reason: str | None = None


@frozen(kw_only=True)
class ProposedTrainingAction:
    """The request, and the participant whom the id names, or named before it was given up."""

    request: TrainingActionRequest
    participant: Participant | None

    @property
    def training(self) -> Training | None:
        """The participant's training for the course, as long as it goes on."""
        course = self.request.course
        if self.participant is None or course not in set(Course):
            return None
        return self.participant.training_as(Course(course).participant_type)

    @property
    def record(self) -> PlacedRecord | None:
        """What the lead provider acts on: its own latest record of that training."""
        training = self.training
        return training.latest_with(self.request.lead_provider_id) if training else None

    def stands(self, *statuses: TrainingStatus) -> bool | None:
        """The lead provider's record has one of these statuses, if there is a record."""
        return self.record.record.training_status in statuses if self.record else None


def participant_not_found(p: ProposedTrainingAction) -> bool:
    return p.participant is None


def participant_does_not_take_the_course(p: ProposedTrainingAction) -> bool:
    return p.training is None


def course_not_specified(p: ProposedTrainingAction) -> bool:
    return not p.request.course


def training_is_withdrawn(p: ProposedTrainingAction) -> bool | None:
    return p.stands(TrainingStatus.WITHDRAWN)


def lead_provider_has_no_record_of_the_participant(p: ProposedTrainingAction) -> bool:
    return p.record is None


_NOT_RECOGNISED: Final = (
    "Your update cannot be made as the '#/participant_id' is not recognised."
    " Check participant details and try again."
)

ACTING_ON_TRAINING: Final[tuple[Rule[ProposedTrainingAction], ...]] = (
    Rule("participant_id", "not_recognised", _NOT_RECOGNISED, participant_not_found),
    Rule(
        "course_identifier",
        "not_recognised",
        "The entered '#/course_identifier' is not recognised for the given participant."
        " Check details and try again.",
        participant_does_not_take_the_course,
        Judged.ALL_STANDS,
    ),
    Rule(
        "course_identifier",
        "blank",
        "Enter a '#/course_identifier' value for this participant.",
        course_not_specified,
        Judged.ALWAYS,
    ),
    Rule(
        "participant_id",
        "not_recognised",
        _NOT_RECOGNISED,
        lead_provider_has_no_record_of_the_participant,
        Judged.ALL_STANDS,
    ),
)
"""What every action asks first."""


def records_acted_on(
    record: InductionRecord,
    edit: Callable[[InductionRecord], InductionRecord],
    *,
    fresh_id: InductionRecordId,
    at: datetime,
) -> tuple[InductionRecord, ...]:
    """The records to put, as for any change of a record, the one that ends first.

    But one that has ended is corrected as it stands: the lead provider that it was with may still
    say how the training went, and its span stays as it is.
    """
    change = record_change(record, at=at)
    if isinstance(change, Refuse):
        return (evolve(edit(record), updated_at=max(record.updated_at, at)),)
    return records_after(change, edit, fresh_id=fresh_id, at=at)
