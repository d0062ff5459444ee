import pytest

from ecf_core.ports.storage import Storage
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.testing.examples import (
    furnish,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases


class FurnishedContract:
    """A storage that has the examples, and every use case over it."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def clock(self) -> SettableClock:
        return SettableClock()

    @pytest.fixture
    def use_cases(self, storage: Storage, clock: SettableClock) -> UseCases:
        return UseCases.over(
            begin=storage.begin,
            look=storage.look,
            clock=clock,
            new_id=SequentialIds(),
            new_secret=SequentialSecrets(),
            rules=DOCUMENTED,
        )
