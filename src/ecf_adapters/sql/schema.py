"""The schema of the database: what it is at, and how it gets to where it should be."""

from pathlib import Path
from typing import Final

from attrs import frozen
from sqlalchemy import Connection, Engine, func, inspect, select, text

from ecf_adapters.sql.engine import connected_to_write
from ecf_adapters.sql.read_tables import rebuild
from ecf_core.errors import Refused, Violation

_MIGRATIONS: Final = Path(__file__).parent / "migrations"

_MIGRATING: Final = 0xECF

VERSIONS: Final = tuple(sorted(file.stem for file in (_MIGRATIONS / "versions").glob("0*.py")))
"""The versions of the schema, oldest first: a migration's file is named by what it leads to."""


@frozen
class Schema:
    """The tables of one database."""

    _engine: Engine

    def upgrade(self) -> bool:
        """Creates or migrates the tables; says whether there was anything to do.

        Raises :class:`~ecf_core.errors.Refused` for a database of a newer version.
        """
        version = self._version()
        if version == VERSIONS[-1]:
            return False
        self._refuse_newer(version)
        # Alembic takes a third of a second to import, and only migrations need it.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        with connected_to_write(self._engine) as connection:
            if connection.dialect.name == "postgresql":
                # Servers that start together migrate one after the other, however long that takes;
                # the last finds it done.
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
            else:
                _let_tables_be_made_anew(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            rebuild(connection)
            _refuse_loose_ends(connection)
            connection.commit()
        return True

    def check(self) -> None:
        """Raises :class:`~ecf_core.errors.Refused` where the tables are not what they should be."""
        version = self._version()
        if version == VERSIONS[-1]:
            return
        self._refuse_newer(version)
        state = "is empty" if version is None else "has an older schema"
        named = self._engine.url.render_as_string(hide_password=True)
        raise Refused(
            Violation(
                "database",
                "schema_not_current",
                f"The database {named} {state}. Run: ecf db upgrade",
            )
        )

    def _refuse_newer(self, version: str | None) -> None:
        if version is not None and version not in VERSIONS:
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
            if not inspect(connection).has_table("alembic_version"):
                return None
            version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return version


def _let_tables_be_made_anew(connection: Connection) -> None:
    """SQLite changes a constraint by making its table anew, with which foreign keys interfere.

    They cannot be turned off in a transaction; the connection is closed when it is given back.
    """
    connection.detach()
    connection.connection.execute("PRAGMA foreign_keys = OFF")


def _refuse_loose_ends(connection: Connection) -> None:
    """What foreign keys would have refused meanwhile."""
    if connection.dialect.name == "sqlite":
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if loose:
            msg = f"the migration would leave a row of {loose[0]} without what it refers to"
            raise AssertionError(msg)
