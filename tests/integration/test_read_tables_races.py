"""Whoever acts at once, the read tables are what the model says when all is done."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle

from attrs import evolve
from sqlalchemy import Engine

from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.read_tables import ReadTables
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.model.partnership import Agreement
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.profile import ECF1
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.racing import at_once, use_cases_over
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    RELATIONSHIPS,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
    furnish,
)
from ecf_core.use_cases import UseCases

ROUNDS = 12
TOWNS = cycle(["Leeds", "York"])


def acts(do: UseCases, formed: Agreement) -> Iterator[Callable[[], object]]:
    """Of lead providers, of a school, and of administrators; all of what the lists show changes."""
    by = ADMINISTRATOR
    yield partial(do.create_partnership, evolve(a_request(), school_id=RIVERSIDE_ID), by=by)
    update = UpdateRequest(
        partnership_id=formed.partnership.id,
        lead_provider_id=PURPLE_LEARNING.id,
        delivery_partner_id=SOUTH_HUB.id,
    )
    yield partial(do.update_partnership, update, by=by)
    challenge = ChallengeRequest(partnership_id=formed.partnership.id, reason="mistake")
    yield partial(do.challenge_partnership, challenge, by=by)
    email = f"{next(TOWNS)}@example.org"
    yield partial(do.set_induction_tutor, GREENDALE_ID, name=next(TOWNS), email=email, by=by)
    yield partial(do.import_schools, [evolve(GREENDALE, town=next(TOWNS), name=next(TOWNS))], by=by)
    for hub in (NORTH_HUB, SOUTH_HUB):
        yield partial(do.discard_delivery_partner, hub.id, by=by)


def test_the_read_tables_are_right_whoever_acts_at_once(engine: Engine) -> None:
    storage, queries = SqlStorage(engine), sql_queries(engine)
    furnish(storage.begin)
    do = use_cases_over(storage, ECF1)
    for _ in range(ROUNDS):
        with storage.begin() as work:
            work.providers.put_delivery_partners([NORTH_HUB, SOUTH_HUB])
            work.providers.relate(RELATIONSHIPS, at=NOW)
            work.commit()
        formed = do.create_partnership(a_request(), by=ADMINISTRATOR)
        at_once(*acts(do, formed))
        ReadTables(engine).check()
        for row in queries.partnerships.all(PartnershipsFilter()):
            if row.status == "active":
                again = ChallengeRequest(partnership_id=row.id, reason="mistake")
                do.challenge_partnership(again, by=ADMINISTRATOR)
