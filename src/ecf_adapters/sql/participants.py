"""Participants in SQL: not there yet."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from attrs import frozen

from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.ids import TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment
from ecf_core.rules.migrating_participants import Move


@frozen
class SqlParticipants:
    def enrol(self, enrolments: Iterable[Enrolment]) -> None:
        raise NotImplementedError

    def history(self, training_record_id: TrainingRecordId) -> InductionHistory | None:
        raise NotImplementedError

    def put_records(self, *records: InductionRecord) -> None:
        raise NotImplementedError

    def move(self, move: Move, *, at: datetime, batch: UUID) -> int:  # noqa: ARG002 - the port's
        return 0  # there is nobody to move


@frozen
class SqlAppropriateBodies:
    def all(self) -> tuple[AppropriateBody, ...]:
        raise NotImplementedError

    def put(self, bodies: Iterable[AppropriateBody], *, at: datetime) -> None:
        raise NotImplementedError
