from contextlib import AbstractContextManager
from typing import Protocol

from ecf_core.ports.facts import Facts
from ecf_core.ports.unit_of_work import UnitOfWork


class Storage(Protocol):
    """Where everything is kept: what a team with a storage of its own provides."""

    def begin(self) -> AbstractContextManager[UnitOfWork]: ...

    def look(self) -> AbstractContextManager[Facts]: ...
