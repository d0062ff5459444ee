import pytest

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.testing.contracts import QueriesContract, StorageContract


class TestMemoryStorage(StorageContract):
    @pytest.fixture
    def storage(self) -> Storage:
        return MemoryStorage()


class TestMemoryQueries(QueriesContract):
    @pytest.fixture
    def storage(self) -> MemoryStorage:
        return MemoryStorage()

    @pytest.fixture
    def queries(self, storage: MemoryStorage) -> Queries:
        return memory_queries(storage)
