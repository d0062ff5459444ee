from datetime import datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord, InductionStatus
from ecf_core.model.participant import Enrolment
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.ports.storage import Storage
from ecf_core.rules.changing_an_induction_record import Refuse, record_change, records_after
from ecf_core.rules.migrating_participants import Move, is_moved
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_THIRD_PROGRAMME,
    A_WHOLE_RECORD,
    ANOTHER_PROGRAMME,
    enrolment,
    prepare,
)
from ecf_core.testing.contracts.partnerships import A_PROGRAMME
from ecf_core.testing.examples import NOW, furnish

BATCH = UUID("70000000-0000-4000-8000-000000000001")
DAY = timedelta(days=1)
STARTS = (NOW - DAY, NOW, NOW + timedelta(milliseconds=1), NOW + DAY)
ENDS = (None, NOW - DAY, NOW, NOW + timedelta(milliseconds=1), NOW + 2 * DAY)


def _is_possible(start: datetime, end: datetime | None, status: InductionStatus) -> bool:
    if end is None:
        return status is not InductionStatus.CHANGED
    return start <= end


def every_record() -> list[Enrolment]:
    """A participant for everything that a record can be, around one instant."""
    kinds = (
        kind
        for kind in product(STARTS, ENDS, InductionStatus, (False, True), (A_PROGRAMME, None))
        if _is_possible(*kind[:3])
    )
    enrolments = []
    for number, (start, end, status, transfer, programme) in enumerate(kinds, start=10):
        each = enrolment(number)
        record = evolve(
            A_WHOLE_RECORD,
            id=each.record.id,
            training_record_id=each.training_record.id,
            programme_id=(programme or ANOTHER_PROGRAMME).id,
            start_date=start,
            end_date=end,
            induction_status=status,
            school_transfer=transfer,
        )
        enrolments.append(evolve(each, record=record))
    return enrolments


def after(record: InductionRecord, move: Move) -> InductionHistory:
    """What the rules make of a record; the storage makes ids of its own."""
    change = record_change(record, at=NOW)
    if not is_moved(record, move, at=NOW) or isinstance(change, Refuse):
        return InductionHistory((record,))
    return InductionHistory(
        records_after(
            change,
            lambda r: evolve(r, programme_id=move.to_programme),
            fresh_id=InductionRecordId(uuid4()),
            at=NOW,
        )
    )


def _without_new_ids(history: InductionHistory) -> tuple[InductionRecord, ...]:
    first, *others = history.records
    return (first, *(evolve(record, id=first.id) for record in others))


class MovesContract:
    """Moving participants, all at once, does to each of them what the rules say."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def prepared(self, storage: Storage) -> Storage:
        prepare(storage)
        return storage

    @pytest.mark.parametrize("transferring_in", [True, False])
    @pytest.mark.parametrize(
        "sources",
        [(A_PROGRAMME,), (A_PROGRAMME, ANOTHER_PROGRAMME), (A_THIRD_PROGRAMME,)],
        ids=["of one programme", "of two", "of one that nobody is in"],
    )
    def test_a_move_takes_along_whom_the_rules_say(
        self, prepared: Storage, sources: tuple[InductionProgramme, ...], *, transferring_in: bool
    ) -> None:
        target = A_THIRD_PROGRAMME if A_THIRD_PROGRAMME not in sources else A_PROGRAMME
        move = Move(
            from_programmes=tuple(source.id for source in sources),
            to_programme=target.id,
            transferring_in=transferring_in,
        )
        enrolled = [A_MENTOR, *every_record()]
        expected = sum(is_moved(each.record, move, at=NOW) for each in enrolled)
        with prepared.begin() as work:
            work.participants.enrol(enrolled)
            work.commit()
        with prepared.look() as facts:
            assert facts.movable(move, at=NOW) == expected
        with prepared.begin() as work:
            assert work.participants.move(move, at=NOW, batch=BATCH) == expected
            assert work.facts.movable(move, at=NOW) == 0
            work.commit()
        ids = set()
        with prepared.begin() as work:
            for each in enrolled:
                history = work.participants.history(each.training_record.id)
                assert history is not None
                assert _without_new_ids(history) == _without_new_ids(after(each.record, move))
                ids |= {record.id for record in history.records}
        assert len(ids) == sum(len(after(each.record, move).records) for each in enrolled)

    def test_a_second_move_begins_where_the_first_ended(self, prepared: Storage) -> None:
        there = Move(from_programmes=(A_PROGRAMME.id,), to_programme=ANOTHER_PROGRAMME.id)
        back = Move(from_programmes=(ANOTHER_PROGRAMME.id,), to_programme=A_PROGRAMME.id)
        with prepared.begin() as work:
            work.participants.enrol([enrolment(1)])
            assert work.participants.move(there, at=NOW, batch=BATCH) == 1
            assert work.participants.move(back, at=NOW, batch=uuid4()) == 1
            assert work.participants.move(there, at=NOW + DAY, batch=uuid4()) == 1
            work.commit()
        with prepared.begin() as work:
            history = work.participants.history(enrolment(1).training_record.id)
        assert history is not None
        assert [(r.programme_id, r.end_date) for r in history.records] == [
            (A_PROGRAMME.id, NOW),
            (ANOTHER_PROGRAMME.id, NOW),
            (A_PROGRAMME.id, NOW + DAY),
            (ANOTHER_PROGRAMME.id, None),
        ]
