"""When what has to be declared of a participant's training. Dates are whole days, UTC."""

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen


class ScheduleType(StrEnum):
    """The pace of the training; a replacement schedule is a replacement mentor's."""

    STANDARD = "ecf_standard"
    REDUCED = "ecf_reduced"
    EXTENDED = "ecf_extended"
    REPLACEMENT = "ecf_replacement"


class DeclarationType(StrEnum):
    """What a lead provider declares, in the order of the training."""

    STARTED = "started"
    RETAINED_1 = "retained-1"
    RETAINED_2 = "retained-2"
    RETAINED_3 = "retained-3"
    RETAINED_4 = "retained-4"
    COMPLETED = "completed"
    EXTENDED_1 = "extended-1"
    EXTENDED_2 = "extended-2"
    EXTENDED_3 = "extended-3"


DEFAULT_SCHEDULE: Final = "ecf-standard-september"
"""The schedule of a participant who is on-boarded without another."""


@frozen(kw_only=True)
class Milestone:
    """When one type of declaration may be dated; without a milestone date it is open ended."""

    declaration_type: DeclarationType
    name: str
    start_date: date
    milestone_date: date | None = None
    payment_date: date


@frozen(kw_only=True)
class Schedule:
    """The milestones of a pace and a term of a cohort, by its identifier."""

    cohort: int
    identifier: str
    name: str
    type: ScheduleType
    milestones: tuple[Milestone, ...]
