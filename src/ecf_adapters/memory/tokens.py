from datetime import datetime

from attrs import define, evolve

from ecf_adapters.memory.state import State
from ecf_core.model.ids import TokenId
from ecf_core.model.token import ApiToken


@define
class MemoryTokens:
    _state: State

    def find(self, token_id: TokenId) -> ApiToken | None:
        return self._state.tokens.get(token_id)

    def add(self, token: ApiToken) -> None:
        self._state.tokens[token.id] = token

    def revoke(self, token_id: TokenId, *, at: datetime) -> None:
        self._state.tokens[token_id] = evolve(self._state.tokens[token_id], revoked_at=at)

    def note_use(self, token_id: TokenId, *, at: datetime) -> None:
        self._state.tokens[token_id] = evolve(self._state.tokens[token_id], last_used_at=at)
