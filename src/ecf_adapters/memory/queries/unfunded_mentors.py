from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads, page
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.participant_in_training import Participant, Training
from ecf_core.queries.order import Order
from ecf_core.queries.unfunded_mentors import UnfundedMentorRow
from ecf_core.queries.window import Page, Window


@frozen
class MemoryUnfundedMentorQueries(Reads):
    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        order: Order,
        window: Window,
    ) -> Page[UnfundedMentorRow]:
        rows = self._rows(lead_provider_id, updated_since)
        return page(rows, order, window)

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        mentor_id: ParticipantId,
        updated_since: datetime | None,
    ) -> UnfundedMentorRow | None:
        rows = self._rows(lead_provider_id, updated_since)
        return next((row for row in rows if row.id == mentor_id), None)

    def _rows(
        self, lead_provider_id: LeadProviderId, updated_since: datetime | None
    ) -> Iterator[UnfundedMentorRow]:
        everyone = {id_: found for id_ in self.state.people if (found := self._whole(id_))}
        named = {
            latest.record.mentor_id
            for participant in everyone.values()
            for training in participant.trainings
            if training.record.type is ParticipantType.ECT
            and (latest := training.latest_with(lead_provider_id)) is not None
            and latest.record.mentor_id is not None
        }
        for id_ in named:
            mentor = everyone[id_]
            if any(training.latest_with(lead_provider_id) for training in _as_mentor(mentor)):
                continue
            row = self._shown(mentor, max(self._touched(lead_provider_id, mentor)))
            if updated_since is None or row.updated_at >= updated_since:
                yield row

    def _whole(self, id_: ParticipantId) -> Participant | None:
        return None if id_ in self.state.id_changes else self.state.participant(id_)

    def _shown(self, mentor: Participant, updated_at: datetime) -> UnfundedMentorRow:
        person = mentor.person
        own = (t.latest.record.email for t in _as_mentor(mentor) if t.record.merged_into is None)
        return UnfundedMentorRow(
            person.id,
            person.full_name,
            next(own, None) or person.email,
            person.trn,
            person.created_at,
            updated_at,
        )

    def _touched(self, lead_provider_id: LeadProviderId, mentor: Participant) -> Iterator[datetime]:
        yield mentor.person.updated_at
        for record in self.state.records():
            placed = self.state.placed(record.programme_id)
            if placed is None or placed.partnership is None:
                continue
            theirs = placed.partnership.lead_provider_id == lead_provider_id
            if theirs and record.mentor_id == mentor.person.id:
                yield placed.partnership.updated_at
                yield self.state.school_cohorts[placed.school_id, placed.cohort].updated_at


def _as_mentor(mentor: Participant) -> Iterator[Training]:
    return (t for t in mentor.trainings if t.record.type is ParticipantType.MENTOR)
