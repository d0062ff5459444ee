from datetime import datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Engine, Select, bindparam, or_, select

from ecf_adapters.sql.prepared import Prepared, values_of
from ecf_adapters.sql.tables import api_tokens, lead_providers
from ecf_core.queries.tokens import Caller, TokenRow

_KEYS: Final[Select[Any]] = (
    select(
        api_tokens.c.id,
        lead_providers.c.name.label("lead_provider"),
        api_tokens.c.created_at,
        api_tokens.c.last_used_at,
        api_tokens.c.expires_at,
        api_tokens.c.revoked_at,
    )
    .join(lead_providers, lead_providers.c.id == api_tokens.c.lead_provider_id)
    .order_by(api_tokens.c.created_at, api_tokens.c.id)
)


_CALLER: Final = Prepared(
    select(lead_providers.c.id, lead_providers.c.name, api_tokens.c.id, api_tokens.c.last_used_at)
    .join(lead_providers, lead_providers.c.id == api_tokens.c.lead_provider_id)
    .where(
        api_tokens.c.hash == bindparam("hash"),
        api_tokens.c.revoked_at.is_(None),
        or_(api_tokens.c.expires_at.is_(None), api_tokens.c.expires_at > bindparam("at")),
    )
)


@frozen
class SqlTokenQueries:
    _engine: Engine

    def caller(self, token_hash: str, *, at: datetime) -> Caller | None:
        found = values_of(self._engine, _CALLER, {"hash": token_hash, "at": at})
        if not found:
            return None
        ((lead_provider_id, lead_provider, token_id, last_used_at),) = found
        return Caller(
            lead_provider_id=lead_provider_id,
            lead_provider=lead_provider,
            token_id=token_id,
            last_used_at=last_used_at,
        )

    def all(self) -> tuple[TokenRow, ...]:
        with self._engine.connect() as connection:
            return tuple(TokenRow(**row) for row in connection.execute(_KEYS).mappings())
