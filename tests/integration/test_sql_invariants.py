import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import Engine

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.read_tables import differences
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.testing.contracts import PartnershipMachine
from tests.integration.conftest import DATABASES, NewDatabase


@pytest.mark.parametrize("kind", DATABASES)
def test_what_always_holds(kind: str, new_database: NewDatabase) -> None:
    """The memory adapter, a hundred times as fast, is where most sequences are tried."""

    class SqlMachine(PartnershipMachine):
        engine: Engine

        def world(self) -> tuple[Storage, Queries]:
            self.engine = connect_to(new_database(kind))
            return SqlStorage(self.engine), sql_queries(self.engine)

        @invariant()
        def the_read_tables_are_what_the_model_says(self) -> None:
            with self.engine.connect() as connection:
                assert list(differences(connection)) == []

        def teardown(self) -> None:
            self.engine.dispose()

    run_state_machine_as_test(
        SqlMachine,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
