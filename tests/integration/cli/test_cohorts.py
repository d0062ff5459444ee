import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from tests.integration.cli.cohort_folders import FOLDERS, a_copy, edit, opened

EARLY = "schedules.csv:{}: milestone-payment-date: '{}': warning: is before the milestone date"
WARNINGS = {
    2022: EARLY.format(77, "2022-11-30"),
    2023: EARLY.format(65, "2023-11-30"),
    2024: EARLY.format(65, "2024-11-30"),
}
STATEMENTS = {2021: 204, 2022: 198, 2023: 204, 2024: 204, 2025: 170}
COUNTS = """\
                 create  update  unchanged
cohort           1       0       0
lead provider    5       0       0
contract         5       0       0
mentor contract  5       0       0
schedule         12      0       0
milestone        81      0       0
statement        170     0       0
"""


def _everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All that opening a cohort writes, when it was written too."""
    tables = (
        "cohorts",
        "cohort_lead_providers",
        "call_off_contracts",
        "contract_bands",
        "mentor_call_off_contracts",
        "schedules",
        "milestones",
        "statements",
        "events",
    )
    with engine.connect() as connection:
        return {
            table: sorted(
                map(tuple, connection.execute(text(f"SELECT * FROM {table}"))),  # noqa: S608
                key=str,
            )
            for table in tables
        }


def test_the_five_real_cohorts_open_in_order_and_again_unchanged(ecf: Any, engine: Engine) -> None:
    opened(ecf)
    for year, folder in FOLDERS.items():
        told = ecf("cohort", "create", str(folder))
        assert told.exit_code == 0
        assert told.stdout.endswith("\nOpened.\n")
        warned = [f"{folder}/{WARNINGS[year]}"] if year in WARNINGS else []
        assert told.stderr.splitlines() == warned
    before = _everything(engine)
    for year, folder in FOLDERS.items():
        again = ecf.json("cohort", "create", str(folder))
        assert again["applied"] is True
        assert {step["action"] for step in again["plan"]} == {"unchanged"}
        assert ecf("cohort", "create", str(folder)).stdout.endswith("\nNothing to change.\n")
        shown = ecf.json("cohort", "show", str(year))
        assert (shown["schedules"], shown["statements"]) == (12, STATEMENTS[year])
    assert _everything(engine) == before


def test_a_dry_run_shows_the_plan_and_changes_nothing(ecf: Any, engine: Engine) -> None:
    opened(ecf)
    before = _everything(engine)
    create = ("cohort", "create", str(FOLDERS[2025]), "--dry-run")
    dry_run = "Nothing was changed: this was a dry run.\n"
    assert ecf(*create).stdout == COUNTS + dry_run
    planned = ecf.json(*create)
    assert planned["applied"] is False
    assert planned["plan"][:2] == [
        {"entity": "cohort", "key": "2025", "action": "create"},
        {"entity": "lead_provider", "key": "Ambition Institute", "action": "create"},
    ]
    assert len(planned["plan"]) == 279
    assert _everything(engine) == before
    applied = ecf.json(*create[:-1])
    assert applied == {"plan": planned["plan"], "applied": True}


def test_a_cohort_is_shown(ecf: Any) -> None:
    opened(ecf, 2025)
    assert ecf.json("cohort", "show", "2025") == {
        "start_year": 2025,
        "registration_start_date": "2025-06-16T00:00:00Z",
        "academic_year_start_date": "2025-09-01T00:00:00Z",
        "lead_providers": [
            "Ambition Institute",
            "Education Development Trust",
            "National Institute of Teaching",
            "Teach First",
            "UCL Institute of Education",
        ],
        "schedules": 12,
        "statements": 170,
        "contracts": 5,
        "mentor_contracts": 5,
    }
    assert (
        "Ambition Institute, Education Development Trust," in ecf("cohort", "show", "2025").stdout
    )
    (unknown,) = ecf.refused("cohort", "show", "2031")
    assert unknown.startswith("cohort: The '#/cohort' you have entered is invalid.")
    assert ecf("cohort", "show", "next").exit_code == 2


def test_what_is_different_is_updated_and_recorded(
    ecf: Any, engine: Engine, tmp_path: Path
) -> None:
    opened(ecf, 2025)
    folder = a_copy(2025, tmp_path)
    edit(folder, "contracts.csv", ",4500,4500,0,", ",4600,4600,10.5,")
    edit(folder, "statements.csv", "2025-11-25,true", "2025-11-26,true")
    edit(folder, "cohort.csv", "2026-03-31,,", "2026-03-31,2025-12-01,")
    create = ("cohort", "create", str(folder))
    figures = "update contract Ambition Institute: "
    assert ecf(*create, "--dry-run").stdout.splitlines()[8:11] == [
        "update cohort 2025: payments_frozen_at - → 2025-12-01 00:00:00 UTC",
        f"{figures}recruitment_target 4500 → 4600",
        f"{figures}set_up_fee 0 → 10.5",
    ]
    updates = [s for s in ecf.json(*create)["plan"] if s["action"] == "update"]
    assert [update["entity"] for update in updates] == ["cohort", "contract", *["statement"] * 5]
    assert updates[1] == {
        "entity": "contract",
        "key": "Ambition Institute",
        "action": "update",
        "before": {"recruitment_target": 4500, "set_up_fee": "0"},
        "after": {"recruitment_target": 4600, "set_up_fee": "10.5"},
    }
    assert updates[2]["before"] == {"payment_date": "2025-11-25"}
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT payload FROM events ORDER BY happened_at, id"))
        payload = [*rows][-1][0]
    recorded = json.loads(payload) if isinstance(payload, str) else payload
    assert recorded == {"cohort": 2025, "steps": updates}
    # What was frozen stays so, and nothing was made twice.
    edit(folder, "cohort.csv", "2025-12-01", "")
    assert {s["action"] for s in ecf.json(*create)["plan"]} == {"unchanged"}
    assert ecf.json("cohort", "show", "2025")["statements"] == 170


def test_each_file_can_be_named(ecf: Any, tmp_path: Path) -> None:
    opened(ecf)
    folder = a_copy(2025, tmp_path)
    named = []
    for file in sorted(folder.glob("*s.csv")):
        if file.name == "provider_relationships.csv":
            continue
        elsewhere = file.rename(tmp_path / f"my-{file.name}")
        named += [f"--{file.stem.replace('_', '-')}-csv", str(elsewhere)]
    (missing, *_) = ecf.refused("cohort", "create", str(folder))
    assert missing == f"{folder}/cohort_lead_providers.csv: there is no such file"
    plan = ecf.json("cohort", "create", str(folder), *named, "--dry-run")["plan"]
    alone = [*named, "--cohort-csv", str(folder / "cohort.csv")]
    assert ecf.json("cohort", "create", *alone) == {"plan": plan, "applied": True}


def test_files_that_are_named_are_told_as_they_were_named(ecf: Any, tmp_path: Path) -> None:
    opened(ecf)
    spoilt = a_copy(2024, tmp_path) / "statements.csv"
    edit(spoilt.parent, "statements.csv", "November 2024", "11/2024")
    create = ("cohort", "create", str(FOLDERS[2024]))
    assert ecf.refused(*create, "--statements-csv", str(spoilt)) == [
        f"{spoilt}:2: name: '11/2024': is no month and year such as November 2025"
    ]
    nowhere = str(tmp_path / "nowhere.csv")
    assert ecf.refused(*create, "--mentor-contracts-csv", nowhere) == [
        f"{nowhere}: there is no such file"
    ]
    assert ecf.refused(*create, "--contracts-csv", " ") == [
        "contracts_csv: Enter a '#/contracts_csv'."
    ]


def test_what_is_missing_on_the_command_line_is_told(ecf: Any, tmp_path: Path) -> None:
    told = ecf("cohort", "create", "--cohort-csv", str(FOLDERS[2024] / "cohort.csv"))
    assert told.exit_code == 2
    assert "Missing argument 'DIRECTORY', or else --cohort-lead-providers-csv," in told.stderr
    nowhere = tmp_path / "nowhere"
    assert ecf.refused("cohort", "create", str(nowhere)) == [
        f"{nowhere}: there is no such directory"
    ]
    nowhere.write_text("")
    assert ecf.refused("cohort", "create", str(nowhere)) == [
        f"{nowhere}: is a file, not a directory"
    ]


def _as_others_write_it(file: Path) -> None:
    """With a byte order mark, CRLF, blank lines and blanks around every cell."""
    rows = file.read_text(encoding="utf-8").splitlines()
    spaced = [",".join(f" {cell} " for cell in row.split(",")) for row in rows]
    blank = "," * rows[0].count(",")
    file.write_bytes(("\ufeff" + "\r\n\r\n".join([*spaced, blank, " ", ""])).encode())


@pytest.mark.parametrize("year", [2024, 2025])
def test_files_may_come_from_a_spreadsheet(ecf: Any, tmp_path: Path, year: int) -> None:
    opened(ecf, year)
    folder = a_copy(year, tmp_path)
    edit(folder, "cohort.csv", f"{year}-09-01", f"{year}/9/1")
    edit(
        folder,
        "cohort.csv",
        "false" if year == 2024 else "true",
        "FALSE" if year == 2024 else "True",
    )
    for file in folder.glob("*.csv"):
        _as_others_write_it(file)
    plan = ecf.json("cohort", "create", str(folder))["plan"]
    assert {step["action"] for step in plan} == {"unchanged"}
