import pytest

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core.queries import Queries
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.testing.examples import furnish
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture
def storage() -> MemoryStorage:
    storage = MemoryStorage()
    furnish(storage.begin)
    return storage


@pytest.fixture
def queries(storage: MemoryStorage) -> Queries:
    return memory_queries(storage)


@pytest.fixture
def use_cases(storage: MemoryStorage, clock: SettableClock) -> UseCases:
    return UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=clock,
        new_id=SequentialIds(),
        new_secret=SequentialSecrets(),
        rules=DOCUMENTED,
    )
