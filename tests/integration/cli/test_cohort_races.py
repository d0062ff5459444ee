"""Opening a cohort twice at the same time, and being killed in the middle of it."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, text

from ecf_adapters.container import Container, close
from ecf_adapters.csv.cohort_files import CohortPaths
from ecf_adapters.settings import read_settings
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.rules.opening_a_cohort.plan import Action
from ecf_core.use_cases.open_cohort import OpenedCohort
from tests.integration.cli.cohort_folders import FOLDERS, a_copy, edit, opened

BY = Actor(ActorKind.ADMINISTRATOR, "test")
SHOWN = {"schedules": 12, "statements": 170, "contracts": 5, "mentor_contracts": 5}


def _at_once(database_url: str, *folders: Path) -> list[OpenedCohort]:
    container = Container(settings=read_settings({"ECF_DATABASE_URL": database_url}))
    open_cohort, start = container.use_cases().open_cohort, Barrier(len(folders))

    def open_(folder: Path) -> OpenedCohort:
        files = CohortPaths(folder).read()
        start.wait()
        return open_cohort(files, by=BY)

    try:
        with ThreadPoolExecutor(len(folders)) as threads:
            return list(threads.map(open_, folders))
    finally:
        close(container)


def _kinds(done: OpenedCohort) -> frozenset[Action]:
    return frozenset(step.action for step in done.plan.steps)


def test_of_those_who_open_it_at_once_one_does_and_the_others_find_it_done(
    ecf: Any, engine: Engine
) -> None:
    opened(ecf)
    outcomes = list(map(_kinds, _at_once(ecf.database_url, *[FOLDERS[2025]] * 6)))
    assert sorted(outcomes, key=str) == sorted(
        [frozenset({Action.CREATE}), *[frozenset({Action.UNCHANGED})] * 5], key=str
    )
    shown = ecf.json("cohort", "show", "2025")
    assert {name: shown[name] for name in SHOWN} == SHOWN
    with engine.connect() as connection:
        happened = "SELECT count(*) FROM events WHERE name = 'cohort_opened'"
        assert connection.scalar(text(happened)) == 1


def test_of_two_with_other_figures_each_knows_what_was_before(ecf: Any, tmp_path: Path) -> None:
    opened(ecf, 2025)
    folders = [a_copy(2025, tmp_path / name) for name in ("first", "second")]
    edit(folders[0], "contracts.csv", "2025,0.33,,4500,", "2025,0.33,,4600,")
    edit(folders[1], "contracts.csv", "2025,0.33,,4500,", "2025,0.33,,4700,")
    changes = [
        (step.before["recruitment_target"], step.after["recruitment_target"])
        for done in _at_once(ecf.database_url, *folders)
        for step in done.plan.steps
        if step.action is Action.UPDATE
    ]
    assert sorted(changes) in ([(4500, 4600), (4600, 4700)], [(4500, 4700), (4700, 4600)])


OPEN_AND_STOP = """
import signal, sys
from pathlib import Path
from ecf_adapters.container import Container, close
from ecf_adapters.csv.cohort_files import CohortPaths
from ecf_adapters.settings import read_settings
from ecf_adapters.sql.storage import SqlUnitOfWork
from ecf_core.model.actor import Actor, ActorKind

def stop(*args, **values):
    print("written", flush=True)
    signal.pause()

SqlUnitOfWork.{where} = stop
use_cases = Container(settings=read_settings({{"ECF_DATABASE_URL": sys.argv[1]}})).use_cases()
use_cases.open_cohort(CohortPaths(Path(sys.argv[2])).read(), by=Actor(ActorKind.SYSTEM, "test"))
"""


def _killed(database_url: str, where: str) -> None:
    command = [sys.executable, "-c", OPEN_AND_STOP.format(where=where)]
    process = subprocess.Popen(
        [*command, database_url, str(FOLDERS[2025])], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("where", ["record", "commit"])
def test_whoever_is_killed_before_the_end_leaves_nothing(ecf: Any, where: str) -> None:
    opened(ecf)
    _killed(ecf.database_url, where)
    assert ecf("cohort", "show", "2025").exit_code == 1
    done = ecf.json("cohort", "create", str(FOLDERS[2025]))
    assert {step["action"] for step in done["plan"]} == {"create"}


def test_whenever_it_is_killed_there_is_all_or_nothing(ecf: Any) -> None:
    opened(ecf)
    environment = {**os.environ, "ECF_DATABASE_URL": ecf.database_url}
    command = [sys.executable, "-m", "ecf_cli.main", "cohort", "create", str(FOLDERS[2025])]
    started = time.monotonic()
    subprocess.run([*command, "--dry-run"], env=environment, check=True, capture_output=True)
    whole = time.monotonic() - started
    for part in (0.8, 0.95, 1.1):
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(whole * part)
            process.kill()
        shown = ecf("--json", "cohort", "show", "2025")
        assert shown.exit_code in {0, 1}
        if shown.exit_code == 0:
            assert '"statements": 170' in shown.stdout
    ecf.json("cohort", "create", str(FOLDERS[2025]))
    assert ecf.json("cohort", "show", "2025")["statements"] == 170
