"""The composition root: which adapters the settings ask for."""

from typing import Final

from dependency_injector import containers, providers
from sqlalchemy import Engine

from ecf_adapters.settings import Settings
from ecf_adapters.sql.engine import connect_to, connect_to_read
from ecf_adapters.sql.leases import SqlLeases
from ecf_adapters.sql.lists import SqlPartnershipList, SqlSchoolList
from ecf_adapters.sql.participant_lists import SqlParticipantList
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.read_tables import ReadTables
from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.storage import SqlStorage
from ecf_adapters.system import SandboxClock, SystemClock, random_id, random_secret
from ecf_core.ports.clock import Clock
from ecf_core.queries import Queries
from ecf_core.use_cases import UseCases

_LEASED_WITHIN_SECONDS: Final = 2
"""Every request may have to wait for a lease; where it is not had by then, nothing is to be had."""


def _clock(settings: Settings) -> Clock:
    return SandboxClock(settings.now) if settings.sandbox else SystemClock()


def _replica(settings: Settings, reading: Engine) -> Engine:
    """Where the lists are read: the database itself, unless there is a copy for that."""
    return connect_to_read(settings.replica_url) if settings.replica_url else reading


def close(container: "Container") -> None:
    """Lets go of the databases."""
    for engine in (
        container.engine(),
        container.reading(),
        container.replica(),
        container.leasing(),
    ):
        engine.dispose()


class Container(containers.DeclarativeContainer):
    """Everything, over an SQL database."""

    settings = providers.Dependency(instance_of=Settings)
    clock: providers.Provider[Clock] = providers.ThreadSafeSingleton(_clock, settings)
    engine = providers.ThreadSafeSingleton(connect_to, settings.provided.database_url)
    schema = providers.ThreadSafeSingleton(Schema, engine)
    reading = providers.ThreadSafeSingleton(connect_to_read, settings.provided.database_url)
    replica = providers.ThreadSafeSingleton(_replica, settings, reading)
    partnership_list = providers.ThreadSafeSingleton(SqlPartnershipList, replica)
    school_list = providers.ThreadSafeSingleton(SqlSchoolList, replica)
    participant_list = providers.ThreadSafeSingleton(SqlParticipantList, replica)
    read_tables = providers.ThreadSafeSingleton(ReadTables, engine)
    storage = providers.ThreadSafeSingleton(SqlStorage, engine)
    queries: providers.Provider[Queries] = providers.ThreadSafeSingleton(
        sql_queries, engine, reading
    )
    leasing = providers.ThreadSafeSingleton(
        connect_to, settings.provided.database_url, lock_wait=_LEASED_WITHIN_SECONDS
    )
    leases = providers.ThreadSafeSingleton(SqlLeases, leasing)
    use_cases: providers.Provider[UseCases] = providers.ThreadSafeSingleton(
        UseCases.over,
        begin=storage.provided.begin,
        look=storage.provided.look,
        clock=clock,
        new_id=providers.Object(random_id),
        new_secret=providers.Object(random_secret),
        rules=settings.provided.rules,
    )
