from typing import Any

import pytest
from sqlalchemy import text

from ecf_adapters.sql.engine import connect_to


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


def test_an_upgraded_database_has_its_read_tables(world: Any) -> None:
    spoil(world.database_url, "UPDATE alembic_version SET version_num = '0003_lists'")
    for table in ("read_schools", "read_partnerships"):
        engine = connect_to(world.database_url)
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE {table}"))
        engine.dispose()
    assert world.json("db", "upgrade") == {"upgraded": True}
    assert world.json("db", "check") == {"rebuilt": False}
