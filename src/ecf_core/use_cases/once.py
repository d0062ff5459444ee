from collections.abc import Callable
from datetime import timedelta
from typing import Final, Generic, TypeVar

from attrs import frozen

from ecf_core.errors import AlreadyAnswered, KeyReused, Violation
from ecf_core.ports.answers import AnswerKey
from ecf_core.ports.clock import Clock
from ecf_core.ports.unit_of_work import UnitOfWork

T = TypeVar("T")
D_contra = TypeVar("D_contra", contravariant=True)

KEPT_FOR: Final = timedelta(hours=24)
"""How long a command that is sent again gets the answer that it got."""

_REUSED: Final = Violation(
    "idempotency_key",
    "idempotency_key_reused",
    "This key has been used for another request. Use a new key for each request.",
)


@frozen(kw_only=True)
class Once(Generic[D_contra]):
    """A command that may be sent twice and happens once; ``answer`` writes what it came to."""

    key: AnswerKey
    fingerprint: str
    answer: Callable[[D_contra], bytes]


def only_once(
    decide: Callable[[UnitOfWork], T], once: Once[T] | None, clock: Clock
) -> Callable[[UnitOfWork], T]:
    """The decision, together with its answer: both are stored, or neither.

    It raises :class:`~ecf_core.errors.AlreadyAnswered` where the command has been carried out, and
    :class:`~ecf_core.errors.KeyReused` where its key stands for another.
    """
    if once is None:
        return decide

    def decide_once(work: UnitOfWork) -> T:
        now = clock.now()
        expired = now - KEPT_FOR
        kept = work.answers.claim(once.key, once.fingerprint, at=now, expired=expired)
        if kept is None:
            decided = decide(work)
            work.answers.keep(once.key, once.answer(decided), expired=expired)
            return decided
        if kept.fingerprint != once.fingerprint:
            raise KeyReused(_REUSED)
        raise AlreadyAnswered(kept.content)

    return decide_once
