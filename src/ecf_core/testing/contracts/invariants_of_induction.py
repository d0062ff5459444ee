"""What always holds of participants, whatever is done in whatever order."""

from datetime import datetime
from itertools import pairwise

from hypothesis.stateful import invariant

from ecf_core.model.ids import LeadProviderId
from ecf_core.queries.participants import InductionRecordRow, ParticipantsFilter
from ecf_core.testing.contracts.acts_of_training import TrainingActs
from ecf_core.testing.examples import (
    COHORT_2023,
    COHORT_2024,
    GREENDALE_ID,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
)


class InductionInvariants(TrainingActs):
    """Looks at participants and their histories."""

    @invariant()
    def nobody_is_lost(self) -> None:
        assert self.participants().keys() == self.enrolled

    @invariant()
    def records_follow_one_another_and_the_last_one_alone_is_open(self) -> None:
        for participant in self.participants().values():
            records = participant.induction_records
            assert [record.end_date is None for record in records] == [
                *(False for _ in records[:-1]),
                True,
            ]
            for record in records:
                assert record.end_date is None or record.start_date <= record.end_date
            for before, after in pairwise(records):
                assert before.end_date is not None
                assert before.end_date <= after.start_date

    @invariant()
    def what_has_ended_is_never_changed(self) -> None:
        """While a sandbox's clock is set back, what ends later has not."""
        now = self.clock.instant
        records = {
            record.id: record
            for participant in self.participants().values()
            for record in participant.induction_records
        }
        for id_, was in self.ended.items():
            if _has_ended(was, now):
                assert _span(records[id_]) == _span(was)
        self.ended = {id_: record for id_, record in records.items() if _has_ended(record, now)}

    @invariant()
    def a_person_trains_once_as_each(self) -> None:
        kinds = [(p.id, p.type) for p in self.participants().values()]
        assert len(set(kinds)) == len(kinds)
        people = {(p.id, p.email, p.full_name) for p in self.participants().values()}
        assert len({email for _, email, _ in people}) == len({id_ for id_, _, _ in people})

    @invariant()
    def a_programme_counts_its_active_participants(self) -> None:
        at = self.clock.instant
        records = [r for p in self.participants().values() for r in p.induction_records]
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            for year in (COHORT_2023.start_year, COHORT_2024.start_year):
                for programme in self.queries.schools.cohort(
                    school, year, at=at
                ).induction_programmes:
                    assert programme.active_participants == sum(
                        r.programme_id == programme.id
                        and r.induction_status == "active"
                        and (r.end_date is None or r.end_date > at)
                        and (r.start_date <= at or not r.school_transfer)
                        for r in records
                    )

    @invariant()
    def a_lead_provider_sees_nobody_of_a_challenged_partnership(self) -> None:
        standing: dict[LeadProviderId, set[object]] = {}
        for row in self.all_rows():
            if row.status == "active":
                standing.setdefault(row.lead_provider_id, set()).add(row.id)
        for lead_provider in (PURPLE_LEARNING, ORANGE_INSTITUTE):
            wanted = ParticipantsFilter(lead_provider_id=lead_provider.id)
            seen = {row.training_record_id for row in self.queries.participants.all(wanted)}
            own = standing.get(lead_provider.id, set())
            assert seen == {
                id_
                for id_, participant in self.participants().items()
                if any(record.partnership_id in own for record in participant.induction_records)
            }


def _has_ended(record: InductionRecordRow, at: datetime) -> bool:
    return record.end_date is not None and record.end_date <= at


def _span(record: InductionRecordRow) -> tuple[object, ...]:
    return record.programme_id, record.start_date, record.end_date, record.induction_status
