"""Participants in SQL: not there yet."""

from attrs import frozen

from ecf_core.model.ids import ParticipantId
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter


@frozen
class SqlParticipantQueries:
    def all(self, wanted: ParticipantsFilter) -> tuple[ParticipantRow, ...]:
        raise NotImplementedError

    def one(self, participant_id: ParticipantId) -> ParticipantRow | None:
        raise NotImplementedError
