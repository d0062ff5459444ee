from datetime import datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Engine, Select, or_, select

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


@frozen
class SqlTokenQueries:
    _engine: Engine

    def caller(self, token_hash: str, *, at: datetime) -> Caller | None:
        c = api_tokens.c
        valid = (
            select(
                lead_providers.c.id.label("lead_provider_id"),
                lead_providers.c.name.label("lead_provider"),
                c.id.label("token_id"),
                c.last_used_at,
            )
            .join(lead_providers, lead_providers.c.id == c.lead_provider_id)
            .where(
                c.hash == token_hash,
                c.revoked_at.is_(None),
                or_(c.expires_at.is_(None), c.expires_at > at),
            )
        )
        with self._engine.connect() as connection:
            row = connection.execute(valid).mappings().one_or_none()
            return Caller(**row) if row else None

    def all(self) -> tuple[TokenRow, ...]:
        with self._engine.connect() as connection:
            return tuple(TokenRow(**row) for row in connection.execute(_KEYS).mappings())
