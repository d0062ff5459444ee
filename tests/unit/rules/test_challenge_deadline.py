from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.instants import months_after
from ecf_core.rules.challenge_deadline import (
    DOCUMENTED_WINDOW,
    ECF1_WINDOW,
    ChallengeWindow,
    challenge_deadline,
)
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP

START = datetime(2024, 9, 1, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
WINDOWS = st.sampled_from([DOCUMENTED_WINDOW, ECF1_WINDOW])
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2060, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.just(UTC),
)


@pytest.mark.parametrize(
    ("window", "reported_at", "deadline"),
    [
        (DOCUMENTED_WINDOW, datetime(2024, 6, 1, 9, tzinfo=UTC), datetime(2024, 9, 15, tzinfo=UTC)),
        (DOCUMENTED_WINDOW, datetime(2024, 9, 1, tzinfo=UTC), datetime(2024, 9, 15, tzinfo=UTC)),
        (
            DOCUMENTED_WINDOW,
            datetime(2024, 9, 2, 9, tzinfo=UTC),
            datetime(2024, 9, 16, 9, tzinfo=UTC),
        ),
        (ECF1_WINDOW, datetime(2024, 6, 1, 9, tzinfo=UTC), datetime(2024, 10, 31, tzinfo=UTC)),
        (ECF1_WINDOW, datetime(2024, 10, 17, tzinfo=UTC), datetime(2024, 10, 31, tzinfo=UTC)),
        (ECF1_WINDOW, datetime(2024, 10, 18, tzinfo=UTC), datetime(2024, 11, 1, tzinfo=UTC)),
    ],
)
def test_the_later_of_the_two_ends_holds(
    window: ChallengeWindow, reported_at: datetime, deadline: datetime
) -> None:
    found = challenge_deadline(window, reported_at=reported_at, academic_year_start=START)
    assert found == deadline


@given(WINDOWS, INSTANTS)
def test_without_a_start_of_the_academic_year_it_is_a_fortnight(
    window: ChallengeWindow, now: datetime
) -> None:
    found = challenge_deadline(window, reported_at=now, academic_year_start=None)
    assert found == now + FORTNIGHT


@given(WINDOWS, INSTANTS, INSTANTS, st.timedeltas(min_value=timedelta(0), max_value=FORTNIGHT * 99))
def test_a_later_report_never_has_an_earlier_deadline(
    window: ChallengeWindow, start: datetime, now: datetime, passed: timedelta
) -> None:
    first = challenge_deadline(window, reported_at=now, academic_year_start=start)
    second = challenge_deadline(window, reported_at=now + passed, academic_year_start=start)
    assert now + FORTNIGHT <= first <= second


def test_the_window_is_open_before_the_deadline_and_shut_at_it() -> None:
    deadline = A_PARTNERSHIP.challenge_deadline
    assert deadline is not None
    assert A_PARTNERSHIP.in_challenge_window(deadline - timedelta(microseconds=1))
    assert not A_PARTNERSHIP.in_challenge_window(deadline)
    assert not evolve(A_PARTNERSHIP, challenge_deadline=None).in_challenge_window(START)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (datetime(2024, 9, 1, tzinfo=UTC), 2, datetime(2024, 11, 1, tzinfo=UTC)),
        (datetime(2024, 11, 30, tzinfo=UTC), 2, datetime(2025, 1, 30, tzinfo=UTC)),
        (datetime(2023, 12, 31, tzinfo=UTC), 2, datetime(2024, 2, 29, tzinfo=UTC)),
        (datetime(2024, 9, 1, tzinfo=UTC), 0, datetime(2024, 9, 1, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar(start: datetime, months: int, end: datetime) -> None:
    assert months_after(start, months) == end
