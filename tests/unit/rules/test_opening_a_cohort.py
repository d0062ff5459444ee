from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from ecf_core.errors import WHOLE_FILE
from ecf_core.model.instants import midnight
from ecf_core.model.schedule import ScheduleType
from ecf_core.rules.opening_a_cohort import CohortFile, warnings
from tests.unit.cohort_files import (
    COHORT,
    CONTRACT,
    FUNDED,
    MENTOR_CONTRACT,
    MENTOR_OF_ORANGE,
    MILESTONES,
    NAME,
    NO_D,
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


def test_sound_files_open_a_cohort() -> None:
    assert problems(SOUND) == problems(FUNDED) == []
    assert warnings(SOUND) == ()
    bare = evolve(SOUND, mentor_contracts=None, **with_contract(**NO_D))
    assert problems(bare) == []


ONE_PROBLEM: dict[str, tuple[dict[str, Any], Found]] = {
    "no cohort": ({"cohort": ()}, (F.COHORT, 1, "start-year", "empty")),
    "two cohorts": (
        {"cohort": (COHORT, but(COHORT, line=3))},
        (F.COHORT, 3, "start-year", "second_cohort"),
    ),
    "registration after the academic year starts": (
        {"cohort": (but(COHORT, registration_start_date=midnight(date(2024, 9, 2))),)},
        (F.COHORT, 2, "registration-start-date", "order"),
    ),
    "academic year of another year": (
        {"cohort": (but(COHORT, academic_year_start_date=midnight(date(2025, 9, 1))),)},
        (F.COHORT, 2, "academic-year-start-date", "year"),
    ),
    "assignment ends before the academic year": (
        {"cohort": (but(COHORT, automatic_assignment_period_end_date=date(2024, 3, 31)),)},
        (F.COHORT, 2, "automatic-assignment-period-end-date", "order"),
    ),
    "a lead provider of another year": (
        {"lead_providers": (PURPLE, but(ORANGE, cohort_start_year=2025))},
        (F.LEAD_PROVIDERS, 3, "cohort-start-year", "year"),
    ),
    "a contract of another year": (
        with_contract(cohort_start_year=2027),
        (F.CONTRACTS, 2, "cohort-start-year", "year"),
    ),
    "a milestone of another year": (
        with_milestone(3, schedule_cohort_year=2027),
        (F.SCHEDULES, 5, "schedule-cohort-year", "year"),
    ),
    "a statement of another year": (
        {"statements": (but(STATEMENT, cohort=2023),)},
        (F.STATEMENTS, 2, "cohort", "year"),
    ),
    "a lead provider twice": (
        {"lead_providers": (PURPLE, ORANGE, but(PURPLE, line=4))},
        (F.LEAD_PROVIDERS, 4, NAME, "duplicate"),
    ),
    "an unknown lead provider": (
        {"lead_providers": (PURPLE, ORANGE, but(PURPLE, line=4, lead_provider_name="Purple"))},
        (F.LEAD_PROVIDERS, 4, NAME, "unknown"),
    ),
    "a contract of an unknown lead provider": (
        {"contracts": (*SOUND.contracts, but(CONTRACT, line=4, lead_provider_name="Purple"))},
        (F.CONTRACTS, 4, NAME, "unknown"),
    ),
    "a contract, but not in the cohort": (
        {"lead_providers": (PURPLE,)},
        (F.CONTRACTS, 3, NAME, "not_in_cohort"),
    ),
    "in the cohort, but no contract": (
        {"contracts": (CONTRACT,)},
        (F.LEAD_PROVIDERS, 3, NAME, "no_contract"),
    ),
    "two contracts": (
        {"contracts": (*SOUND.contracts, but(CONTRACT, line=4))},
        (F.CONTRACTS, 4, NAME, "duplicate"),
    ),
    "an uplift target above 1": (
        with_contract(uplift_target=Decimal("1.01")),
        (F.CONTRACTS, 2, "uplift-target", "range"),
    ),
    "the first band begins late": (
        with_contract(band_a_min=2),
        (F.CONTRACTS, 2, "band-a-min", "gap"),
    ),
    "bands overlap": (with_contract(band_b_min=90), (F.CONTRACTS, 2, "band-b-min", "overlap")),
    "bands leave a gap": (with_contract(band_c_min=201), (F.CONTRACTS, 2, "band-c-min", "gap")),
    "a band the wrong way round": (
        with_contract(band_d_max=299),
        (F.CONTRACTS, 2, "band-d-max", "order"),
    ),
    "band D overlaps": (with_contract(band_d_min=299), (F.CONTRACTS, 2, "band-d-min", "overlap")),
    "band D without its limits": (
        with_contract(**{**NO_D, "band_d_per_participant": Decimal(1)}),
        (F.CONTRACTS, 2, "band-d-min", "blank"),
    ),
    "band D without its price": (
        with_contract(band_d_per_participant=None),
        (F.CONTRACTS, 2, "band-d-per-participant", "blank"),
    ),
    "no default schedule": (
        {"schedules": ()},
        (F.SCHEDULES, 1, "schedule-identifier", "no_default"),
    ),
    "a schedule without a milestone": (
        {"schedules": MILESTONES[:5]},
        (F.SCHEDULES, 2, "schedule-identifier", "incomplete"),
    ),
    "a milestone twice": (
        {"schedules": (*MILESTONES, but(MILESTONES[5], line=9))},
        (F.SCHEDULES, 9, "milestone-declaration-type", "duplicate"),
    ),
    "a milestone that the schedule cannot have": (
        {"schedules": (*MILESTONES, a_milestone(6))},
        (F.SCHEDULES, 8, "milestone-declaration-type", "unexpected"),
    ),
    "a schedule of two types": (
        with_milestone(2, type=ScheduleType.REDUCED),
        (F.SCHEDULES, 4, "type", "conflict"),
    ),
    "a schedule of two names": (
        with_milestone(2, schedule_name="ECF September"),
        (F.SCHEDULES, 4, "schedule-name", "conflict"),
    ),
    "a milestone that ends before it starts": (
        with_milestone(5, milestone_date=date(2025, 3, 30), milestone_start_date=date(2025, 4, 1)),
        (F.SCHEDULES, 7, "milestone-date", "order"),
    ),
    "a milestone paid before it starts": (
        with_milestone(1, milestone_payment_date=date(2024, 3, 31)),
        (F.SCHEDULES, 3, "milestone-payment-date", "order"),
    ),
    "milestones that start out of order": (
        with_milestone(1, milestone_start_date=date(2023, 12, 31)),
        (F.SCHEDULES, 3, "milestone-start-date", "order"),
    ),
    "milestones that end out of order": (
        with_milestone(0, milestone_date=date(2024, 7, 1), milestone_payment_date=date(2024, 8, 1)),
        (F.SCHEDULES, 3, "milestone-date", "order"),
    ),
    "no statement": ({"statements": ()}, (F.STATEMENTS, 1, "name", "empty")),
    "a statement of another kind": (
        {"statements": (but(STATEMENT, type="npq"),)},
        (F.STATEMENTS, 2, "type", "invalid"),
    ),
    "a statement that is named by no month": (
        {"statements": (but(STATEMENT, name="Nov 2024"),)},
        (F.STATEMENTS, 2, "name", "invalid"),
    ),
    "a statement twice": (
        {"statements": (STATEMENT, but(STATEMENT, line=3))},
        (F.STATEMENTS, 3, "name", "duplicate"),
    ),
    "a deadline after the payment": (
        {"statements": (but(STATEMENT, deadline_date=date(2024, 11, 26)),)},
        (F.STATEMENTS, 2, "deadline_date", "order"),
    ),
    "a mentor contract without mentor funding": (
        {"mentor_contracts": (MENTOR_CONTRACT,)},
        (F.MENTOR_CONTRACTS, 2, NAME, "not_needed"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), ONE_PROBLEM.values(), ids=ONE_PROBLEM)
def test_exactly_that_is_wrong(change: dict[str, Any], expected: Found) -> None:
    assert problems(evolve(SOUND, **change)) == [expected]


MENTORS: dict[str, tuple[dict[str, Any], Found]] = {
    "no file": ({"mentor_contracts": None}, (F.MENTOR_CONTRACTS, WHOLE_FILE, "", "needed")),
    "a header alone": ({"mentor_contracts": ()}, (F.MENTOR_CONTRACTS, 1, NAME, "needed")),
    "one lead provider left out": (
        {"mentor_contracts": (MENTOR_CONTRACT,)},
        (F.LEAD_PROVIDERS, 3, NAME, "no_mentor_contract"),
    ),
    "of another year": (
        {"mentor_contracts": (MENTOR_CONTRACT, but(MENTOR_OF_ORANGE, cohort_start_year=2025))},
        (F.MENTOR_CONTRACTS, 3, "cohort-start-year", "year"),
    ),
    "twice": (
        {"mentor_contracts": (MENTOR_CONTRACT, MENTOR_OF_ORANGE, but(MENTOR_CONTRACT, line=4))},
        (F.MENTOR_CONTRACTS, 4, NAME, "duplicate"),
    ),
    "of an unknown lead provider": (
        {
            "mentor_contracts": (
                MENTOR_CONTRACT,
                MENTOR_OF_ORANGE,
                but(MENTOR_CONTRACT, line=4, lead_provider_name="Purple"),
            )
        },
        (F.MENTOR_CONTRACTS, 4, NAME, "unknown"),
    ),
}


@pytest.mark.parametrize(("change", "expected"), MENTORS.values(), ids=MENTORS)
def test_where_mentors_are_funded_everyone_has_a_mentor_contract(
    change: dict[str, Any], expected: Found
) -> None:
    assert problems(evolve(FUNDED, **change)) == [expected]
