from datetime import datetime

from attrs import define, evolve

from ecf_adapters.memory.state import Answered, State
from ecf_core.ports.answers import AnswerKey, KeptAnswer


@define
class MemoryAnswers:
    _state: State

    def claim(
        self, key: AnswerKey, fingerprint: str, *, at: datetime, expired: datetime
    ) -> KeptAnswer | None:
        known = self._state.answers.get(key)
        if known is not None and known.at > expired:
            return known.answer
        self._state.answers[key] = Answered(KeptAnswer(fingerprint=fingerprint, content=b""), at)
        return None

    def keep(self, key: AnswerKey, content: bytes, *, expired: datetime) -> None:
        claimed = self._state.answers[key]
        self._state.answers = {
            other: known for other, known in self._state.answers.items() if known.at > expired
        } | {key: evolve(claimed, answer=evolve(claimed.answer, content=content))}
