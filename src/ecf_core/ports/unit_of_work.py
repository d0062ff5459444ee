from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from ecf_core.events import Event
from ecf_core.model.actor import Actor
from ecf_core.ports.answers import Answers
from ecf_core.ports.cohorts import Cohorts
from ecf_core.ports.facts import Facts
from ecf_core.ports.participants import AppropriateBodies, Participants
from ecf_core.ports.partnerships import Partnerships, SchoolCohorts
from ecf_core.ports.providers import Providers
from ecf_core.ports.schools import Schools
from ecf_core.ports.tokens import Tokens


class UnitOfWork(Protocol):
    """A transaction: everything done in it happens at its commit, or not at all.

    What ``facts`` says of a school, its standing in a cohort, a provider relationship and a
    participant's history still holds at the commit: another who would change it waits, or one of
    the two gets :class:`~ecf_core.errors.StaleWrite`. Whoever enrols, transfers or moves
    participants of a school cohort changes its standing: those in it are part of that.
    """

    @property
    def facts(self) -> Facts: ...
    @property
    def cohorts(self) -> Cohorts: ...
    @property
    def providers(self) -> Providers: ...
    @property
    def schools(self) -> Schools: ...
    @property
    def school_cohorts(self) -> SchoolCohorts: ...
    @property
    def partnerships(self) -> Partnerships: ...
    @property
    def appropriate_bodies(self) -> AppropriateBodies: ...
    @property
    def participants(self) -> Participants: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def answers(self) -> Answers: ...

    def record(self, *events: Event, by: Actor, at: datetime) -> None:
        """Writes what happened, with who and when."""
        ...

    def commit(self) -> None:
        """Makes it so. Raises :class:`~ecf_core.errors.StaleWrite` if someone was faster."""
        ...


Begin = Callable[[], AbstractContextManager[UnitOfWork]]
"""Begins a unit of work; left without a commit, it changes nothing."""
