"""What forming a partnership does to participants, seen from outside."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ecf_core.model.ids import TrainingRecordId
from ecf_core.queries.participants import ParticipantRow
from ecf_core.queries.partnerships import PartnershipRow
from ecf_core.queries.schools import InductionProgrammeRow

Participants = Mapping[TrainingRecordId, ParticipantRow]


def moved_into(
    programme: InductionProgrammeRow, before: Participants, after: Participants, *, at: datetime
) -> int:
    """How many moved: each gained a record as the former one ended, or had not begun."""
    assert before.keys() == after.keys()
    moved = 0
    for id_, was in before.items():
        old, new = was.induction_records, after[id_].induction_records
        if [r.programme_id for r in old] == [r.programme_id for r in new]:
            assert [r.id for r in old] == [r.id for r in new]
            continue
        moved += 1
        gained = new[-1]
        assert gained.programme_id == programme.id
        assert gained.induction_status == old[-1].induction_status == "active"
        assert gained.training_status == old[-1].training_status
        assert gained.mentor_id == old[-1].mentor_id
        if len(old) == len(new):
            assert gained.id == old[-1].id
            assert old[-1].start_date > at
            assert gained.start_date == old[-1].start_date
        else:
            (ended,) = [r for r in new if r.id == old[-1].id]
            assert len(new) == len(old) + 1
            assert (ended.induction_status, ended.end_date) == ("changed", at)
            assert ended.programme_id == old[-1].programme_id
            assert gained.start_date == at
            assert gained.end_date == old[-1].end_date
    return moved


def nobody_waits(
    participants: Iterable[ParticipantRow], partnership: PartnershipRow, *, at: datetime
) -> None:
    """Whoever trains, or is to come, at the school in the cohort has a partnership that stands."""
    for participant in participants:
        for record in participant.induction_records:
            here = (record.urn, record.cohort) == (partnership.urn, partnership.cohort)
            over = record.end_date is not None and record.end_date <= at
            if here and not over and record.induction_status == "active":
                school_led = record.training_programme == "school_led"
                assert school_led or record.lead_provider is not None
