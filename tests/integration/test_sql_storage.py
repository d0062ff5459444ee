from uuid import UUID

import pytest
from attrs import evolve
from sqlalchemy import Engine

from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import PartnershipId
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.testing.contracts import QueriesContract, StorageContract
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_SCHOOL_COHORT
from ecf_core.testing.examples import RIVERSIDE_ID, furnish


class TestSqlStorage(StorageContract):
    @pytest.fixture
    def storage(self, engine: Engine) -> Storage:
        return SqlStorage(engine)


class TestSqlQueries(QueriesContract):
    @pytest.fixture
    def storage(self, engine: Engine) -> Storage:
        return SqlStorage(engine)

    @pytest.fixture
    def queries(self, engine: Engine) -> Queries:
        return sql_queries(engine)


@pytest.fixture
def furnished(engine: Engine) -> Storage:
    furnish(SqlStorage(engine).begin)
    return SqlStorage(engine)


def test_what_is_written_after_a_commit_is_a_transaction_of_its_own(furnished: Storage) -> None:
    other = evolve(A_PARTNERSHIP, id=PartnershipId(UUID(int=7)), school_id=RIVERSIDE_ID)
    with furnished.begin() as work:
        work.commit()
        work.partnerships.add(A_PARTNERSHIP)
        work.commit()
        work.partnerships.add(other)
    with furnished.begin() as work:
        assert work.partnerships.find(A_PARTNERSHIP.id) == A_PARTNERSHIP
        assert work.partnerships.find(other.id) is None


def test_nothing_is_stored_of_a_unit_of_work_that_has_failed(furnished: Storage) -> None:
    with furnished.begin() as work:
        work.school_cohorts.add(A_SCHOOL_COHORT)
        work.commit()
    with furnished.begin() as work:
        work.partnerships.add(A_PARTNERSHIP)
        work.school_cohorts.add(A_SCHOOL_COHORT)  # which is there
        with pytest.raises(StaleWrite):
            work.commit()
        with pytest.raises(RuntimeError, match="can only be left"):
            work.commit()
    with furnished.begin() as work:
        assert work.partnerships.find(A_PARTNERSHIP.id) is None
