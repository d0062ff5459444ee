"""The keys with which lead providers call the API."""

from datetime import datetime
from hashlib import sha256

from attrs import frozen

from ecf_core.model.ids import LeadProviderId, TokenId


def token_hash(secret: str) -> str:
    """What is stored of a token. It is 256 random bits, so it needs no slow hash."""
    return sha256(secret.encode()).hexdigest()


@frozen(kw_only=True)
class ApiToken:
    """A lead provider's right to call the API, until it expires or is revoked."""

    id: TokenId
    lead_provider_id: LeadProviderId
    hash: str
    created_at: datetime
    last_used_at: datetime | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def valid(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
