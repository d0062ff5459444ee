from ecf_adapters.memory.queries import memory_queries
from ecf_adapters.memory.state import State
from ecf_adapters.memory.storage import MemoryStorage

__all__ = ["MemoryStorage", "State", "memory_queries"]
