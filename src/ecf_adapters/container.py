"""The composition root: which adapters the settings ask for."""

from dependency_injector import containers, providers

from ecf_adapters.settings import Settings
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.leases import SqlLeases
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.storage import SqlStorage
from ecf_adapters.system import SandboxClock, SystemClock, random_id, random_secret
from ecf_core.ports.clock import Clock
from ecf_core.queries import Queries
from ecf_core.use_cases import UseCases


def _clock(settings: Settings) -> Clock:
    return SandboxClock(settings.now) if settings.sandbox else SystemClock()


class Container(containers.DeclarativeContainer):
    """Everything, over an SQL database."""

    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Provider[Clock] = providers.ThreadSafeSingleton(_clock, settings)
    engine = providers.ThreadSafeSingleton(connect_to, settings.provided.database_url)
    schema = providers.ThreadSafeSingleton(Schema, engine)
    storage = providers.ThreadSafeSingleton(SqlStorage, engine)
    queries: providers.Provider[Queries] = providers.ThreadSafeSingleton(sql_queries, engine)
    leases = providers.ThreadSafeSingleton(SqlLeases, engine)
    use_cases: providers.Provider[UseCases] = providers.ThreadSafeSingleton(
        UseCases.over,
        begin=storage.provided.begin,
        look=storage.provided.look,
        clock=clock,
        new_id=providers.Object(random_id),
        new_secret=providers.Object(random_secret),
        rules=settings.provided.rules,
    )
