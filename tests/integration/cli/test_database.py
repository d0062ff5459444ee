from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, select, text

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.tables import cohorts, read_schools, schools
from ecf_core.testing.examples import GREENDALE_ID, NOW
from tests.integration.cli.conftest import Ecf
from tests.integration.test_schema import migrate


def spoil(database_url: str, statement: str) -> None:
    engine = connect_to(database_url)
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM read_schools WHERE cohort = 2024", "2 rows that should be there are not"),
        ("UPDATE read_schools SET name = 'Other' WHERE urn = '100000'", "and 2 are there that"),
        ("UPDATE schools SET name = 'Other'", "4 rows that should be there are not, and 4 are"),
    ],
)
def test_read_tables_that_are_wrong_are_found_and_written_anew(
    world: Any, statement: str, told: str
) -> None:
    assert world.json("db", "check") == {"rebuilt": False}
    spoil(world.database_url, statement)
    [line] = world.refused("db", "check")
    assert line.startswith("read_schools: ")
    assert told in line
    assert line.endswith("Run: ecf db check --rebuild")
    assert world.json("db", "check", "--rebuild") == {"rebuilt": True}
    assert world.json("db", "check") == {"rebuilt": False}


def test_a_database_from_before_there_were_read_tables_is_given_them(tmp_path: Path) -> None:
    ecf = Ecf(f"sqlite:///{tmp_path / 'old.db'}")
    engine = connect_to(ecf.database_url)
    migrate(engine, "0003_lists")
    text_of = {c.name: "" for c in schools.c if isinstance(c.type, String) and not c.nullable}
    codes = {"type_code": 1, "status_code": 1, "section_41_approved": False}
    flags = {"mentor_funding": False, "detailed_evidence_types": False}
    moments = {"created_at": NOW, "updated_at": NOW}
    school = {"id": GREENDALE_ID, "eligible": True, "cip_only": False, **codes, **moments}
    with engine.begin() as connection:
        connection.execute(schools.insert(), {**text_of, **school, "urn": "100000"})
        connection.execute(cohorts.insert(), {"start_year": 2024, **flags, **moments})
    assert ecf.json("db", "upgrade") == {"upgraded": True}
    assert ecf.json("db", "check") == {"rebuilt": False}
    with engine.connect() as connection:
        assert connection.execute(select(read_schools.c.urn)).scalars().all() == ["100000"]
    engine.dispose()
