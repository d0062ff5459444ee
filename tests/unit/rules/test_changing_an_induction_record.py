from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionRecordId
from ecf_core.model.induction_record import InductionRecord, InductionStatus, TrainingStatus
from ecf_core.rules.changing_an_induction_record import (
    EditInPlace,
    RecordChange,
    Refuse,
    Succeed,
    record_change,
    records_after,
)
from ecf_core.rules.migrating_participants import Move, is_moved
from ecf_core.testing.contracts.enrolled import (
    A_THIRD_PROGRAMME,
    A_WHOLE_RECORD,
    ANOTHER_PROGRAMME,
)
from ecf_core.testing.contracts.partnerships import A_PROGRAMME, ANOTHER_ID
from ecf_core.testing.examples import NOW

PAST, JUST_NOW, SOON, FUTURE = (NOW + timedelta(days=days) for days in (-2, -1, 1, 2))
RECORD = evolve(A_WHOLE_RECORD, start_date=PAST, training_status=TrainingStatus.DEFERRED)
FRESH = InductionRecordId(ANOTHER_ID)


def _to_the_other(record: InductionRecord) -> InductionRecord:
    return evolve(record, programme_id=ANOTHER_PROGRAMME.id)


@pytest.mark.parametrize(
    ("start", "end", "change"),
    [
        pytest.param(SOON, None, EditInPlace, id="I1 in the future"),
        pytest.param(SOON, FUTURE, EditInPlace, id="I1 in the future, with an end"),
        pytest.param(PAST, None, Succeed, id="I2 open"),
        pytest.param(NOW, None, Succeed, id="I2 starts now"),
        pytest.param(PAST, FUTURE, Succeed, id="I3 ends in the future"),
        pytest.param(PAST, JUST_NOW, Refuse, id="I4 has ended"),
        pytest.param(PAST, NOW, Refuse, id="I4 ends now"),
        pytest.param(NOW, NOW, Refuse, id="I4 never was"),
    ],
)
def test_what_changing_an_induction_record_does(
    start: datetime, end: datetime | None, change: type[RecordChange]
) -> None:
    assert isinstance(record_change(evolve(RECORD, start_date=start, end_date=end), at=NOW), change)


def test_a_record_that_has_not_begun_is_edited_in_place() -> None:
    record = evolve(RECORD, start_date=SOON)
    after = records_after(EditInPlace(record), _to_the_other, fresh_id=FRESH, at=NOW)
    assert after == (evolve(record, programme_id=ANOTHER_PROGRAMME.id, updated_at=NOW),)


def test_an_open_record_ends_as_changed_and_a_copy_begins() -> None:
    ended, begun = records_after(Succeed(RECORD), _to_the_other, fresh_id=FRESH, at=NOW)
    assert ended == evolve(
        RECORD, induction_status=InductionStatus.CHANGED, end_date=NOW, updated_at=NOW
    )
    assert begun == evolve(
        RECORD,
        id=FRESH,
        programme_id=ANOTHER_PROGRAMME.id,
        start_date=NOW,
        school_transfer=False,
        created_at=NOW,
        updated_at=NOW,
    )


def test_a_record_with_an_end_to_come_hands_that_and_its_transfer_on() -> None:
    record = evolve(RECORD, end_date=FUTURE)
    ended, begun = records_after(Succeed(record), _to_the_other, fresh_id=FRESH, at=NOW)
    assert (ended.end_date, ended.school_transfer) == (NOW, False)
    assert (begun.start_date, begun.end_date, begun.school_transfer) == (NOW, FUTURE, True)


def test_what_the_change_says_wins_over_what_is_copied() -> None:
    edit = lambda r: evolve(r, school_transfer=True, start_date=SOON)  # noqa: E731
    _, begun = records_after(Succeed(RECORD), edit, fresh_id=FRESH, at=NOW)
    assert (begun.school_transfer, begun.start_date) == (True, SOON)


STATUSES = [status for status in InductionStatus if status is not InductionStatus.CHANGED]


@pytest.mark.parametrize("with_those_to_come", [True, False])
@pytest.mark.parametrize(
    ("what", "moved"),
    [
        ({}, True),
        ({"end_date": FUTURE}, True),
        ({"end_date": NOW}, False),
        ({"end_date": JUST_NOW}, False),
        ({"start_date": NOW}, True),
        ({"start_date": SOON, "school_transfer": False}, True),
        ({"start_date": SOON, "school_transfer": False, "end_date": FUTURE}, True),
        ({"start_date": SOON, "school_transfer": True}, None),
        ({"start_date": SOON, "school_transfer": True, "end_date": FUTURE}, None),
        ({"training_status": TrainingStatus.WITHDRAWN}, True),
        ({"programme_id": ANOTHER_PROGRAMME.id}, False),
        *(({"induction_status": s}, s is InductionStatus.ACTIVE) for s in STATUSES),
        *(
            ({"induction_status": s, "end_date": FUTURE}, s is InductionStatus.ACTIVE)
            for s in InductionStatus
        ),
        *(
            ({"induction_status": s, "start_date": SOON, "school_transfer": True}, None)
            for s in STATUSES[:1]
        ),
        *(
            ({"induction_status": s, "start_date": SOON, "school_transfer": True}, False)
            for s in STATUSES[1:]
        ),
    ],
    ids=str,
)
def test_whom_a_move_takes_along(
    what: dict[str, Any], *, moved: bool | None, with_those_to_come: bool
) -> None:
    """``None``: those who are still to come from another school, where the move says so."""
    move = Move(
        from_programmes=(A_PROGRAMME.id,),
        to_programme=A_THIRD_PROGRAMME.id,
        transferring_in=with_those_to_come,
    )
    expected = with_those_to_come if moved is None else moved
    assert is_moved(evolve(RECORD, **what), move, at=NOW) is expected
