from pathlib import Path

from ecf_adapters.container import Container, close
from ecf_adapters.settings import Settings
from ecf_core.rules.profile import DOCUMENTED
from ecf_http.app import create_app
from tests.integration.http.calling import calling
from tests.integration.http.world import PARTNERSHIPS, World


def test_a_server_over_a_migrated_database_is_alive_and_ready(settled: World) -> None:
    for path in ("/healthz", "/readyz"):
        response = settled.client.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_server_over_an_empty_database_is_alive_and_not_ready(tmp_path: Path) -> None:
    assert_not_ready(f"sqlite:///{tmp_path}/empty.db")


def test_a_server_without_a_database_is_alive_and_not_ready(tmp_path: Path) -> None:
    assert_not_ready(f"sqlite:///{tmp_path}/nowhere/ecf.db")
    assert_not_ready("postgresql+psycopg://nobody@127.0.0.1:1/nothing")


def test_a_server_over_an_unknown_schema_is_not_ready(world: World) -> None:
    with world.container.engine().begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'future'")
    response = world.client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable"})


def assert_not_ready(database_url: str) -> None:
    settings = Settings(
        database_url=database_url, rules=DOCUMENTED, sandbox=False, now=None, rate_limit=None
    )
    container = Container(settings=settings)
    app = create_app(
        container.use_cases(),
        container.queries(),
        clock=container.clock(),
        check_database=container.schema().check,
    )
    with calling(app) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()) == (503, {"status": "unavailable"})
        answer = client.get(PARTNERSHIPS, headers={"Authorization": "Bearer x"})
        assert (answer.status_code, answer.json()) == (503, {"error": "Service unavailable"})
    close(container)
