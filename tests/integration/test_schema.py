from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from ecf_adapters.sql import schema
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.tables import metadata
from ecf_core.errors import Refused


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
