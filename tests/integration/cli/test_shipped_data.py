"""The data that are shipped, loaded whole."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from ecf_adapters.data import shipped

ECF = [sys.executable, "-m", "ecf_cli.main"]


def test_the_register_is_loaded_and_brought_up_to_date(ecf: Any) -> None:
    with shipped("schools_gias.csv.gz") as file:
        load = ["schools", "import", "--strict", str(file)]
        nothing = {"created": 0, "updated": 0, "unchanged": 0, "rejected": 0}
        assert ecf.json(*load) == nothing | {"created": 50_515}
        assert ecf.json(*load) == nothing | {"unchanged": 50_515}
    assert ecf.json("school", "show", "100000")["eligible"] is True
    with shipped("schools_gias_update_2025.csv.gz") as file:
        load = ["schools", "import", "--strict", str(file)]
        assert ecf.json(*load) == nothing | {"created": 1_084, "updated": 1_750}
        assert ecf.json(*load) == nothing | {"unchanged": 2_834}


def test_the_providers_are_loaded(ecf: Any) -> None:
    for name, kind, count in (
        ("lead_providers.csv", "lead-providers", 7),
        ("delivery_partners.csv", "delivery-partners", 89),
    ):
        with shipped(name) as file:
            assert ecf.json(kind, "import", str(file))["created"] == count


def importing(engine: Engine) -> bool:
    """Somebody holds the lock that an import takes."""
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                holders = text(
                    "SELECT count(*) FROM pg_locks WHERE mode = 'ShareRowExclusiveLock'"
                    " AND relation = 'schools'::regclass AND granted"
                )
                return bool(connection.scalar(holders))
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            connection.rollback()
            connection.execution_options(ecf_writes=True).exec_driver_sql("SELECT 1")
    except OperationalError:
        return True
    return False


def test_an_import_that_is_killed_leaves_nothing(ecf: Any, engine: Engine) -> None:
    environment = {**os.environ, "ECF_DATABASE_URL": ecf.database_url}
    with (
        shipped("schools_gias.csv.gz") as file,
        subprocess.Popen([*ECF, "schools", "import", str(file)], env=environment) as running,
    ):
        until = time.monotonic() + 60
        while not importing(engine):
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.3)
        running.send_signal(signal.SIGKILL)
        assert running.wait(20) == -signal.SIGKILL
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM schools")) == 0
        assert connection.scalar(text("SELECT count(*) FROM events")) == 0
    with shipped("schools_gias_update_2025.csv.gz") as file:
        assert ecf.json("schools", "import", str(file))["created"] == 2_834


@pytest.mark.parametrize("year", [2024, 2025])
def test_everything_that_opens_a_cohort_is_shipped(year: int) -> None:
    for name in (
        "cohort",
        "cohort_lead_providers",
        "contracts",
        "mentor_contracts",
        "provider_relationships",
        "schedules",
        "statements",
    ):
        with shipped(f"cohort-{year}/{name}.csv") as file:
            assert file.read_text()
    for name in ("README.md", "LICENCE.md"):
        with shipped(name) as file:
            assert "Open Government Licence v3.0" in file.read_text()
