from itertools import product

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import Engine

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.participants_in_training import participants_where
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.read_tables import differences
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.provider_participant_lists import TrainingsFilter
from ecf_core.queries.provider_participants import TrainingRow, shown_to
from ecf_core.queries.window import Window
from ecf_core.testing.contracts import PartnershipMachine
from ecf_core.testing.examples import LEAD_PROVIDERS
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

        @invariant()
        def participants_are_shown_as_the_model_says(self) -> None:
            with self.engine.connect() as connection:
                everyone = participants_where(connection)
            for lead_provider, years in product(LEAD_PROVIDERS, (None, {2023}, {2024})):
                cohorts = frozenset(years) if years else None
                wanted = TrainingsFilter(cohorts=cohorts)
                shown = self.queries.provider_participants.trainings(
                    lead_provider.id, wanted, Window(per_page=3000)
                )
                seen = [shown_to(lead_provider.id, each, cohorts) for each in everyone]
                expected = [
                    TrainingRow(participant=evolve(row, enrolments=(each,)), enrolment=each)
                    for row in seen
                    for each in row.enrolments
                ]
                assert sorted(shown.rows, key=str) == sorted(expected, key=str)

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
