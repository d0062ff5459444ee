from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads
from ecf_core.queries.tokens import Caller, TokenRow


@frozen
class MemoryTokenQueries(Reads):
    def caller(self, token_hash: str, *, at: datetime) -> Caller | None:
        for token in self.state.tokens.values():
            if token.hash == token_hash and token.valid(at):
                lead_provider = self.state.lead_providers[token.lead_provider_id]
                return Caller(
                    lead_provider_id=lead_provider.id,
                    lead_provider=lead_provider.name,
                    token_id=token.id,
                    last_used_at=token.last_used_at,
                )
        return None

    def all(self) -> tuple[TokenRow, ...]:
        return tuple(
            TokenRow(
                id=token.id,
                lead_provider=self.state.lead_providers[token.lead_provider_id].name,
                created_at=token.created_at,
                last_used_at=token.last_used_at,
                expires_at=token.expires_at,
                revoked_at=token.revoked_at,
            )
            for token in sorted(self.state.tokens.values(), key=lambda t: (t.created_at, t.id))
        )
