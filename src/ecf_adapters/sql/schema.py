"""The schema of the database: what it is at, and how it gets to where it should be."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from attrs import frozen
from sqlalchemy import Engine

from ecf_core.errors import Refused, Violation

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


@frozen
class Schema:
    """The tables of one database."""

    _engine: Engine

    def upgrade(self) -> bool:
        """Creates or migrates the tables; says whether there was anything to do."""
        if self._version() == self._newest():
            return False
        config = _config()
        with self._engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return True

    def check(self) -> None:
        """Raises :class:`~ecf_core.errors.Refused` where the tables are not what they should be."""
        version, newest = self._version(), self._newest()
        if version == newest:
            return
        known = {
            script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
        }
        if version is None or version in known:
            state = "is empty" if version is None else "has an older schema"
            raise Refused(
                Violation(
                    "database", "schema_not_current", f"The database {state}. Run: ecf db upgrade"
                )
            )
        raise Refused(
            Violation(
                "database",
                "schema_not_known",
                "The database was migrated by a newer version of ecf. Install that one.",
            )
        )

    def _version(self) -> str | None:
        file = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and file and not Path(file).exists():
            return None  # looking would make an empty one
        with self._engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def _newest(self) -> str | None:
        return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
