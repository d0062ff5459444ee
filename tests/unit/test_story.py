import pytest

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core.queries import Queries
from tests.story import Story


class TestStoryInMemory(Story):
    @pytest.fixture
    def storage(self) -> MemoryStorage:
        return MemoryStorage()

    @pytest.fixture
    def queries(self, storage: MemoryStorage) -> Queries:
        return memory_queries(storage)
