from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect

from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.tables import metadata


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
