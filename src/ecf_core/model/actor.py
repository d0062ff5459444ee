from enum import StrEnum

from attrs import frozen


class ActorKind(StrEnum):
    """In which part someone acts."""

    LEAD_PROVIDER = "lead provider"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


@frozen
class Actor:
    """Who did something, as its history tells: ``lead provider: Ambition Institute``."""

    kind: ActorKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"
