"""Whatever happens, a database comes to what the storage in memory comes to."""

from typing import Any

import pytest
from attrs import asdict
from hypothesis import HealthCheck, Phase, given, settings

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter
from ecf_core.queries.window import Window
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.testing.examples import LEAD_PROVIDERS, furnish
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.testing.lives import Act, live, lives
from ecf_core.testing.participants import furnish_for_participants
from ecf_core.use_cases import UseCases
from tests.integration.conftest import DATABASES, NewDatabase


def _lived(life: tuple[Act, ...], storage: Storage, queries: Queries) -> dict[str, Any]:
    """What a life comes to; the ids that storages make themselves are left out."""
    furnish(storage.begin)
    furnish_for_participants(storage.begin)
    clock = SettableClock()
    use_cases = UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=clock,
        new_id=SequentialIds(),
        new_secret=SequentialSecrets(),
        rules=DOCUMENTED,
    )
    refused = live(life, use_cases, queries, clock)
    participants = [asdict(row) for row in queries.participants.all(ParticipantsFilter())]
    for participant in participants:
        for record in participant["induction_records"]:
            del record["id"]
    seen = [
        queries.provider_participants.page(lp.id, ProviderParticipantsFilter(), (), Window()).rows
        for lp in LEAD_PROVIDERS
    ]
    return {
        "refused": refused,
        "seen": seen,
        "partnerships": queries.partnerships.all(PartnershipsFilter()),
        "participants": participants,
    }


@pytest.mark.parametrize("kind", DATABASES)
def test_a_life_comes_to_the_same_in_every_storage(kind: str, new_database: NewDatabase) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(life=lives(longest=20))
    def comes_to_the_same(life: tuple[Act, ...]) -> None:
        engine = connect_to(new_database(kind))
        memory = MemoryStorage()
        try:
            assert _lived(life, SqlStorage(engine), sql_queries(engine)) == _lived(
                life, memory, memory_queries(memory)
            )
        finally:
            engine.dispose()

    comes_to_the_same()


def test_something_comes_of_many_lives() -> None:
    """Else they would prove nothing."""
    seen: list[int] = []

    @settings(max_examples=60, deadline=None, phases=[Phase.generate], derandomize=True)
    @given(life=lives())
    def happens(life: tuple[Act, ...]) -> None:
        storage = MemoryStorage()
        lived = _lived(life, storage, memory_queries(storage))
        seen.append(len(lived["partnerships"]) + len(lived["participants"]))

    happens()
    assert sum(map(bool, seen)) > len(seen) // 4
