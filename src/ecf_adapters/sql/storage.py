from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from attrs import field, frozen
from sqlalchemy import Connection, Engine

from ecf_adapters.event_payloads import payload
from ecf_adapters.sql.answers import SqlAnswers
from ecf_adapters.sql.cohorts import SqlCohorts
from ecf_adapters.sql.engine import SEND_FIRST, connected_to_write
from ecf_adapters.sql.facts import SqlFacts
from ecf_adapters.sql.participants import SqlAppropriateBodies, SqlParticipants
from ecf_adapters.sql.partnerships import SqlPartnerships, SqlSchoolCohorts
from ecf_adapters.sql.prepared import Prepared
from ecf_adapters.sql.providers import SqlProviders
from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.schools import SqlSchools
from ecf_adapters.sql.tables import events
from ecf_adapters.sql.tokens import SqlTokens
from ecf_adapters.sql.writes import Writes, given
from ecf_core.events import Event, subject_id
from ecf_core.model.actor import Actor

_RECORDED: Final = Prepared(
    events.insert()
    .values(given(*(column for column in events.c if column is not events.c.id)))
    .returning(events.c.id)
)


@frozen
class SqlUnitOfWork:
    """A transaction on one connection."""

    _connection: Connection
    _writes: Writes
    _touched: Touched = field(init=False, factory=Touched)
    facts: SqlFacts = field(init=False)
    cohorts: SqlCohorts = field(init=False)
    providers: SqlProviders = field(init=False)
    schools: SqlSchools = field(init=False)
    school_cohorts: SqlSchoolCohorts = field(init=False)
    partnerships: SqlPartnerships = field(init=False)
    appropriate_bodies: SqlAppropriateBodies = field(init=False)
    participants: SqlParticipants = field(init=False)
    tokens: SqlTokens = field(init=False)
    answers: SqlAnswers = field(init=False)

    @facts.default
    def _facts(self) -> SqlFacts:
        return SqlFacts(self._connection, locks=True)

    @cohorts.default
    def _cohorts(self) -> SqlCohorts:
        return SqlCohorts(self._connection, self._touched)

    @providers.default
    def _providers(self) -> SqlProviders:
        return SqlProviders(self._connection, self._touched, locks=True)

    @schools.default
    def _schools(self) -> SqlSchools:
        return SqlSchools(self._connection, self._touched)

    @school_cohorts.default
    def _school_cohorts(self) -> SqlSchoolCohorts:
        return SqlSchoolCohorts(self._connection, self._writes, self._touched)

    @partnerships.default
    def _partnerships(self) -> SqlPartnerships:
        return SqlPartnerships(self._connection, self._writes, self._touched)

    @appropriate_bodies.default
    def _appropriate_bodies(self) -> SqlAppropriateBodies:
        return SqlAppropriateBodies(self._connection)

    @participants.default
    def _participants(self) -> SqlParticipants:
        return SqlParticipants(self._connection, self._touched)

    @tokens.default
    def _tokens(self) -> SqlTokens:
        return SqlTokens(self._connection)

    @answers.default
    def _answers(self) -> SqlAnswers:
        return SqlAnswers(self._connection)

    def record(self, *happened: Event, by: Actor, at: datetime) -> None:
        rows = [
            {
                "name": event.name,
                "version": event.version,
                "happened_at": at,
                "actor": str(by),
                "subject_id": subject_id(event),
                "payload": payload(event),
            }
            for event in happened
        ]
        if len(rows) == 1:
            self._writes.add(_RECORDED, rows[0])
        else:
            self._connection.execute(events.insert(), rows)

    def commit(self) -> None:
        self._writes.send()
        self._touched.write(self._connection, self._writes)
        self._connection.commit()


@frozen
class SqlStorage:
    """Units of work and looks at the facts, in SQLite or PostgreSQL."""

    _engine: Engine

    @contextmanager
    def begin(self) -> Iterator[SqlUnitOfWork]:
        with connected_to_write(self._engine) as connection:
            writes = Writes(connection)
            connection.execution_options(**{SEND_FIRST: writes.send})
            yield SqlUnitOfWork(connection, writes)

    @contextmanager
    def look(self) -> Iterator[SqlFacts]:
        with self._engine.connect() as connection:
            yield SqlFacts(connection, locks=False)
