from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from attrs import define, field

from ecf_adapters.memory.answers import MemoryAnswers
from ecf_adapters.memory.cohorts import MemoryCohorts
from ecf_adapters.memory.facts import MemoryFacts
from ecf_adapters.memory.participants import MemoryAppropriateBodies, MemoryParticipants
from ecf_adapters.memory.partnerships import MemoryPartnerships, MemorySchoolCohorts
from ecf_adapters.memory.providers import MemoryProviders
from ecf_adapters.memory.schools import MemorySchools
from ecf_adapters.memory.state import Happened, State
from ecf_adapters.memory.tokens import MemoryTokens
from ecf_core.events import Event
from ecf_core.model.actor import Actor


@define
class MemoryUnitOfWork:
    """Works on a copy, which takes the place of the original at the commit."""

    _storage: "MemoryStorage"
    _state: State
    facts: MemoryFacts
    cohorts: MemoryCohorts
    providers: MemoryProviders
    schools: MemorySchools
    school_cohorts: MemorySchoolCohorts
    partnerships: MemoryPartnerships
    appropriate_bodies: MemoryAppropriateBodies
    participants: MemoryParticipants
    tokens: MemoryTokens
    answers: MemoryAnswers

    def record(self, *events: Event, by: Actor, at: datetime) -> None:
        self._state.events += tuple(Happened(event, at, str(by)) for event in events)

    def commit(self) -> None:
        after = self._state.copy()
        self._storage.keep(self._storage.state, after)
        self._storage.state = after


def _nothing(before: State, after: State) -> None:
    """Nobody keeps what is in memory alone."""


@define
class MemoryStorage:
    """Keeps everything in the process: for tests, and for trying the library out.

    One unit of work at a time, as in SQLite; looks see what was committed last. ``keep`` is called
    with the state before and after each unit of work, before anyone sees it: what raises there
    undoes the unit of work.
    """

    state: State = field(factory=State)
    keep: Callable[[State, State], None] = _nothing
    _one_writer: Lock = field(factory=Lock)

    @contextmanager
    def begin(self) -> Iterator[MemoryUnitOfWork]:
        with self._one_writer:
            state = self.state.copy()
            yield MemoryUnitOfWork(
                storage=self,
                state=state,
                facts=MemoryFacts(state),
                cohorts=MemoryCohorts(state),
                providers=MemoryProviders(state),
                schools=MemorySchools(state),
                school_cohorts=MemorySchoolCohorts(state),
                partnerships=MemoryPartnerships(state),
                appropriate_bodies=MemoryAppropriateBodies(state),
                participants=MemoryParticipants(state),
                tokens=MemoryTokens(state),
                answers=MemoryAnswers(state),
            )

    @contextmanager
    def look(self) -> Iterator[MemoryFacts]:
        yield MemoryFacts(self.state)
