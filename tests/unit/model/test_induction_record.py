from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.ids import InductionRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord, InductionStatus
from ecf_core.model.participant import email_key
from ecf_core.model.trn import trn_from
from ecf_core.rules.changing_an_induction_record import Refuse, record_change, records_after
from ecf_core.testing.contracts.enrolled import AN_ENROLMENT, enrolment
from ecf_core.testing.contracts.partnerships import ANOTHER_ID
from ecf_core.testing.examples import NOW
from ecf_core.testing.fakes import SequentialIds

RECORD = evolve(AN_ENROLMENT.record, start_date=NOW)
DAY = timedelta(days=1)
OTHER = evolve(RECORD, id=InductionRecordId(ANOTHER_ID))
instants = st.integers(-5, 5).map(lambda days: NOW + days * DAY)


def test_an_induction_record_never_ends_before_it_starts() -> None:
    assert evolve(RECORD, end_date=NOW).end_date == NOW
    with pytest.raises(ValueError, match="cannot end"):
        evolve(RECORD, end_date=NOW - timedelta(microseconds=1))


def test_an_induction_record_that_was_changed_has_ended() -> None:
    with pytest.raises(ValueError, match="has ended"):
        evolve(RECORD, induction_status=InductionStatus.CHANGED)


@pytest.mark.parametrize(
    "records",
    [
        (RECORD, OTHER),
        (RECORD, evolve(OTHER, start_date=NOW + DAY)),
        (evolve(RECORD, end_date=NOW + DAY), OTHER),
        (evolve(RECORD, end_date=NOW + 2 * DAY), evolve(OTHER, start_date=NOW + DAY)),
        (RECORD, enrolment(2).record),
        (),
    ],
    ids=["both open", "open in between", "within", "across", "of two people", "none"],
)
def test_a_history_that_overlaps_cannot_be(records: tuple[InductionRecord, ...]) -> None:
    with pytest.raises(ValueError, match=r"overlap|of one participant"):
        InductionHistory(records)


def test_a_record_may_start_at_the_instant_at_which_another_ends() -> None:
    first = evolve(RECORD, end_date=NOW + DAY)
    second = evolve(OTHER, start_date=NOW + DAY)
    assert InductionHistory((second, first)).records == (first, second)
    empty = evolve(RECORD, end_date=NOW)
    assert InductionHistory((OTHER, empty)).latest == OTHER


acts = st.lists(
    st.tuples(st.sampled_from(["change", "transfer"]), instants), min_size=1, max_size=12
)


@given(start=instants, happened=acts)
def test_whatever_happens_the_history_has_one_open_record_at_its_end(
    start: datetime, happened: list[tuple[str, datetime]]
) -> None:
    """Changes and transfers in any order, and a clock that goes back: only ever added to."""
    new_id = SequentialIds()
    history = InductionHistory((evolve(RECORD, start_date=start),))
    for act, at in happened:
        before, latest = history, history.latest
        if act == "change":
            change = record_change(latest, at=at)
            assert not isinstance(change, Refuse)
            after = records_after(change, lambda r: r, fresh_id=InductionRecordId(new_id()), at=at)
        else:
            on = max(at, latest.start_date)
            arrived = evolve(latest, id=InductionRecordId(new_id()), start_date=on)
            after = (latest.left(on=on, at=at), arrived)
        history = history.put(*after)
        assert [r.end_date is None for r in history.records] == [
            *(False for _ in history.records[:-1]),
            True,
        ]
        ended = {record for record in before.records if record.end_date is not None}
        assert ended <= set(history.records)


@pytest.mark.parametrize(
    ("typed", "trn"),
    [
        ("1234567", "1234567"),
        ("12345", "0012345"),
        ("RP 12/34567", "1234567"),
        ("1234", None),
        ("12345678", None),
        ("", None),
        ("٣٤٥٦٧٨٩", None),
    ],
)
def test_a_trn_has_seven_digits(typed: str, trn: str | None) -> None:
    assert trn_from(typed) == trn


@given(st.text())
def test_a_trn_stays_the_same_when_typed_again(typed: str) -> None:
    trn = trn_from(typed)
    if trn is not None:
        assert trn_from(trn) == trn
        assert trn.isascii()
        assert trn.isdigit()
        assert len(trn) == 7


def test_two_spellings_of_an_email_address_are_one() -> None:
    assert email_key(" Ada@Example.ORG ") == email_key("ada@example.org")
