from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.contract import Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import StatementId
from ecf_core.model.schedule import DeclarationType, Milestone, Schedule, ScheduleType
from ecf_core.model.statement import Statement
from ecf_core.ports.facts import Facts, Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.opening_a_cohort import CohortStanding
from ecf_core.testing.examples import (
    COHORT_2024,
    LEAD_PROVIDERS,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    furnish,
)

A_CONTRACT = CallOffContract(
    lead_provider_id=PURPLE_LEARNING.id,
    cohort=2024,
    version="0.0.2",
    uplift_target=Decimal("0.1"),
    uplift_amount=Decimal("100.01"),
    recruitment_target=999_999_999,
    set_up_fee=Decimal("149651.20"),
    monthly_service_fee=Decimal("0.30"),
    bands=(
        Band(min=0, max=90, per_participant=Decimal("895.50")),
        Band(min=91, max=199, per_participant=Decimal("700.1")),
        Band(min=200, max=299, per_participant=Decimal(600)),
        Band(
            min=300,
            max=400,
            per_participant=Decimal("999999999.99"),
            output_payment_percentage=100,
            service_fee_percentage=0,
        ),
    ),
)
A_BARE_CONTRACT = CallOffContract(
    lead_provider_id=ORANGE_INSTITUTE.id,
    cohort=2024,
    recruitment_target=0,
    set_up_fee=Decimal(0),
    bands=A_CONTRACT.bands[:3],
)
A_MENTOR_CONTRACT = MentorCallOffContract(
    lead_provider_id=PURPLE_LEARNING.id,
    cohort=2024,
    version="0.0.2",
    recruitment_target=4500,
    payment_per_participant=Decimal("1000.10"),
)
A_SCHEDULE = Schedule(
    cohort=2024,
    identifier="ecf-extended-april",
    name="ECF Extended April",
    type=ScheduleType.EXTENDED,
    milestones=tuple(
        Milestone(
            declaration_type=kind,
            name=f"Output {kind}",
            start_date=date(2025, 4, 1),
            milestone_date=None if number % 2 else date(2025, 7, 31),
            payment_date=date(2025, 6, 30),
        )
        for number, kind in enumerate(DeclarationType)
    ),
)
A_STATEMENT = Statement(
    id=StatementId(UUID("60000000-0000-4000-8000-000000000001")),
    lead_provider_id=PURPLE_LEARNING.id,
    cohort=2024,
    name="November 2024",
    deadline_date=date(2024, 10, 31),
    payment_date=date(2024, 11, 25),
    output_fee=False,
    contract_version="0.0.2",
    mentor_contract_version="0.0.3",
)
LATER = NOW + timedelta(days=1)


