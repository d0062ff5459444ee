from hypothesis import settings

from ecf_adapters.memory import MemoryStorage, memory_queries
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.testing.contracts import PartnershipMachine


class MemoryMachine(PartnershipMachine):
    def world(self) -> tuple[Storage, Queries]:
        storage = MemoryStorage()
        return storage, memory_queries(storage)


TestWhatAlwaysHolds = MemoryMachine.TestCase
TestWhatAlwaysHolds.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
