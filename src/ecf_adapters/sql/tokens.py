from datetime import datetime

from attrs import asdict, frozen
from sqlalchemy import Connection, select, update

from ecf_adapters.sql.tables import api_tokens
from ecf_core.model.ids import TokenId
from ecf_core.model.token import ApiToken


@frozen
class SqlTokens:
    _connection: Connection

    def find(self, token_id: TokenId) -> ApiToken | None:
        row = self._connection.execute(
            select(api_tokens).where(api_tokens.c.id == token_id)
        ).one_or_none()
        return ApiToken(**row._mapping) if row else None  # noqa: SLF001 - public, for its name

    def add(self, token: ApiToken) -> None:
        self._connection.execute(api_tokens.insert(), asdict(token))

    def revoke(self, token_id: TokenId, *, at: datetime) -> None:
        self._set(token_id, revoked_at=at)

    def note_use(self, token_id: TokenId, *, at: datetime) -> None:
        self._set(token_id, last_used_at=at)

    def _set(self, token_id: TokenId, **values: datetime) -> None:
        self._connection.execute(
            update(api_tokens).where(api_tokens.c.id == token_id).values(values)
        )
