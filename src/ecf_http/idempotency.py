"""Writes that may be sent again: ``Idempotency-Key``."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Final, TypeVar

from attrs import frozen
from litestar import Request
from litestar.serialization import encode_json

from ecf_core.model.ids import NOTHING
from ecf_core.ports.answers import AnswerKey
from ecf_core.queries.tokens import Caller
from ecf_core.use_cases.once import Once
from ecf_http.body import SentBody
from ecf_http.casts import id_of
from ecf_http.refusals import BadRequest

T = TypeVar("T")
IDEMPOTENCY_KEY: Final = "Idempotency-Key"
REPLAYED: Final = {"Idempotency-Replayed": "true"}
_SOUND: Final = re.compile(r"[\x20-\x7e]{1,255}")
_NOT_SOUND: Final = "The header 'Idempotency-Key' must be at most 255 printable ASCII characters"


@frozen
class SentKey:
    """The key that a write was sent with, if any, and what it stands for."""

    _name: str
    _caller: Caller
    _operation: str
    _body: SentBody

    def once(self, shown: Callable[[T], object]) -> Once[T] | None:
        """For a use case, so that the same key and body get the answer that is ``shown`` now.

        Raises :class:`~ecf_http.refusals.BadRequest` for what is no key.
        """
        if not self._name:
            return None
        if not _SOUND.fullmatch(self._name):
            raise BadRequest(_NOT_SOUND, source={"header": IDEMPOTENCY_KEY})
        return Once(
            key=AnswerKey(
                lead_provider_id=self._caller.lead_provider_id,
                operation=self._operation,
                name=self._name,
            ),
            fingerprint=_fingerprint(self._body),
            answer=lambda decided: encode_json(shown(decided)),
        )


def key_of(request: Request[Caller, Any, Any], sent_body: SentBody) -> SentKey:
    names = ", ".join(request.headers.getall(IDEMPOTENCY_KEY, []))
    return SentKey(
        names.strip(),
        request.user,
        f"{request.method} {_canonical(request.scope['path'])}",
        sent_body,
    )


def _fingerprint(body: SentBody) -> str:
    return sha256(body.media_type.encode() + b"\n" + body.content).hexdigest()


def _canonical(path: str) -> str:
    """A path with its ids as they are written here, however they were sent."""
    ids = ((segment, id_of(segment)) for segment in path.split("/"))
    return "/".join(segment if id_ == NOTHING else str(id_) for segment, id_ in ids)
