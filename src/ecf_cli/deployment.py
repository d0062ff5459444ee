"""What every command works on: the database and the rules that the settings name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property, wraps
from getpass import getuser
from typing import Concatenate, ParamSpec

import click
from attrs import define
from sqlalchemy.exc import ArgumentError

from ecf_adapters.container import Container, close
from ecf_adapters.settings import DATABASE_URL, Settings, WrongSettings, read_settings
from ecf_cli.output import Output
from ecf_core.errors import Refused
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.ports.facts import Look
from ecf_core.queries import Queries
from ecf_core.use_cases import UseCases

P = ParamSpec("P")


@define(slots=False)
class Deployment:
    """A deployment, opened when a command first needs it."""

    environment: Mapping[str, str]
    output: Output

    @cached_property
    def settings(self) -> Settings:
        return read_settings(self.environment)

    @cached_property
    def _container(self) -> Container:
        container = Container(settings=self.settings)
        try:
            container.engine()
        except (ArgumentError, ImportError) as error:
            raise WrongSettings(
                {DATABASE_URL: f"has a driver that is not here: {error}"}
            ) from error
        return container

    @cached_property
    def _current(self) -> Container:
        self._container.schema().check()
        return self._container

    @property
    def use_cases(self) -> UseCases:
        return self._current.use_cases()

    @property
    def queries(self) -> Queries:
        return self._current.queries()

    @property
    def look(self) -> Look:
        return self._current.storage().look

    def check_read_tables(self) -> None:
        """Raises :class:`~ecf_core.errors.Refused` where they are not what the model says."""
        self._current.read_tables().check()

    def rebuild_read_tables(self) -> None:
        """Writes them anew."""
        self._current.read_tables().rebuild()

    @property
    def now(self) -> datetime:
        """The instant at which the commands act."""
        return self._current.clock().now()

    @property
    def administrator(self) -> Actor:
        """Whoever is logged in at this machine."""
        try:
            return Actor(ActorKind.ADMINISTRATOR, getuser())
        except (ImportError, KeyError, OSError):
            return Actor(ActorKind.ADMINISTRATOR, "unknown")

    def upgrade(self) -> bool:
        """Creates or migrates the tables; says whether there was anything to do."""
        schema = self._container.schema()
        try:
            schema.check()
        except Refused as refused:
            if any(violation.code != "schema_not_current" for violation in refused.violations):
                raise
        return schema.upgrade()

    def prepare(self) -> None:
        """An SQLite database is created or migrated as needed; another is only looked at."""
        if self.settings.database_url.startswith("sqlite"):
            self.upgrade()
        self._container.schema().check()

    def close(self) -> None:
        """Lets go of the database."""
        if "_container" in self.__dict__:
            close(self._container)


def pass_deployment(
    command: Callable[Concatenate[Deployment, P], None],
) -> Callable[P, None]:
    """Gives a command the deployment; wrong settings stop it before it starts."""

    @wraps(command)
    def start(*args: P.args, **options: P.kwargs) -> None:
        deployment = click.get_current_context().find_object(Deployment)
        if deployment is None:
            raise AssertionError(command)
        _ = deployment.settings
        command(deployment, *args, **options)

    return start
