"""Participants in sets: as many statements for many as for one, all of them moved or none."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import dedent
from uuid import uuid4

import pytest
from attrs import evolve
from sqlalchemy import Engine, event, inspect, text

from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.model.participant import ParticipantType
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.migrating_participants import Move
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_THIRD_PROGRAMME,
    ANOTHER_PROGRAMME,
    prepare,
)
from ecf_core.testing.contracts.moves import every_record
from ecf_core.testing.contracts.partnerships import A_PROGRAMME
from ecf_core.testing.contracts.racing import PROVIDER_LED, use_cases_over
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    NOW,
    ORANGE_INSTITUTE,
    a_request,
    furnish,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases.import_participants import EnrolmentRow

DIES = dedent(
    """
    import os
    import signal
    import sys

    from sqlalchemy import event

    from ecf_adapters.sql.engine import connect_to
    from ecf_adapters.sql.storage import SqlStorage
    from ecf_core.testing.contracts.racing import use_cases_over
    from ecf_core.testing.examples import *

    engine = connect_to(sys.argv[1])

    @event.listens_for(engine, "after_cursor_execute")
    def die(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)

    use_cases_over(SqlStorage(engine)).create_partnership(
        a_request(lead_provider=ORANGE_INSTITUTE), by=ADMINISTRATOR
    )
    """
)


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is sent to the database meanwhile; many rows of one statement count once."""
    sent: list[str] = []

    def note(*given: object) -> None:
        statement = str(given[2])
        if not statement.startswith("BEGIN"):  # it is the driver's own for PostgreSQL
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _enrolments(number: int) -> list[EnrolmentRow]:
    """A mentor, and those whom the mentor supports."""
    mentor = an_enrolment("Mo Mentor", type_=ParticipantType.MENTOR)
    supported = (
        evolve(an_enrolment(f"Teacher {each}"), mentor_email=mentor.email)
        for each in range(1, number)
    )
    return [
        EnrolmentRow(line=line, request=request)
        for line, request in enumerate((mentor, *supported), start=2)
    ]


def _waiting(storage: SqlStorage, number: int) -> None:
    """A school whose partnership is challenged, and those who wait there."""
    furnish(storage.begin)
    furnish_for_participants(storage.begin)
    do = use_cases_over(storage)
    do.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)
    made = do.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    loaded = do.import_participants(_enrolments(number), by=ADMINISTRATOR)
    assert loaded.created == number
    challenge = ChallengeRequest(partnership_id=made.id, reason="mistake")
    do.challenge_partnership(challenge, by=ADMINISTRATOR)


def test_a_move_is_seven_statements_at_most(engine: Engine) -> None:
    """One of them touches the mentors of those who move."""
    storage = SqlStorage(engine)
    furnish(storage.begin)
    prepare(storage)
    move = Move(from_programmes=(A_PROGRAMME.id,), to_programme=A_THIRD_PROGRAMME.id)
    nobody = Move(from_programmes=(ANOTHER_PROGRAMME.id,), to_programme=A_PROGRAMME.id)
    everyone = [each for each in every_record() if each.record.programme_id == A_PROGRAMME.id]
    with storage.begin() as work:
        work.participants.enrol([A_MENTOR, *everyone])
        with statements(engine) as sent:
            assert work.participants.move(move, at=NOW, batch=uuid4()) > 5
        assert len(sent) == 7
        with statements(engine) as sent:
            assert work.participants.move(nobody, at=NOW, batch=uuid4()) == 0
        assert len(sent) == 4


def test_many_are_enrolled_in_as_many_statements_as_one(engine: Engine) -> None:
    storage = SqlStorage(engine)
    furnish(storage.begin)
    furnish_for_participants(storage.begin)
    do = use_cases_over(storage)
    do.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)
    mentor = an_enrolment("One Mentor", type_=ParticipantType.MENTOR)
    mentor_id = do.enrol_participant(mentor, by=ADMINISTRATOR).person.id
    one = evolve(an_enrolment("One Teacher"), mentor_id=mentor_id)
    with statements(engine) as for_one:
        do.enrol_participant(one, by=ADMINISTRATOR)
    with statements(engine) as for_many:
        assert do.import_participants(_enrolments(300), by=ADMINISTRATOR).created == 300
    assert len(for_many) == len(for_one)


def test_participants_are_listed_in_one_statement(engine: Engine) -> None:
    storage, queries = SqlStorage(engine), sql_queries(engine)
    _waiting(storage, 3)
    for wanted in (
        ParticipantsFilter(),
        ParticipantsFilter(urn=GREENDALE.urn, cohort=2024),
        ParticipantsFilter(lead_provider_id=ORANGE_INSTITUTE.id),
    ):
        with statements(engine) as sent:
            queries.participants.all(wanted)
        assert len(sent) == 1


@pytest.mark.parametrize(
    "moment", ["UPDATE induction_records", "INSERT INTO induction_records", "INSERT INTO events"]
)
def test_a_killed_move_leaves_everyone_where_they_were(
    database_url: str, engine: Engine, moment: str
) -> None:
    storage, queries = SqlStorage(engine), sql_queries(engine)
    _waiting(storage, 2_000)

    def everyone() -> tuple[ParticipantRow, ...]:
        return queries.participants.all(ParticipantsFilter())

    before = everyone()
    died = subprocess.run([sys.executable, "-c", DIES, database_url, moment], check=False)
    assert died.returncode == -signal.SIGKILL
    if engine.dialect.name == "postgresql":  # it may take a moment to notice
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE induction_records IN ACCESS EXCLUSIVE MODE"))
    assert everyone() == before

    request = a_request(lead_provider=ORANGE_INSTITUTE)
    formed = use_cases_over(storage).create_partnership(request, by=ADMINISTRATOR)
    assert formed.moved is not None
    assert formed.moved.participants == 2_000
    for row in everyone():
        ended, begun = row.induction_records
        assert (ended.induction_status, ended.end_date) == ("changed", begun.start_date)
        assert (begun.lead_provider, begun.end_date) == (ORANGE_INSTITUTE.name, None)


def test_the_batch_that_ended_records_can_be_found_again(engine: Engine) -> None:
    storage = SqlStorage(engine)
    _waiting(storage, 3)
    use_cases_over(storage).create_partnership(
        a_request(lead_provider=ORANGE_INSTITUTE), by=ADMINISTRATOR
    )
    with engine.connect() as connection:
        batches = connection.execute(
            text("SELECT DISTINCT closed_by FROM induction_records WHERE closed_by IS NOT NULL")
        ).all()
    assert len(batches) == 1


def test_the_database_admits_one_open_record_per_training_record(engine: Engine) -> None:
    """Autogenerate does not compare what a partial index is restricted to; this does."""
    (index,) = (
        index
        for index in inspect(engine).get_indexes("induction_records")
        if index["name"] == "uq_induction_records_one_open_per_training_record"
    )
    assert index["unique"]
    restricted = index["dialect_options"][f"{engine.dialect.name}_where"]
    assert "end_date is null" in str(restricted).lower()
