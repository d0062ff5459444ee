from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import RowsRefused
from ecf_core.events import CohortOpened
from ecf_core.rules.opening_a_cohort.plan import Action
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    NOW,
)
from tests.unit.cohort_files import (
    COHORT,
    MILESTONES,
    SOUND,
    but,
    with_contract,
)
from tests.unit.use_cases.opening import Open, changes_of, furnished, opening, standing_of


@pytest.fixture
def storage() -> MemoryStorage:
    return furnished()


@pytest.fixture
def open_(storage: MemoryStorage) -> Open:
    return opening(storage)


def test_everything_is_created(storage: MemoryStorage, open_: Open) -> None:
    opened = open_(SOUND)
    assert opened.applied
    assert {step.action for step in opened.plan.steps} == {Action.CREATE}
    assert [(step.entity, step.key) for step in opened.plan.steps] == [
        ("cohort", "2024"),
        ("lead_provider", "Purple Learning"),
        ("lead_provider", "Orange Institute"),
        ("contract", "Purple Learning"),
        ("contract", "Orange Institute"),
        ("schedule", "ecf-standard-september"),
        *(
            ("milestone", f"ecf-standard-september {line.milestone_declaration_type}")
            for line in MILESTONES
        ),
        ("statement", "Orange Institute November 2024"),
        ("statement", "Purple Learning November 2024"),
    ]
    (happened,) = storage.state.events
    assert (happened.at, happened.actor) == (NOW, str(ADMINISTRATOR))
    assert isinstance(happened.event, CohortOpened)
    assert happened.event.cohort == 2024
    assert len(happened.event.steps) == len(opened.plan.steps)


def test_the_assignment_period_ends_on_31_march_unless_it_is_said(
    storage: MemoryStorage, open_: Open
) -> None:
    open_(SOUND)
    cohort = standing_of(storage).cohort
    assert cohort is not None
    assert cohort.automatic_assignment_period_end_date == date(2025, 3, 31)
    open_(
        evolve(SOUND, cohort=(but(COHORT, automatic_assignment_period_end_date=date(2025, 4, 30)),))
    )
    open_(SOUND)
    cohort = standing_of(storage).cohort
    assert cohort is not None
    assert cohort.automatic_assignment_period_end_date == date(2025, 4, 30)


def test_opening_it_again_changes_nothing(storage: MemoryStorage, open_: Open) -> None:
    open_(SOUND)
    before = storage.state.copy()
    again = open_(SOUND)
    assert {step.action for step in again.plan.steps} == {Action.UNCHANGED}
    assert storage.state == before
    shuffled = evolve(SOUND, schedules=MILESTONES[::-1])
    assert changes_of(open_(shuffled)) == []
    assert open_(shuffled).plan.schedules == ()


def test_a_dry_run_plans_and_changes_nothing(storage: MemoryStorage, open_: Open) -> None:
    before = storage.state.copy()
    planned = open_(SOUND, dry_run=True)
    assert not planned.applied
    assert storage.state == before
    assert open_(SOUND).plan.steps == planned.plan.steps


def test_with_problems_nothing_is_opened(storage: MemoryStorage, open_: Open) -> None:
    bad = evolve(SOUND, **with_contract(band_b_min=1, uplift_target=Decimal(2)))
    for dry_run in (True, False):
        with pytest.raises(RowsRefused) as refused:
            open_(bad, dry_run=dry_run)
        assert [p.column for p in refused.value.problems] == ["uplift-target", "band-b-min"]
    assert standing_of(storage).cohort is None
    assert storage.state.events == ()
