"""A process that is killed leaves the database as before a command, or as after it."""

import signal
import subprocess
import sys
from textwrap import dedent
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.errors import AlreadyAnswered
from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement
from ecf_core.ports.answers import AnswerKey
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.profile import ECF1
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    NOW,
    PURPLE_LEARNING,
    a_request,
    furnish,
)
from ecf_core.testing.fakes import SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.once import Once

FOR_EVER = dedent(
    """
    import sys
    from itertools import cycle
    from uuid import uuid4

    from ecf_adapters.sql.engine import connect_to
    from ecf_adapters.sql.storage import SqlStorage
    from ecf_core.rules.challenging_a_partnership import ChallengeRequest
    from ecf_core.rules.profile import ECF1
    from ecf_core.testing.examples import *
    from ecf_core.testing.fakes import SequentialSecrets, SettableClock
    from ecf_core.use_cases import UseCases

    storage = SqlStorage(connect_to(sys.argv[1]))
    do = UseCases.over(begin=storage.begin, look=storage.look, clock=SettableClock(),
                       new_id=uuid4, new_secret=SequentialSecrets(), rules=ECF1)
    for lead_provider, hub in cycle([(PURPLE_LEARNING, NORTH_HUB), (ORANGE_INSTITUTE, SOUTH_HUB),
                                     (PURPLE_LEARNING, EAST_HUB)]):
        request = a_request(lead_provider=lead_provider, delivery_partner=hub)
        made = do.create_partnership(request, by=ADMINISTRATOR).partnership
        print("formed", flush=True)
        challenge = ChallengeRequest(partnership_id=made.id, reason="no_ects")
        do.challenge_partnership(challenge, by=ADMINISTRATOR)
        print("challenged", flush=True)
    """
)

ONCE = dedent(
    """
    import os
    import signal
    import sys
    from uuid import uuid4

    from ecf_adapters.sql.engine import connect_to
    from ecf_adapters.sql.storage import SqlStorage
    from ecf_core.ports.answers import AnswerKey
    from ecf_core.rules.profile import ECF1
    from ecf_core.testing.examples import *
    from ecf_core.testing.fakes import SequentialSecrets, SettableClock
    from ecf_core.use_cases import UseCases
    from ecf_core.use_cases.once import Once

    def die_when(moment):
        if sys.argv[2] == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def answer(agreement):
        die_when("between work and answer")
        return agreement.partnership.id.bytes

    class Storage(SqlStorage):
        def begin(self):
            die_when("before")
            return super().begin()

    storage = Storage(connect_to(sys.argv[1]))
    do = UseCases.over(begin=storage.begin, look=storage.look, clock=SettableClock(),
                       new_id=uuid4, new_secret=SequentialSecrets(), rules=ECF1)
    key = AnswerKey(lead_provider_id=PURPLE_LEARNING.id, operation="form", name="a key")
    do.create_partnership(a_request(), by=ADMINISTRATOR,
                          once=Once(key=key, fingerprint="same", answer=answer))
    die_when("after")
    """
)


def _kill_after(acts: int, database_url: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", FOR_EVER, database_url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(acts):
        assert process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL


def _until_its_transaction_is_gone(engine: Engine) -> None:
    """PostgreSQL may take a moment to notice that its client is dead."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE partnerships IN ACCESS EXCLUSIVE MODE"))


@pytest.mark.parametrize("acts", [3, 8, 13])
def test_a_killed_process_leaves_nothing_half_done(
    database_url: str, engine: Engine, acts: int
) -> None:
    storage, queries = SqlStorage(engine), sql_queries(engine)
    furnish(storage.begin)
    _kill_after(acts, database_url)
    _until_its_transaction_is_gone(engine)

    reported = challenged = 0
    for row in queries.partnerships.all(PartnershipsFilter()):
        history = [entry.event for entry in queries.partnerships.history(row.id)]
        reported += history.count("partnership_reported")
        challenged += history.count("partnership_challenged")
        lately = "partnership_reported" if row.status == "active" else "partnership_challenged"
        assert history[-1] == lately
        assert history.count("challenge_lifted") == history.count("partnership_reported") - 1
    assert reported + challenged >= acts
    assert reported - challenged in {0, 1}
    standing = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW)
    with storage.look() as facts:
        current = facts.proposal(a_request()).current_partnership
    if current is None:
        assert reported == challenged
        assert standing.programme == "no_early_career_teachers"
        assert standing.default_programme_id is None
    else:
        (default,) = (p for p in standing.induction_programmes if p.default)
        assert default.partnership_id == current.id
        _the_work_goes_on(storage, current.id)


@pytest.mark.parametrize("moment", ["before", "between work and answer", "after"])
def test_a_killed_process_leaves_work_and_answer_or_neither(
    database_url: str, engine: Engine, moment: str
) -> None:
    storage = SqlStorage(engine)
    furnish(storage.begin)
    died = subprocess.run([sys.executable, "-c", ONCE, database_url, moment], check=False)
    assert died.returncode == -signal.SIGKILL
    _until_its_transaction_is_gone(engine)
    with storage.look() as facts:
        current = facts.proposal(a_request()).current_partnership
    key = AnswerKey(lead_provider_id=PURPLE_LEARNING.id, operation="form", name="a key")
    once: Once[Agreement] = Once(key=key, fingerprint="same", answer=lambda _: b"anew")
    if moment != "after":
        assert current is None
        formed = _use_cases(storage).create_partnership(a_request(), by=ADMINISTRATOR, once=once)
        assert formed.partnership.current
        return
    assert current is not None
    with pytest.raises(AlreadyAnswered) as answered:
        _use_cases(storage).create_partnership(a_request(), by=ADMINISTRATOR, once=once)
    assert answered.value.content == current.id.bytes


def _the_work_goes_on(storage: SqlStorage, partnership_id: PartnershipId) -> None:
    use_cases = _use_cases(storage)
    request = ChallengeRequest(partnership_id=partnership_id, reason="mistake")
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)
    assert use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership.current


def _use_cases(storage: SqlStorage) -> UseCases:
    return UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=SettableClock(),
        new_id=uuid4,
        new_secret=SequentialSecrets(),
        rules=ECF1,
    )
