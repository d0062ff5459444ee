from datetime import datetime
from typing import Protocol

from ecf_core.model.ids import TokenId
from ecf_core.model.token import ApiToken


class Tokens(Protocol):
    """The keys to the API; of each only a hash is kept."""

    def find(self, token_id: TokenId) -> ApiToken | None: ...

    def add(self, token: ApiToken) -> None: ...

    def revoke(self, token_id: TokenId, *, at: datetime) -> None: ...

    def note_use(self, token_id: TokenId, *, at: datetime) -> None: ...
