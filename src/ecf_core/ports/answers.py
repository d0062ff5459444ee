from datetime import datetime
from typing import Protocol

from attrs import frozen

from ecf_core.model.ids import LeadProviderId


@frozen(kw_only=True)
class AnswerKey:
    """How a lead provider names one command of its own, so that it may send it again."""

    lead_provider_id: LeadProviderId
    operation: str
    name: str


@frozen(kw_only=True)
class KeptAnswer:
    """What a command was answered, and the fingerprint of what had been sent."""

    fingerprint: str
    content: bytes


class Answers(Protocol):
    """What commands that may be sent again were answered."""

    def claim(
        self, key: AnswerKey, fingerprint: str, *, at: datetime, expired: datetime
    ) -> KeptAnswer | None:
        """The answer that is kept; without one, or with one ``expired``, the key is now the work's.

        Of two who claim a key at the same time one waits until the other's work is done or undone,
        or gets :class:`~ecf_core.errors.StaleWrite`.
        """
        ...

    def keep(self, key: AnswerKey, content: bytes, *, expired: datetime) -> None:
        """Keeps the answer under a key that was claimed, and lets go of some that have expired."""
        ...
