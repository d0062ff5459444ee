"""How many requests are let through, by one worker and by several."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from math import ceil

import pytest
from attrs import define, field

from ecf_adapters.memory.leases import MemoryLeases
from ecf_adapters.settings import RateLimit
from ecf_http import rate_limit
from ecf_http.rate_limit import Allowance
from ecf_http.refusals import Unavailable

LIMIT = RateLimit(1000, 300)
BEGAN = 1_725_960_600
"""A multiple of 300."""
TOKEN = "token 1"  # noqa: S105 - a bucket


@define
class Time:
    """The server's clock, as it was set."""

    at: float = BEGAN

    def __call__(self) -> float:
        return self.at


@define
class CountedLeases:
    """Counts how often it is asked."""

    asked: int = 0
    _leases: MemoryLeases = field(factory=MemoryLeases)

    def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
        self.asked += 1
        return self._leases.take(bucket, window_began=window_began, wanted=wanted, limit=limit)


def let_through(allowance: Allowance, requests: int, bucket: str = TOKEN) -> int:
    """How many of so many requests at once."""
    with ThreadPoolExecutor(8) as threads:
        return [*threads.map(allowance.wait, [bucket] * requests)].count(0)


@pytest.mark.parametrize("requests", [1, 2, 3, 39, 40, 41, 100, 999, 1000])
def test_one_worker_lets_through_as_many_as_the_limit_says(requests: int) -> None:
    allowance = Allowance(RateLimit(requests, 300), MemoryLeases(), Time())
    for _ in range(requests):
        assert allowance.wait(TOKEN) == 0
    assert allowance.wait(TOKEN) == 300


def test_however_many_come_at_once() -> None:
    leases = CountedLeases()
    allowance = Allowance(LIMIT, leases, Time())
    assert let_through(allowance, 1500) == 1000
    assert leases.asked == 41  # 40 leases, and the word that there are no more


def test_nobody_is_asked_while_a_lease_lasts_nor_once_there_are_none() -> None:
    leases = CountedLeases()
    allowance = Allowance(LIMIT, leases, Time())
    assert let_through(allowance, 25) == 25
    assert leases.asked == 1
    assert let_through(allowance, 1000) == 975
    asked = leases.asked
    assert let_through(allowance, 1000) == 0
    assert leases.asked == asked


@pytest.mark.parametrize("workers", [2, 3, 5])
@pytest.mark.parametrize("requests", [50, 100, 1000])
def test_several_workers_let_through_no_more_and_hardly_fewer(workers: int, requests: int) -> None:
    """Even where all but one have a lease and are never called again."""

    leases = MemoryLeases()
    limit = RateLimit(requests, 300)
    idle = [Allowance(limit, leases, Time()) for _ in range(workers - 1)]
    through = sum([let_through(one, 1) for one in idle])
    through += let_through(Allowance(limit, leases, Time()), 2 * requests)
    through += sum([let_through(one, 0) for one in idle])
    lost = (workers - 1) * (ceil(requests / 40) - 1)
    assert through == requests - lost
    assert lost <= requests / 10


def test_workers_that_are_all_called_let_through_all() -> None:
    leases = MemoryLeases()
    workers = [Allowance(LIMIT, leases, Time()) for _ in range(8)]
    through = [workers[number % 8].wait(TOKEN) for number in range(2000)].count(0)
    assert through == 1000


def test_every_window_begins_anew_and_none_is_early() -> None:
    time = Time()
    allowance = Allowance(LIMIT, MemoryLeases(), time)
    assert let_through(allowance, 1001) == 1000
    for later, wait in [(0.5, 300), (1, 299), (298.2, 2), (299, 1), (299.999, 1)]:
        time.at = BEGAN + later
        assert allowance.wait(TOKEN) == wait
    time.at = BEGAN + 300
    assert let_through(allowance, 1001) == 1000


def test_what_is_left_of_a_window_is_not_kept_for_the_next() -> None:
    time = Time(BEGAN + 299)
    allowance = Allowance(LIMIT, MemoryLeases(), time)
    assert let_through(allowance, 1) == 1
    time.at = BEGAN + 300
    assert let_through(allowance, 1001) == 1000


def test_windows_begin_at_multiples_of_their_seconds() -> None:
    allowance = Allowance(RateLimit(1, 7), MemoryLeases(), Time(7_000_000 + 5))
    assert allowance.wait(TOKEN) == 0
    assert allowance.wait(TOKEN) == 2


def test_one_bucket_does_not_use_up_another() -> None:
    allowance = Allowance(LIMIT, MemoryLeases(), Time())
    assert let_through(allowance, 1001, "token 1") == 1000
    assert let_through(allowance, 1001, "token 2") == 1000


def test_a_lease_that_could_not_be_had_is_asked_for_again() -> None:
    class Unavailable(MemoryLeases):
        available = False

        def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
            if not self.available:
                raise ConnectionError
            return super().take(bucket, window_began=window_began, wanted=wanted, limit=limit)

    leases = Unavailable()
    allowance = Allowance(LIMIT, leases, Time())
    with pytest.raises(ConnectionError):
        allowance.wait(TOKEN)
    leases.available = True
    assert let_through(allowance, 1001) == 1000


def test_those_who_wait_for_a_lease_that_cannot_be_had_fail_with_it() -> None:
    @define
    class Broken(MemoryLeases):
        asked: int = 0

        def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:  # noqa: ARG002 - it fails
            self.asked += 1
            time.sleep(0.2)
            raise ConnectionError

    leases = Broken()
    allowance = Allowance(LIMIT, leases, Time())

    def outcome(_: int) -> str:
        try:
            return str(allowance.wait(TOKEN))
        except (ConnectionError, Unavailable) as problem:
            return type(problem).__name__

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(outcome, range(8)))
    assert (leases.asked, found.count("Unavailable")) == (1, 7)


def test_nobody_waits_long_for_someone_else_s_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(MemoryLeases):
        def take(self, bucket: str, *, window_began: int, wanted: int, limit: int) -> int:
            assert enough.wait(10)
            return super().take(bucket, window_began=window_began, wanted=wanted, limit=limit)

    enough = threading.Event()
    monkeypatch.setattr(rate_limit, "_PATIENCE_SECONDS", 0.05)
    allowance = Allowance(LIMIT, Slow(), Time())
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(allowance.wait, TOKEN)
        time.sleep(0.1)
        with pytest.raises(Unavailable):
            allowance.wait(TOKEN)
        enough.set()
        assert first.result() == 0
