"""What the files that open a cohort must be to one another, and to what is there already."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import RowProblem
from ecf_core.model.contract import Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.instants import midnight
from ecf_core.model.schedule import DeclarationType, Milestone, Schedule, ScheduleType
from ecf_core.rules.opening_a_cohort import CohortFile, warnings
from ecf_core.rules.opening_a_cohort import problems as problems_of
from ecf_core.testing.examples import COHORT_2024, PURPLE_LEARNING
from tests.unit.cohort_files import (
    COHORT,
    CONTRACT,
    FUNDED,
    MILESTONES,
    NAME,
    NO_D,
    NOTHING_YET,
    OF_ORANGE,
    ORANGE,
    PURPLE,
    SOUND,
    STATEMENT,
    Found,
    a_milestone,
    but,
    problems,
    with_contract,
    with_milestone,
)

F = CohortFile


def test_no_lead_provider_at_all() -> None:
    files = evolve(SOUND, lead_providers=(), contracts=())
    assert problems(files) == [(F.LEAD_PROVIDERS, 1, NAME, "empty")]


def test_a_name_that_two_lead_providers_have_means_neither() -> None:
    twin = evolve(PURPLE_LEARNING, id=LeadProviderId(UUID(int=9)))
    standing = evolve(NOTHING_YET, lead_providers=(*NOTHING_YET.lead_providers, twin))
    assert problems(SOUND, standing) == [
        (F.LEAD_PROVIDERS, 2, NAME, "ambiguous"),
        (F.CONTRACTS, 2, NAME, "ambiguous"),
    ]


def test_an_identifier_says_pace_and_term() -> None:
    renamed = tuple(but(m, schedule_identifier="ecf-standard-march") for m in MILESTONES)
    assert problems(evolve(SOUND, schedules=(*MILESTONES, *renamed))) == [
        (F.SCHEDULES, 2, "schedule-identifier", "invalid")
    ]


def test_an_extended_schedule_has_nine_milestones() -> None:
    extended = [
        but(
            a_milestone(number),
            line=8 + number,
            type=ScheduleType.EXTENDED,
            schedule_identifier="ecf-extended-april",
            schedule_name="ECF Extended April",
        )
        for number in range(9)
    ]
    assert problems(evolve(SOUND, schedules=(*MILESTONES, *extended))) == []
    assert problems(evolve(SOUND, schedules=(*MILESTONES, *extended[:8]))) == [
        (F.SCHEDULES, 8, "schedule-identifier", "incomplete")
    ]


def test_everything_wrong_is_told_at_once_by_file_and_line() -> None:
    files = evolve(
        SOUND,
        cohort=(but(COHORT, registration_start_date=midnight(date(2024, 12, 1))),),
        lead_providers=(PURPLE, but(ORANGE, lead_provider_name="Orange")),
        statements=(but(STATEMENT, cohort=2023, deadline_date=date(2025, 1, 1)),),
        **with_contract(band_b_min=95, band_c_min=150),
    )
    assert problems(files) == [
        (F.COHORT, 2, "registration-start-date", "order"),
        (F.LEAD_PROVIDERS, 3, NAME, "unknown"),
        (F.CONTRACTS, 2, "band-b-min", "gap"),
        (F.CONTRACTS, 2, "band-c-min", "overlap"),
        (F.CONTRACTS, 3, NAME, "not_in_cohort"),
        (F.STATEMENTS, 2, "cohort", "year"),
        (F.STATEMENTS, 2, "deadline_date", "order"),
    ]


EMPTIED: dict[CohortFile, dict[str, Any]] = {
    F.COHORT: {"cohort": ()},
    F.LEAD_PROVIDERS: {"lead_providers": ()},
    F.CONTRACTS: {"contracts": (CONTRACT,)},
    F.MENTOR_CONTRACTS: {"mentor_contracts": ()},
    F.SCHEDULES: {"schedules": MILESTONES[1:]},
    F.STATEMENTS: {"statements": ()},
}


@pytest.mark.parametrize("file", CohortFile)
def test_nothing_is_missed_for_a_line_that_could_not_be_read(file: CohortFile) -> None:
    unread = RowProblem(file=file, line=9, column="x", value="y", code="invalid", message="is bad")
    files = evolve(FUNDED, **EMPTIED[file])
    assert problems(files)
    assert problems(evolve(files, unreadable=(unread,))) == [(file, 9, "x", "invalid")]


def test_the_rest_is_still_checked() -> None:
    unread = RowProblem(
        file=F.COHORT, line=2, column="start-year", value="24", code="invalid", message="is bad"
    )
    overlap = with_contract(band_b_min=90)
    files = evolve(SOUND, cohort=(), unreadable=(unread,), **overlap)
    assert files.year == 2024
    assert problems(files) == [
        (F.COHORT, 2, "start-year", "invalid"),
        (F.CONTRACTS, 2, "band-b-min", "overlap"),
    ]


def test_what_looks_wrong_is_a_warning() -> None:
    early = with_milestone(0, milestone_payment_date=date(2024, 2, 1))
    later = but(STATEMENT, payment_date=date(2024, 12, 25))
    files = evolve(SOUND, statements=(later,), **early)
    assert problems(files) == []
    assert [(w.file, w.line, w.column, w.code) for w in warnings(files)] == [
        (F.SCHEDULES, 2, "milestone-payment-date", "early_payment"),
        (F.STATEMENTS, 2, "payment_date", "month"),
    ]


def _band(min_: int, max_: int) -> Band:
    return Band(min=min_, max=max_, per_participant=Decimal(1))


THERE = evolve(
    NOTHING_YET,
    cohort=COHORT_2024,
    admitted=frozenset({PURPLE_LEARNING.id}),
    contracts=(
        CallOffContract(
            lead_provider_id=PURPLE_LEARNING.id,
            cohort=2024,
            recruitment_target=1,
            set_up_fee=Decimal(0),
            bands=(_band(0, 90), _band(91, 199), _band(200, 299), _band(300, 400)),
        ),
    ),
    schedules=(
        Schedule(
            cohort=2024,
            identifier="ecf-standard-september",
            name="ECF Standard September",
            type=ScheduleType.STANDARD,
            milestones=(
                Milestone(
                    declaration_type=DeclarationType.STARTED,
                    name="Output 1",
                    start_date=date(2024, 1, 1),
                    milestone_date=date(2024, 1, 31),
                    payment_date=date(2024, 3, 30),
                ),
            ),
        ),
    ),
)
BLANK: dict[str, Any] = {
    "registration_start_date": None,
    "academic_year_start_date": None,
    "mentor_funding": None,
}
KEPT: dict[str, tuple[dict[str, Any], Found, str]] = {
    "the registration": (
        {
            "cohort": (
                but(COHORT, **{**BLANK, "academic_year_start_date": midnight(date(2024, 5, 1))}),
            )
        },
        (F.COHORT, 2, "registration-start-date", "order"),
        "stays 2024-06-10, and is after the academic year starts, on 2024-05-01",
    ),
    "band D": (
        with_contract(**NO_D, band_c_max=310),
        (F.CONTRACTS, 2, "band-d-min", "overlap"),
        "stays 300, and the band before goes up to 310",
    ),
    "the milestone date": (
        with_milestone(0, milestone_start_date=date(2024, 2, 1), milestone_date=None),
        (F.SCHEDULES, 2, "milestone-date", "order"),
        "stays 2024-01-31, and is before the milestone's start date",
    ),
}


@pytest.mark.parametrize(("change", "expected", "message"), KEPT.values(), ids=KEPT)
def test_what_a_blank_cell_keeps_fits_in_as_well(
    change: dict[str, Any], expected: Found, message: str
) -> None:
    files = evolve(SOUND, **change)
    assert problems(files, THERE) == [expected]
    assert [p.message for p in problems_of(files, THERE)] == [message]


def test_what_is_there_already_may_be_left_out_of_the_files() -> None:
    bare = but(COHORT, **BLANK)
    files = evolve(SOUND, cohort=(bare,), lead_providers=(ORANGE,))
    assert problems(files, THERE) == []
    only_orange = evolve(files, contracts=(OF_ORANGE,))
    assert problems(only_orange, THERE) == []
    without = evolve(THERE, contracts=())
    assert problems(only_orange, without) == [(F.CONTRACTS, 1, NAME, "no_contract")]


def test_mentor_funding_does_not_end_once_there_are_mentor_contracts() -> None:
    contract = MentorCallOffContract(
        lead_provider_id=PURPLE_LEARNING.id,
        cohort=2024,
        recruitment_target=1,
        payment_per_participant=Decimal(1),
    )
    standing = evolve(THERE, mentor_contracts=(contract,))
    assert problems(SOUND, standing) == [(F.COHORT, 2, "mentor-funding", "conflict")]
