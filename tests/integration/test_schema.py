from collections.abc import Mapping
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from ecf_adapters.sql import schema
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.tables import metadata
from ecf_core.errors import Refused
from tests.integration.conftest import NewDatabase


def test_the_migrations_make_the_tables_that_the_code_describes(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_the_database_admits_one_current_partnership_per_school_and_cohort(engine: Engine) -> None:
    """Autogenerate does not compare what a partial index is restricted to; this does."""
    indexes = {
        index["name"]: str(
            index.get("dialect_options", {}).get("sqlite_where")
            if engine.dialect.name == "sqlite"
            else index.get("dialect_options", {}).get("postgresql_where")
        )
        for index in inspect(engine).get_indexes("partnerships")
    }
    restricted = indexes["uq_partnerships_one_current_per_school_and_cohort"].lower()
    assert "challenged_at is null" in restricted
    assert "relationship" in restricted


def test_what_the_database_makes_of_a_row_is_made_as_the_code_says(
    engine: Engine, new_database: NewDatabase
) -> None:
    """Autogenerate does not compare that either."""
    said = connect_to(new_database(engine.dialect.name))
    with said.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    for table in ("read_partnerships", "read_schools"):
        made, should_be = (
            [c.get("computed") for c in inspect(each).get_columns(table)] for each in (engine, said)
        )
        assert made[-1] is not None
        assert made == should_be
    said.dispose()


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    assert Schema(engine).upgrade() is False
    Schema(engine).check()


def test_a_migrations_file_is_named_by_the_version_that_it_leads_to() -> None:
    scripts = ScriptDirectory(str(Path(schema.__file__).parent / "migrations"))
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(schema.VERSIONS)


def test_a_database_that_is_empty_or_of_another_version_is_not_used(
    engine: Engine, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.db"
    with pytest.raises(Refused, match="ecf db upgrade"):
        Schema(connect_to(f"sqlite:///{missing}")).check()
    assert not missing.exists()
    for version, told in (("0001_partnerships", "ecf db upgrade"), ("9999_later", "newer version")):
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :version"), {"version": version}
            )
        with pytest.raises(Refused, match=told):
            Schema(engine).check()
    with pytest.raises(Refused, match="newer version"):
        Schema(engine).upgrade()


def migrate(engine: Engine, version: str) -> None:
    """Makes the tables as they were at a version."""
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.commit()


def test_a_database_of_the_first_version_is_migrated_with_what_is_in_it(
    tmp_path: Path,
) -> None:
    engine = connect_to(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, schema.VERSIONS[0])
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO lead_providers (id, name, created_at, updated_at)"
                " VALUES ('00', 'Ambition', '2024-01-01 00:00:00', '2024-01-01 00:00:00')"
            )
        )
    assert Schema(engine).upgrade() is True
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM lead_providers")) == "Ambition"
    engine.dispose()


def test_participants_of_an_older_database_are_kept_and_their_records_with_them(
    tmp_path: Path,
) -> None:
    engine = connect_to(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, "0006_induction")
    of_school = {"school_id": "aa" * 16, "cohort": 2024}
    with engine.begin() as connection:
        for table, values in (
            ("schools", {"id": "aa" * 16}),
            ("cohorts", {"start_year": 2024}),
            ("school_cohorts", {**of_school, "choice": "school_led"}),
            (
                "induction_programmes",
                {**of_school, "id": "bb" * 16, "training_programme": "school_led"},
            ),
            ("participants", {"id": "cc" * 16}),
            (
                "training_records",
                {"id": "dd" * 16, "participant_id": "cc" * 16, "type": "ect"},
            ),
            (
                "induction_records",
                {
                    "id": "ee" * 16,
                    "training_record_id": "dd" * 16,
                    "programme_id": "bb" * 16,
                    "induction_status": "active",
                    "training_status": "active",
                },
            ),
        ):
            insert(connection, table, values)
    assert Schema(engine).upgrade() is True
    with engine.connect() as connection:
        kept = "SELECT participant_id, type, trn_validated FROM training_records"
        assert connection.execute(text(kept)).all() == [("cc" * 16, "ect", 0)]
        assert connection.scalar(text("SELECT count(*) FROM induction_records")) == 1
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), engine.begin() as connection:
        insert(connection, "training_records", {"participant_id": "99" * 16, "type": "ect"})
    engine.dispose()


def insert(connection: Connection, table: str, values: Mapping[str, object]) -> None:
    """A row with something in every column that must have it."""
    fillers = {"DATETIME": "2024-01-01 00:00:00", "BOOLEAN": 0, "INTEGER": 1, "SMALLINT": 1}
    row: dict[str, object] = {
        column["name"]: fillers.get(str(column["type"]), "77" * 16)
        for column in inspect(connection).get_columns(table)
        if not column["nullable"]
    }
    row |= values
    named = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({named})"), row)  # noqa: S608 - the test's own
