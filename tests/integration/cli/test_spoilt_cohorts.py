"""For every rule of opening a cohort the smallest bad file, and what is told of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.cohort_folders import a_copy, edit, opened
from tests.integration.cli.spoilt_cohorts import COHORTS_AND_CONTRACTS
from tests.integration.cli.spoilt_files import Spoilt
from tests.integration.cli.spoilt_schedules import SCHEDULES_AND_STATEMENTS

SPOILT = COHORTS_AND_CONTRACTS | SCHEDULES_AND_STATEMENTS


@pytest.fixture
def database_url(new_database: Callable[[str], str]) -> str:
    """What is told of files is the same on every database."""
    return new_database("sqlite")


@pytest.fixture
def ready(ecf: Any) -> Any:
    return opened(ecf)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_copy(2024, tmp_path)


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_what_is_wrong_is_told_to_the_letter(ready: Any, folder: Path, spoilt: Spoilt) -> None:
    edit(folder, spoilt.file, spoilt.old, spoilt.new)
    told = [f"{folder}/{line}" for line in spoilt.told]
    assert ready.refused("cohort", "create", str(folder)) == told


def test_no_default_schedule_is_told(ready: Any, folder: Path) -> None:
    lines = (folder / "schedules.csv").read_text().splitlines(keepends=True)
    kept = [line for line in lines if "ecf-standard-september" not in line]
    (folder / "schedules.csv").write_text("".join(kept))
    told = "schedules.csv:1: schedule-identifier: '': there is no schedule ecf-standard-september"
    assert ready.refused("cohort", "create", str(folder)) == [f"{folder}/{told}"]


def test_files_that_are_not_there_or_no_text_are_told(ready: Any, folder: Path) -> None:
    (folder / "cohort.csv").unlink()
    (folder / "contracts.csv").write_bytes(b"lead-provider-name\xff")
    (folder / "schedules.csv").write_bytes(b"")
    (folder / "statements.csv").unlink()
    (folder / "statements.csv").mkdir()
    assert ready.refused("cohort", "create", str(folder)) == [
        f"{folder}/cohort.csv: there is no such file",
        f"{folder}/contracts.csv:1: is not UTF-8",
        f"{folder}/schedules.csv: is empty",
        f"{folder}/statements.csv: is a directory, not a file",
    ]


def test_mentor_contracts_that_are_not_there_are_told(ready: Any, tmp_path: Path) -> None:
    folder = a_copy(2025, tmp_path)
    (folder / "mentor_contracts.csv").unlink()
    assert ready.refused("cohort", "create", str(folder)) == [
        f"{folder}/mentor_contracts.csv: mentor contracts are needed: the cohort has mentor funding"
    ]


def test_everything_wrong_is_told_at_once_with_its_source(ready: Any, folder: Path) -> None:
    edit(folder, "cohort.csv", "2024-06-25", "25/06/2024")
    edit(folder, "cohort_lead_providers.csv", "Teach First,", "Teach Last,")
    edit(folder, "contracts.csv", ",2001,", ",1999,")
    edit(folder, "statements.csv", "2024-12-31", "2025-12-31")
    told = ready("--json", "cohort", "create", str(folder), "--dry-run")
    assert (told.exit_code, told.stderr) == (1, "")
    errors = json.loads(told.stdout)["errors"]
    assert [
        (e["source"]["file"], e["source"]["line"], e["title"], e["source"]["value"], e["code"])
        for e in errors
    ] == [
        (f"{folder}/cohort.csv", 2, "registration-start-date", "25/06/2024", "invalid"),
        (f"{folder}/cohort_lead_providers.csv", 6, "lead-provider-name", "Teach Last", "unknown"),
        (f"{folder}/contracts.csv", 2, "band-b-min", "1999", "overlap"),
        (f"{folder}/contracts.csv", 6, "lead-provider-name", "Teach First", "not_in_cohort"),
        (f"{folder}/statements.csv", 4, "deadline_date", "2025-12-31", "order"),
    ]
    assert errors[2] == {
        "title": "band-b-min",
        "detail": "the band before goes up to 2000",
        "code": "overlap",
        "source": {
            "file": f"{folder}/contracts.csv",
            "line": 2,
            "column": "band-b-min",
            "value": "1999",
        },
    }
    assert ready("cohort", "show", "2024").exit_code == 1
