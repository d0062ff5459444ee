"""Lists can be read from a copy of the database."""

from attrs import evolve

from ecf_adapters.container import Container, close
from ecf_http.app import create_app
from tests.integration.conftest import NewDatabase
from tests.integration.http.calling import calling
from tests.integration.http.conftest import lists_of
from tests.integration.http.world import PARTNERSHIPS, World


def test_lists_are_read_from_the_copy_and_single_things_are_not(
    world: World, new_database: NewDatabase
) -> None:
    """The copy of this test has nothing yet: it lags behind as far as can be."""
    formed = world.formed()
    kind = world.container.engine().dialect.name
    copy = new_database(kind)
    container = Container(settings=evolve(world.container.settings(), replica_url=copy))
    app = create_app(
        container.use_cases(),
        container.queries(),
        lists=lists_of(container),
        clock=world.clock,
        check_database=container.schema().check,
    )
    key = world.authorization()
    with calling(app) as client:
        assert client.get(PARTNERSHIPS, headers=key).json() == {"data": []}
        shown = client.get(f"{PARTNERSHIPS}/{formed['id']}", headers=key)
        assert shown.json()["data"]["id"] == formed["id"]
    close(container)
