"""What forming a partnership asks of the database."""

from collections import Counter

from sqlalchemy import Engine

from ecf_adapters.sql.storage import SqlStorage
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import ECF1
from ecf_core.testing.contracts.racing import use_cases_over
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    RIVERSIDE_ID,
    a_request,
    furnish,
)
from tests.integration.sending import sent_by


def test_a_partnership_that_nobody_moves_into_takes_few_statements(engine: Engine) -> None:
    storage = SqlStorage(engine)
    furnish(storage.begin)
    do = use_cases_over(storage, ECF1)
    for school in (GREENDALE_ID, RIVERSIDE_ID):
        chosen = ProgrammeRequest(school_id=school, cohort=2024, programme="provider_led")
        do.confirm_programme(chosen, by=ADMINISTRATOR)
    do.create_partnership(a_request(school=GREENDALE_ID), by=ADMINISTRATOR)

    with sent_by(engine) as sent:
        do.create_partnership(a_request(school=RIVERSIDE_ID), by=ADMINISTRATOR)
    if engine.dialect.name == "postgresql":
        # The locks, the facts, what is written, and what lists show of it.
        messages = Counter(sent)
        assert messages["Execute"] == 4
        assert messages["Sync"] + messages["Query"] == 1 + 4 + 1  # it begins and commits, too
    else:
        begin, facts, *written, commit = sent
        assert (begin, facts.split()[0], commit) == ("BEGIN IMMEDIATE", "SELECT", "COMMIT")
        assert len(written) == 6
