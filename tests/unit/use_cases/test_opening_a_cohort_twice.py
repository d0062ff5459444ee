from datetime import date, timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.instants import midnight
from ecf_core.rules.opening_a_cohort import CohortFiles
from tests.unit.cohort_files import (
    COHORT,
    MILESTONES,
    SOUND,
    STATEMENT,
    but,
    with_contract,
)
from tests.unit.use_cases.opening import (
    furnished,
    opening,
)


def _variations() -> st.SearchStrategy[CohortFiles]:
    figures = st.builds(
        with_contract,
        recruitment_target=st.integers(0, 9999),
        uplift_target=st.none() | st.decimals(0, 1, places=2),
        monthly_service_fee=st.none() | st.decimals(0, 9999, places=2),
        band_c_max=st.just(299),
        band_d_max=st.integers(300, 500),
    )
    days = st.builds(
        lambda late: but(STATEMENT, payment_date=STATEMENT.payment_date + timedelta(days=late)),
        st.integers(0, 99),
    )
    flags = st.none() | st.booleans()
    cohorts = st.builds(
        lambda frozen, evidence: but(
            COHORT,
            payments_frozen_at=midnight(frozen) if frozen else None,
            detailed_evidence_types=evidence,
        ),
        st.none() | st.dates(date(2024, 1, 1), date(2030, 1, 1)),
        flags,
    )
    return st.builds(
        lambda cohort, contracts, statement, order: evolve(
            SOUND, cohort=(cohort,), statements=(statement,), schedules=tuple(order), **contracts
        ),
        cohorts,
        figures,
        days,
        st.permutations(MILESTONES),
    )


@given(first=_variations(), second=_variations())
def test_opening_twice_is_opening_once(first: CohortFiles, second: CohortFiles) -> None:
    storage = furnished()
    open_ = opening(storage)
    for files in (first, second):
        open_(files)
        before = storage.state.copy()
        assert not open_(files).plan.changes_anything
        assert storage.state == before
