"""Leases of requests, in a database that several workers share."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, select

from ecf_adapters.sql.leases import SqlLeases
from ecf_adapters.sql.tables import leased_requests


def take(leases: SqlLeases, bucket: str = "a", began: int = 300, wanted: int = 25) -> int:
    return leases.take(bucket, window_began=began, wanted=wanted, limit=110)


def test_leases_come_to_the_limit_and_no_further(engine: Engine) -> None:
    workers = [SqlLeases(engine) for _ in range(2)]
    taken = [take(workers[number % 2]) for number in range(7)]
    assert taken == [25, 25, 25, 25, 10, 0, 0]


def test_no_lease_is_over_the_limit(engine: Engine) -> None:
    assert take(SqlLeases(engine), wanted=200) == 110


def test_buckets_and_windows_are_apart(engine: Engine) -> None:
    leases = SqlLeases(engine)
    assert take(leases, wanted=110) == 110
    assert take(leases, bucket="b") == 25
    assert take(leases, began=600) == 25
    assert take(leases, bucket="a") == 0


def test_taken_at_once_they_come_to_the_limit_too(engine: Engine) -> None:
    leases = SqlLeases(engine)
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda _: take(leases, wanted=3), range(64)))
    assert sum(taken) == 110


def test_all_windows_but_the_last_two_are_let_go(engine: Engine) -> None:
    leases = SqlLeases(engine)
    for bucket in "abc":
        take(leases, bucket=bucket)
    take(leases, began=600)
    take(leases, began=900)
    with engine.connect() as connection:
        rows = connection.execute(
            select(leased_requests.c.bucket, leased_requests.c.window_began)
        ).all()
    assert rows == [("a", 600), ("a", 900)]
