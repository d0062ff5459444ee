from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ecf_core.ports.facts import Facts, Look
from ecf_core.ports.storage import Storage
from ecf_core.testing.examples import furnish


class AskingContract:
    """Facts, looked at one way or the other."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture(params=["in a look", "in a unit of work"])
    def ask(self, request: pytest.FixtureRequest, storage: Storage) -> Look:
        """Looks at the facts one way or the other; both say the same."""
        if request.param == "in a look":
            return storage.look
        return lambda: _in_a_unit_of_work(storage)


@contextmanager
def _in_a_unit_of_work(storage: Storage) -> Iterator[Facts]:
    with storage.begin() as work:
        yield work.facts
