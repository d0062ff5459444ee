from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.events import CohortOpened, Step
from ecf_core.model.contract import Band
from ecf_core.model.instants import midnight
from ecf_core.rules.opening_a_cohort.plan import Planned
from ecf_core.testing.examples import (
    GREY_ACADEMY,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)
from tests.unit.cohort_files import (
    COHORT,
    CONTRACT,
    FUNDED,
    MILESTONES,
    NO_D,
    ORANGE,
    SOUND,
    STATEMENT,
    but,
    with_contract,
    with_milestone,
)
from tests.unit.use_cases.opening import (
    PURPLES,
    Open,
    changes_of,
    furnished,
    opening,
    standing_of,
    updates,
)


@pytest.fixture
def storage() -> MemoryStorage:
    return furnished()


@pytest.fixture
def open_(storage: MemoryStorage) -> Open:
    return opening(storage)


UPDATES: dict[str, tuple[dict[str, Any], list[Planned]]] = {
    "a date of the cohort": (
        {"cohort": (but(COHORT, registration_start_date=midnight(date(2024, 6, 1))),)},
        [
            Planned(
                entity="cohort",
                key="2024",
                **updates(
                    registration_start_date=(
                        midnight(date(2024, 6, 25)),
                        midnight(date(2024, 6, 1)),
                    )
                ),
            )
        ],
    ),
    "figures of a contract": (
        with_contract(recruitment_target=4600, band_a_per_participant=Decimal(900)),
        [
            Planned(
                entity="contract",
                key=PURPLES,
                **updates(
                    recruitment_target=(4500, 4600),
                    band_a_per_participant=(Decimal("895.50"), Decimal(900)),
                ),
            )
        ],
    ),
    "a milestone": (
        with_milestone(1, milestone_payment_date=date(2024, 7, 1)),
        [
            Planned(
                entity="milestone",
                key="ecf-standard-september retained-1",
                **updates(payment_date=(date(2024, 6, 30), date(2024, 7, 1))),
            )
        ],
    ),
    "the name of a schedule": (
        {"schedules": tuple(but(line, schedule_name="September") for line in MILESTONES)},
        [
            Planned(
                entity="schedule",
                key="ecf-standard-september",
                **updates(name=("ECF Standard September", "September")),
            )
        ],
    ),
    "a statement, of everyone": (
        {"statements": (but(STATEMENT, output_fee=False),)},
        [
            Planned(
                entity="statement",
                key=f"{name} November 2024",
                **updates(output_fee=(True, False)),
            )
            for name in (ORANGE_INSTITUTE.name, PURPLES)
        ],
    ),
}


@pytest.mark.parametrize(("change", "expected"), UPDATES.values(), ids=UPDATES)
def test_what_is_different_is_updated_and_told(
    storage: MemoryStorage, open_: Open, change: dict[str, Any], expected: list[Planned]
) -> None:
    open_(SOUND)
    changed = evolve(SOUND, **change)
    assert changes_of(open_(changed)) == expected
    event = storage.state.events[-1].event
    assert event == CohortOpened(
        cohort=2024,
        steps=tuple(
            Step(
                entity=step.entity,
                key=step.key,
                action="update",
                before=step.before,
                after=step.after,
            )
            for step in expected
        ),
    )
    assert len(storage.state.events) == 2
    assert changes_of(open_(changed)) == []


def test_a_mentor_contract_is_updated(open_: Open) -> None:
    assert [s.key for s in changes_of(open_(FUNDED)) if s.entity == "mentor_contract"] == [
        PURPLES,
        ORANGE_INSTITUTE.name,
    ]
    first, second = FUNDED.mentor_contracts or ()
    cheaper = but(first, payment_per_participant=Decimal("999.99"))
    assert changes_of(open_(evolve(FUNDED, mentor_contracts=(cheaper, second)))) == [
        Planned(
            entity="mentor_contract",
            key=PURPLES,
            **updates(payment_per_participant=(Decimal(1000), Decimal("999.99"))),
        )
    ]


def test_a_blank_cell_blanks_nothing(storage: MemoryStorage, open_: Open) -> None:
    frozen = but(COHORT, payments_frozen_at=midnight(date(2024, 6, 18)))
    open_(evolve(SOUND, cohort=(frozen,), **with_contract(monthly_service_fee=Decimal(7))))
    before = standing_of(storage)
    assert getattr(before.cohort, "payments_frozen_at", None) == frozen.payments_frozen_at
    silent = dict.fromkeys(
        (
            "registration_start_date",
            "academic_year_start_date",
            "payments_frozen_at",
            "mentor_funding",
            "detailed_evidence_types",
        )
    )
    blanks: dict[str, Any] = {
        **NO_D,
        "uplift_target": None,
        "uplift_amount": None,
        "monthly_service_fee": None,
    }
    blank = evolve(
        SOUND,
        cohort=(but(COHORT, **silent),),
        schedules=tuple(but(line, milestone_date=None) for line in MILESTONES),
        **with_contract(**blanks),
    )
    assert changes_of(open_(blank)) == []
    assert standing_of(storage) == before
    (change,) = changes_of(open_(evolve(blank, **with_contract(recruitment_target=1, **blanks))))
    assert change.after == {"recruitment_target": 1}
    kept = evolve(before.contracts[0], recruitment_target=1)
    assert standing_of(storage).contracts[0] == kept


def test_band_d_is_paid_on_output_alone_and_may_come_later(
    storage: MemoryStorage, open_: Open
) -> None:
    open_(evolve(SOUND, **with_contract(**NO_D)))
    contract = standing_of(storage).contract_of(PURPLES)
    assert contract is not None
    assert [(b.output_payment_percentage, b.service_fee_percentage) for b in contract.bands] == [
        (60, 40)
    ] * 3
    open_(SOUND)
    contract = standing_of(storage).contract_of(PURPLES)
    assert contract is not None
    assert contract.bands[3] == Band(
        min=300,
        max=400,
        per_participant=Decimal(500),
        output_payment_percentage=100,
        service_fee_percentage=0,
    )


def test_statements_are_of_everyone_with_a_contract_and_of_nobody_else(
    storage: MemoryStorage, open_: Open
) -> None:
    open_(SOUND)
    whose = {s.lead_provider_id for s in standing_of(storage).statements}
    assert whose == {PURPLE_LEARNING.id, ORANGE_INSTITUTE.id}
    grey = evolve(
        SOUND,
        lead_providers=(but(ORANGE, lead_provider_name=GREY_ACADEMY.name),),
        contracts=(but(CONTRACT, lead_provider_name=GREY_ACADEMY.name),),
    )
    assert [(s.entity, s.key) for s in changes_of(open_(grey))] == [
        ("lead_provider", "Grey Academy"),
        ("contract", "Grey Academy"),
        ("statement", "Grey Academy November 2024"),
    ]


def test_a_new_statement_is_computed_by_the_contracts_of_the_latest(
    storage: MemoryStorage, open_: Open
) -> None:
    open_(SOUND)
    second = [
        evolve(statement, contract_version="0.0.2", mentor_contract_version="0.0.3")
        for statement in standing_of(storage).statements
    ]
    with storage.begin() as work:
        work.cohorts.put_statements(second, at=NOW)
        work.commit()
    december = but(
        STATEMENT,
        line=3,
        name="December 2024",
        deadline_date=date(2024, 11, 30),
        payment_date=date(2024, 12, 25),
    )
    open_(evolve(SOUND, statements=(STATEMENT, december)))
    assert {
        (s.contract_version, s.mentor_contract_version) for s in standing_of(storage).statements
    } == {("0.0.2", "0.0.3")}
