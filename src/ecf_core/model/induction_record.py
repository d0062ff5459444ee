"""A participant's induction, as a history that is only ever added to."""

from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from attrs import Attribute, evolve, field, frozen

from ecf_core.model.ids import (
    AppropriateBodyId,
    InductionProgrammeId,
    InductionRecordId,
    ParticipantId,
    TrainingRecordId,
)
from ecf_core.model.schedule import DEFAULT_SCHEDULE


class InductionStatus(StrEnum):
    """Where the school says that a participant stands."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    LEAVING = "leaving"
    COMPLETED = "completed"


class TrainingStatus(StrEnum):
    """Where the lead provider says that a participant's training stands."""

    ACTIVE = "active"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"


def _never_before_the_start(
    record: "InductionRecord", _: "Attribute[datetime | None]", end: datetime | None
) -> None:
    if end is not None and end < record.start_date:
        msg = f"an induction record that starts at {record.start_date} cannot end at {end}"
        raise ValueError(msg)
    if end is None and record.induction_status is InductionStatus.CHANGED:
        msg = "an induction record that was changed has ended"
        raise ValueError(msg)


@frozen(kw_only=True)
class InductionRecord:
    """A span of a participant's training in one induction programme; its end is not part of it.

    ``schedule`` is the identifier of one of the programme's cohort. ``school_transfer`` says that
    the participant came from another school. ``email`` is where the participant is reached about
    this training, if it is not where the person is.

    Guide: "Induction records".
    """

    id: InductionRecordId
    training_record_id: TrainingRecordId
    programme_id: InductionProgrammeId
    schedule: str = DEFAULT_SCHEDULE
    start_date: datetime
    induction_status: InductionStatus = InductionStatus.ACTIVE
    end_date: datetime | None = field(default=None, validator=_never_before_the_start)
    training_status: TrainingStatus = TrainingStatus.ACTIVE
    school_transfer: bool = False
    mentor_id: ParticipantId | None = None
    appropriate_body_id: AppropriateBodyId | None = None
    email: str | None = None
    created_at: datetime
    updated_at: datetime

    def ended(self, at: datetime) -> bool:
        return self.end_date is not None and self.end_date <= at

    def active(self, at: datetime) -> bool:
        """The participant trains in it, or will without coming from another school."""
        return (
            self.induction_status is InductionStatus.ACTIVE
            and not self.ended(at)
            and (self.start_date <= at or not self.school_transfer)
        )

    def transferring_in(self, at: datetime) -> bool:
        """The participant is still to come from another school."""
        return (
            self.induction_status is InductionStatus.ACTIVE
            and self.start_date > at
            and self.school_transfer
        )

    def left(self, *, on: datetime, at: datetime) -> "InductionRecord":
        """The participant leaves for another school; who was not active any more just ends."""
        active = self.induction_status is InductionStatus.ACTIVE
        return evolve(
            self,
            induction_status=InductionStatus.LEAVING if active else self.induction_status,
            end_date=on,
            updated_at=max(self.updated_at, at),
        )


def _one_after_another(
    _: "InductionHistory",
    __: "Attribute[tuple[InductionRecord, ...]]",
    records: tuple[InductionRecord, ...],
) -> None:
    if len({record.training_record_id for record in records}) != 1:
        msg = "a history is of one participant's training, and has a record"
        raise ValueError(msg)
    for before, after in pairwise(records):
        if before.end_date is None or before.end_date > after.start_date:
            msg = f"the induction records {before.id} and {after.id} overlap"
            raise ValueError(msg)


def _oldest_first(records: "tuple[InductionRecord, ...]") -> "tuple[InductionRecord, ...]":
    """Where two start at once, the one that ends there comes first, and an open one last.

    Of two that end there as well the one that was made first does, and what is left stays as given:
    ids are random, and say nothing of what came first.
    """

    def key(record: InductionRecord) -> tuple[datetime, bool, datetime, datetime]:
        end = record.end_date
        return record.start_date, end is None, end or record.start_date, record.created_at

    return tuple(sorted(records, key=key))


@frozen
class InductionHistory:
    """The induction records of one participant's training, oldest first.

    Their spans do not overlap, and only the last one can be open.
    """

    records: tuple[InductionRecord, ...] = field(
        converter=_oldest_first, validator=_one_after_another
    )

    @property
    def latest(self) -> InductionRecord:
        return self.records[-1]

    def put(self, *records: InductionRecord) -> "InductionHistory":
        """The history with records added, or replaced by those of the same id."""
        by_id = {record.id: record for record in (*self.records, *records)}
        return InductionHistory(tuple(by_id.values()))