class CohortsContract:
    """How what opening a cohort sets up is kept: each thing once, to the last digit and day."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def opened(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.cohorts.put_contracts([A_CONTRACT, A_BARE_CONTRACT], at=NOW)
            work.cohorts.put_mentor_contracts([A_MENTOR_CONTRACT], at=NOW)
            work.cohorts.put_schedules([A_SCHEDULE], at=NOW)
            work.cohorts.put_statements([A_STATEMENT], at=NOW)
            work.commit()

    @pytest.mark.usefixtures("opened")
    @pytest.mark.parametrize("looked", [True, False], ids=["look", "unit of work"])
    def test_every_field_of_what_a_cohort_has_survives(
        self, storage: Storage, *, looked: bool
    ) -> None:
        ask: Look = storage.look if looked else lambda: _in_a_unit_of_work(storage)
        with ask() as facts:
            standing, other = facts.cohort_standing(2024), facts.cohort_standing(2023)
        assert standing == CohortStanding(
            lead_providers=tuple(sorted(LEAD_PROVIDERS, key=lambda lp: lp.name)),
            cohort=COHORT_2024,
            admitted=frozenset(lp.id for lp in LEAD_PROVIDERS),
            contracts=(A_CONTRACT, A_BARE_CONTRACT),
            mentor_contracts=(A_MENTOR_CONTRACT,),
            schedules=(A_SCHEDULE,),
            statements=(A_STATEMENT,),
        )
        assert not any((other.contracts, other.mentor_contracts, other.schedules, other.statements))

    @pytest.mark.usefixtures("opened")
    def test_money_keeps_its_digits(self, storage: Storage) -> None:
        contract = _standing(storage).contracts[0]
        assert [str(band.per_participant) for band in contract.bands] == [
            "895.50",
            "700.1",
            "600",
            "999999999.99",
        ]
        assert (str(contract.uplift_target), str(contract.set_up_fee)) == ("0.1", "149651.20")

    @pytest.mark.parametrize("year", [2030, 0, -1, 10**6])
    def test_of_a_cohort_that_is_not_there_nothing_is(self, storage: Storage, year: int) -> None:
        with storage.look() as facts:
            standing = facts.cohort_standing(year)
        assert standing == CohortStanding(lead_providers=standing.lead_providers)

    @pytest.mark.usefixtures("opened")
    def test_each_is_replaced_by_its_key(self, storage: Storage) -> None:
        dearer = Band(
            min=92,
            max=198,
            per_participant=Decimal("700.2"),
            output_payment_percentage=55,
            service_fee_percentage=45,
        )
        contract = evolve(
            A_CONTRACT,
            uplift_target=None,
            uplift_amount=None,
            recruitment_target=1,
            set_up_fee=Decimal("0.01"),
            monthly_service_fee=None,
            bands=(A_CONTRACT.bands[0], dearer, *A_CONTRACT.bands[2:]),
        )
        mentor_contract = evolve(
            A_MENTOR_CONTRACT, recruitment_target=1, payment_per_participant=Decimal("0.1")
        )
        retained = Milestone(
            declaration_type=DeclarationType.RETAINED_1,
            name="Retained",
            start_date=date(2025, 4, 2),
            milestone_date=date(2025, 8, 31),
            payment_date=date(2025, 9, 1),
        )
        schedule = evolve(
            A_SCHEDULE,
            name="April",
            type=ScheduleType.REDUCED,
            milestones=(A_SCHEDULE.milestones[0], retained, *A_SCHEDULE.milestones[2:]),
        )
        statement = evolve(
            A_STATEMENT,
            name="December 2024",
            deadline_date=date(2024, 11, 1),
            payment_date=date(2024, 11, 26),
            output_fee=True,
        )
        with storage.begin() as work:
            work.cohorts.put_contracts([contract], at=LATER)
            work.cohorts.put_mentor_contracts([mentor_contract], at=LATER)
            work.cohorts.put_schedules([schedule], at=LATER)
            work.cohorts.put_statements([statement], at=LATER)
            work.commit()
        standing = _standing(storage)
        assert standing.contracts == (contract, A_BARE_CONTRACT)
        assert standing.mentor_contracts == (mentor_contract,)
        assert standing.schedules == (schedule,)
        assert standing.statements == (statement,)

    @pytest.mark.usefixtures("opened")
    def test_a_milestone_that_is_left_out_stays(self, storage: Storage) -> None:
        with storage.begin() as work:
            fewer = evolve(A_SCHEDULE, milestones=A_SCHEDULE.milestones[:6])
            work.cohorts.put_schedules([fewer], at=LATER)
            work.commit()
        assert _standing(storage).schedules == (A_SCHEDULE,)

    @pytest.mark.usefixtures("opened")
    def test_a_lead_provider_has_a_statement_of_a_name_once(self, storage: Storage) -> None:
        twin = evolve(A_STATEMENT, id=StatementId(UUID(int=1)))
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.cohorts.put_statements([twin], at=NOW)
            work.commit()
        others = evolve(twin, lead_provider_id=ORANGE_INSTITUTE.id)
        with storage.begin() as work:
            work.cohorts.put_statements([others], at=NOW)
            work.commit()
        assert len(_standing(storage).statements) == 2

    def test_without_a_commit_nothing_is_there(self, storage: Storage) -> None:
        before = _standing(storage)
        with storage.begin() as work:
            work.cohorts.put_contracts([A_CONTRACT], at=NOW)
            work.cohorts.put_mentor_contracts([A_MENTOR_CONTRACT], at=NOW)
            work.cohorts.put_schedules([A_SCHEDULE], at=NOW)
            work.cohorts.put_statements([A_STATEMENT], at=NOW)
            assert work.facts.cohort_standing(2024).contracts == (A_CONTRACT,)
        assert _standing(storage) == before


def _standing(storage: Storage) -> CohortStanding:
    with storage.look() as facts:
        return facts.cohort_standing(2024)


@contextmanager
def _in_a_unit_of_work(storage: Storage) -> Iterator[Facts]:
    with storage.begin() as work:
        yield work.facts
