"""When a lead provider may put a participant on another schedule, and in which programme then."""

from typing import Final

from attrs import frozen

from ecf_core.errors import THE_ACTION
from ecf_core.model.participant import ParticipantType
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner
from ecf_core.model.schedule import Schedule, ScheduleType
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.rules.rule import Judged, Rule
from ecf_core.rules.training_action import (
    ACTING_ON_TRAINING,
    ProposedTrainingAction,
    TrainingActionRequest,
    training_is_withdrawn,
)


@frozen(kw_only=True)
class ScheduleRequest(TrainingActionRequest):
    """On which schedule the participant is to be; without a cohort, one of the present cohort."""

    schedule: str | None
    cohort: int | None = None


@frozen
class Agreed:
    """A partnership, with its delivery partner."""

    partnership: Partnership
    delivery_partner: DeliveryPartner


@frozen(kw_only=True)
class ProposedScheduleChange(ProposedTrainingAction):
    """The request, the participant, and how things stand in the cohort that is asked for.

    ``schedule`` is the one that is named, of that cohort; ``partnerships`` and ``programmes`` are
    all of that cohort and the school of the lead provider's record.
    """

    request: ScheduleRequest
    schedule: Schedule | None = None
    partnerships: tuple[Agreed, ...] = ()
    school_cohort: SchoolCohort | None = None
    programmes: tuple[InductionProgramme, ...] = ()

    @property
    def cohort(self) -> int | None:
        """The cohort that is asked for: that of the record, where none is."""
        if self.request.cohort is not None:
            return self.request.cohort
        return self.record.cohort if self.record else None

    @property
    def moves(self) -> bool:
        """The participant is to be in another cohort."""
        return self.record is not None and self.record.cohort != self.cohort

    @property
    def usable(self) -> Agreed | None:
        """A partnership of the lead provider's that the participant can be trained under.

        A relationship partnership is one for the cohort that it was made for alone.
        """
        return next(
            (
                agreed
                for agreed in self.partnerships
                if agreed.partnership.lead_provider_id == self.request.lead_provider_id
                and agreed.partnership.challenge is None
                and not (agreed.partnership.relationship and self.moves)
            ),
            None,
        )

    @property
    def programme(self) -> InductionProgramme | None:
        """The programme under the usable partnership: the default, if that is one."""
        default = self.school_cohort.default_programme if self.school_cohort else None
        wanted = self.usable.partnership.id if self.usable else None
        among = (default, *self.programmes)
        return next((p for p in among if p and wanted and p.partnership_id == wanted), None)


def schedule_not_specified(p: ProposedScheduleChange) -> bool:
    return not p.request.schedule


def a_declaration_is_dated_outside_the_schedule(_: ProposedScheduleChange) -> None:
    """Not judged: declarations are not kept yet."""


def participant_is_on_the_schedule(p: ProposedScheduleChange) -> bool | None:
    if p.schedule is None or p.training is None or p.record is None:
        return None
    asked = (p.schedule.cohort, p.schedule.identifier)
    return (p.record.cohort, p.record.record.schedule) == asked


def schedule_is_for_mentors_alone(p: ProposedScheduleChange) -> bool | None:
    if p.schedule is None or p.training is None:
        return None
    is_mentor = p.training.record.type is ParticipantType.MENTOR
    return p.schedule.type is ScheduleType.REPLACEMENT and not is_mentor


def a_declaration_keeps_the_participant_in_the_cohort(_: ProposedScheduleChange) -> None:
    """Not judged: declarations are not kept yet."""


def lead_provider_has_no_partnership_for_the_cohort(p: ProposedScheduleChange) -> bool | None:
    return None if p.record is None else p.usable is None


def schedule_not_found(p: ProposedScheduleChange) -> bool:
    return p.schedule is None


def school_cohort_not_found(p: ProposedScheduleChange) -> bool:
    return p.school_cohort is None


CHANGING_A_SCHEDULE: Final[tuple[Rule[ProposedScheduleChange], ...]] = (
    *ACTING_ON_TRAINING,
    Rule(
        "schedule_identifier",
        "blank",
        "The property '#/schedule_identifier' must be present and correspond to a valid schedule",
        schedule_not_specified,
        Judged.ALWAYS,
    ),
    Rule(
        "participant_id",
        "withdrawn",
        "Cannot perform actions on a withdrawn participant",
        training_is_withdrawn,
        Judged.ALWAYS,
    ),
    Rule(
        "schedule_identifier",
        "declarations_invalidated",
        "Changing schedule would invalidate existing declarations. Please void them first.",
        a_declaration_is_dated_outside_the_schedule,
        Judged.ALWAYS,
    ),
    Rule(
        "schedule_identifier",
        "already_on_schedule",
        "Selected schedule is already on the profile",
        participant_is_on_the_schedule,
        Judged.ALWAYS,
    ),
    Rule(
        "schedule_identifier",
        "not_for_course",
        "Selected schedule is not valid for the course",
        schedule_is_for_mentors_alone,
        Judged.ALWAYS,
    ),
    Rule(
        "cohort",
        "has_declarations",
        "You cannot change the '#/cohort' field",
        a_declaration_keeps_the_participant_in_the_cohort,
        Judged.ALWAYS,
    ),
    Rule(
        "cohort",
        "no_partnership",
        "You cannot change a participant to this cohort as you do not have a partnership with"
        " the school for the cohort. Contact the DfE for assistance.",
        lead_provider_has_no_partnership_for_the_cohort,
        Judged.ALWAYS,
    ),
    Rule(
        THE_ACTION,
        "schedule_not_found",
        "Validation failed: Schedule must exist",
        schedule_not_found,
        Judged.ALL_STANDS,
    ),
    Rule(
        THE_ACTION,
        "school_cohort_not_found",
        "Validation failed: School cohort must exist",
        school_cohort_not_found,
        Judged.ALL_STANDS,
    ),
)
