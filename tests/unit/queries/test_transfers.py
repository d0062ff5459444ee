"""Which records make a transfer, and what it is: section 5.6 of the contract."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionRecordId, TrainingRecordId
from ecf_core.queries.transfers import TransferEnd, TransferRecord, TransferRow, transfers
from ecf_core.testing.examples import NOW

A_TRAINING = TrainingRecordId(UUID(int=1))
A_DAY = timedelta(days=1)
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0)


def a_record(
    number: int, urn: str, *, leaving: bool = False, own: bool = False, provider: str | None = "LP"
) -> TransferRecord:
    """Each was written on another day, and ends as the next begins."""
    start = MIDNIGHT + (number - 20) * A_DAY
    return TransferRecord(
        id=InductionRecordId(UUID(int=number)),
        urn=urn,
        lead_provider=provider,
        own=own,
        leaving=leaving,
        start_date=start,
        end_date=start + A_DAY if leaving else None,
        created_at=start,
    )


def told(*records: TransferRecord, at: datetime = NOW) -> list[TransferRow]:
    return list(transfers(A_TRAINING, records, at=at))


def schools(*records: TransferRecord) -> list[tuple[str, str | None]]:
    return [(t.leaving.urn, t.joining.urn if t.joining else None) for t in told(*records)]


LEFT = a_record(1, "a", leaving=True, own=True)
JOINED = a_record(2, "b", own=True)


def test_a_transfer_is_from_the_school_left_to_the_one_joined() -> None:
    (row,) = told(JOINED, LEFT)
    assert row == TransferRow(
        training_record_id=A_TRAINING,
        type="new_school",
        status="complete",
        created_at=LEFT.created_at,
        leaving=TransferEnd("a", "LP", LEFT.end_date),
        joining=TransferEnd("b", "LP", JOINED.start_date),
    )


@pytest.mark.parametrize(
    ("left", "joined", "expected"),
    [
        (True, True, [("a", "b")]),
        (True, False, [("a", "b")]),
        (False, True, [("a", "b")]),
        (False, False, []),
    ],
)
def test_a_transfer_is_told_to_whom_either_side_is_of(
    *, left: bool, joined: bool, expected: list[tuple[str, str | None]]
) -> None:
    assert schools(evolve(LEFT, own=left), evolve(JOINED, own=joined)) == expected


def test_one_that_nobody_has_joined_from_is_told_to_its_own_lead_provider_alone() -> None:
    (row,) = told(LEFT)
    assert (row.type, row.joining) == ("unknown", None)
    assert told(evolve(LEFT, own=False)) == []


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([LEFT, evolve(JOINED, urn="a")], [("a", None)]),
        ([LEFT, evolve(JOINED, urn="a"), a_record(3, "b")], [("a", "b")]),
        (
            [LEFT, JOINED, a_record(3, "b", leaving=True, own=True), a_record(4, "c")],
            [("a", "b"), ("b", "c")],
        ),
        # Who goes on from the second school, where no other record was written there.
        (
            [LEFT, evolve(JOINED, leaving=True, end_date=NOW), a_record(3, "c")],
            [("a", "c"), ("b", None)],
        ),
        # Who goes on to where they came from.
        (
            [LEFT, evolve(JOINED, leaving=True, end_date=NOW), a_record(3, "a")],
            [("a", None), ("b", "a")],
        ),
        ([JOINED], []),
        ([], []),
    ],
    ids=[
        "the same school",
        "another after it",
        "two",
        "two in a row",
        "there and back",
        "joined alone",
        "none",
    ],
)
def test_each_record_is_of_one_transfer(
    records: list[TransferRecord], expected: list[tuple[str, str | None]]
) -> None:
    assert schools(*records) == expected
    assert schools(*reversed(records)) == expected


def test_records_are_paired_in_the_order_in_which_they_were_written() -> None:
    """Those that were written at once, in that of their ids."""
    first, second = evolve(JOINED, created_at=NOW), a_record(3, "c")
    assert schools(LEFT, first, second) == [("a", "c")]
    assert schools(LEFT, first, evolve(second, created_at=NOW)) == [("a", "b")]


@pytest.mark.parametrize(
    ("left", "joined", "expected"),
    [
        ("One", "Two", "new_provider"),
        ("One", "One", "new_school"),
        ("One", None, "new_school"),
        (None, "One", "new_school"),
        (None, None, "new_school"),
    ],
)
def test_a_transfer_is_to_a_new_provider_where_both_schools_have_one(
    left: str | None, joined: str | None, expected: str
) -> None:
    (row,) = told(evolve(LEFT, lead_provider=left), evolve(JOINED, lead_provider=joined))
    assert row.type == expected
    assert row.joining
    assert (row.leaving.lead_provider, row.joining.lead_provider) == (left, joined)


@pytest.mark.parametrize(
    ("left", "joined", "expected"),
    [
        (MIDNIGHT, None, "complete"),
        (MIDNIGHT + timedelta(seconds=1), None, "incomplete"),
        (NOW + A_DAY, None, "incomplete"),
        (None, None, "incomplete"),
        (MIDNIGHT, MIDNIGHT, "complete"),
        (MIDNIGHT, MIDNIGHT + timedelta(seconds=1), "incomplete"),
        (NOW + A_DAY, MIDNIGHT, "incomplete"),
        (None, MIDNIGHT, "complete"),
        (None, NOW, "incomplete"),
    ],
)
def test_what_happened_today_is_complete_tomorrow(
    left: datetime | None, joined: datetime | None, expected: str
) -> None:
    records = [evolve(LEFT, end_date=left)]
    records += [evolve(JOINED, start_date=joined)] if joined else []
    (row,) = told(*records, at=MIDNIGHT + timedelta(hours=12))
    assert row.status == expected
    assert row.leaving.date == left
