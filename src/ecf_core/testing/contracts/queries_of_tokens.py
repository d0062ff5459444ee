from datetime import timedelta

from ecf_core.queries import Queries
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases


class TokenQueriesContract(FurnishedContract):
    """Whose key opens what."""

    def test_a_key_opens_for_its_lead_provider_until_it_ends(
        self, use_cases: UseCases, clock: SettableClock, queries: Queries
    ) -> None:
        issue = use_cases.issue_token
        forever = issue(PURPLE_LEARNING.id, expires=None, by=ADMINISTRATOR).token
        today = issue(ORANGE_INSTITUTE.id, expires=NOW.date(), by=ADMINISTRATOR).token
        caller = queries.tokens.caller
        midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
        second = timedelta(seconds=1)
        found = caller(today.hash, at=midnight - second)
        assert found is not None
        assert (found.lead_provider_id, found.lead_provider) == (
            ORANGE_INSTITUTE.id,
            ORANGE_INSTITUTE.name,
        )
        assert caller(today.hash, at=midnight) is None
        assert caller("no such hash", at=NOW) is None
        clock.advance(hours=1)
        use_cases.note_token_use(forever.id)
        noted = caller(forever.hash, at=NOW)
        assert noted is not None
        assert noted.last_used_at == NOW + timedelta(hours=1)
        use_cases.revoke_token(forever.id, by=ADMINISTRATOR)
        assert caller(forever.hash, at=NOW) is None
        rows = {row.id: row for row in queries.tokens.all()}
        assert rows[forever.id].revoked_at == NOW + timedelta(hours=1)
        assert rows[today.id].expires_at == midnight
