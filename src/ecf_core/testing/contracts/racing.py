"""How several act at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest

from ecf_core.errors import Refused
from ecf_core.ports.clock import Clock
from ecf_core.ports.storage import Storage
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import DOCUMENTED, RuleProfile
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    SOUTH_HUB,
    furnish,
)
from ecf_core.testing.fakes import SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases

THREADS = 32
ROUNDS = 10
HUBS = (NORTH_HUB, SOUTH_HUB, EAST_HUB)
PROVIDER_LED = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Does everything at the same time; what each came to: its result, or why it was refused."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal.violations[0].code

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts))


class RacingContract:
    """A furnished storage, and every use case over it."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def use_cases(self, storage: Storage) -> UseCases:
        return use_cases_over(storage)

    @pytest.fixture
    def confirmed(self, use_cases: UseCases) -> None:
        use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)


def use_cases_over(
    storage: Storage, rules: RuleProfile = DOCUMENTED, clock: Clock | None = None
) -> UseCases:
    return UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=clock or SettableClock(NOW),
        new_id=uuid4,  # unlike numbers in sequence, safe to draw from many threads
        new_secret=SequentialSecrets(),
        rules=rules,
    )
