from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from uuid import uuid4

import pytest
from dependency_injector import providers
from sqlalchemy import URL

from ecf_adapters.container import Container, close
from ecf_adapters.settings import Settings
from ecf_core.rules.profile import DOCUMENTED, RuleProfile
from ecf_core.testing.examples import ADMINISTRATOR, LEAD_PROVIDERS, furnish
from ecf_core.testing.fakes import SettableClock
from ecf_http.app import create_app
from ecf_http.lists import Lists
from tests.integration.conftest import DATABASES, _execute, _url
from tests.integration.http.calling import calling
from tests.integration.http.world import World


@contextmanager
def container_over(database_url: str, rules: RuleProfile) -> Iterator[Container]:
    """Everything over a furnished database; the clock stands still."""
    settings = Settings(
        database_url=database_url, rules=rules, sandbox=False, now=None, rate_limit=None
    )
    container = Container(settings=settings)
    container.clock.override(providers.Object(SettableClock()))
    furnish(container.storage().begin)
    yield container
    close(container)


def lists_of(container: Container) -> Lists:
    return Lists(
        partnership_list=container.partnership_list(),
        school_list=container.school_list(),
        participant_list=container.participant_list(),
    )


@contextmanager
def world_over(container: Container) -> Iterator[World]:
    """Every lead provider has a token, and Greendale has chosen provider-led for 2024."""
    use_cases, clock = container.use_cases(), container.clock()
    assert isinstance(clock, SettableClock)
    app = create_app(
        use_cases,
        container.queries(),
        lists=lists_of(container),
        clock=clock,
        check_database=container.schema().check,
    )
    tokens = {
        party.name: use_cases.issue_token(party.id, expires=None, by=ADMINISTRATOR).secret
        for party in LEAD_PROVIDERS
    }
    with calling(app) as client:
        world = World(container, client, clock, tokens)
        world.confirm()
        yield world


@pytest.fixture
def rules(request: pytest.FixtureRequest) -> RuleProfile:
    """The guide's, unless a test asks for others."""
    return getattr(request, "param", DOCUMENTED)


@pytest.fixture
def container(database_url: str, rules: RuleProfile) -> Iterator[Container]:
    with container_over(database_url, rules) as container:
        yield container


@pytest.fixture
def world(container: Container) -> Iterator[World]:
    with world_over(container) as world:
        yield world


@pytest.fixture(scope="module", params=DATABASES)
def settled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A world for all of a module's tests, since none of them changes anything in it.

    Purple Learning has a partnership with Greendale for 2024, or what the module's ``settle`` says.
    """
    with (
        _database(request, tmp_path_factory.mktemp("settled")) as url,
        container_over(url, DOCUMENTED) as container,
        world_over(container) as world,
    ):
        getattr(request.module, "settle", World.formed)(world)
        before = world.stored()
        yield world
        assert world.stored() == before


@contextmanager
def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{copy(template, folder / 'settled.db')}"
        return
    server: URL = request.getfixturevalue("postgres_server")
    migrated: URL = request.getfixturevalue("postgres_template")
    name = f"ecf_{uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE {migrated.database}")
    yield _url(migrated.set(database=name))
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")
