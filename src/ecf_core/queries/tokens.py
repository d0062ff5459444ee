from datetime import datetime
from typing import Protocol

from attrs import frozen

from ecf_core.model.ids import LeadProviderId, TokenId


@frozen(kw_only=True)
class TokenRow:
    """A key to the API, as administrators see it: without its secret, which nobody has."""

    id: TokenId
    lead_provider: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


@frozen(kw_only=True)
class Caller:
    """The lead provider that calls, and with which key."""

    lead_provider_id: LeadProviderId
    lead_provider: str
    token_id: TokenId
    last_used_at: datetime | None


class TokenQueries(Protocol):
    """Reads the keys to the API."""

    def caller(self, token_hash: str, *, at: datetime) -> Caller | None:
        """Whose key has this hash; nobody's if it is revoked or has expired."""
        ...

    def all(self) -> tuple[TokenRow, ...]:
        """Every key there ever was, oldest first."""
        ...
