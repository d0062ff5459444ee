"""Writes that may be sent again: ``Idempotency-Key``."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Final, TypeVar

from litestar.serialization import encode_json

from ecf_core.model.ids import NOTHING
from ecf_core.ports.answers import AnswerKey
from ecf_core.use_cases.once import Once
from ecf_http.asked import Asked
from ecf_http.body import SentBody
from ecf_http.casts import id_of
from ecf_http.refusals import BadRequest

T = TypeVar("T")
IDEMPOTENCY_KEY: Final = "Idempotency-Key"
REPLAYED: Final = {"Idempotency-Replayed": "true"}
_SOUND: Final = re.compile(r"[\x20-\x7e]{1,255}")
_NOT_SOUND: Final = "The header 'Idempotency-Key' must be at most 255 printable ASCII characters"


def once_for(request: Asked, sent: SentBody, shown: Callable[[T], object]) -> Once[T] | None:
    """For a use case, so that the same key and body get the answer that is ``shown`` now.

    Raises :class:`~ecf_http.refusals.BadRequest` for what is no key.
    """
    name = ", ".join(request.headers.getall(IDEMPOTENCY_KEY, [])).strip()
    if not name:
        return None
    if not _SOUND.fullmatch(name):
        raise BadRequest(_NOT_SOUND, source={"header": IDEMPOTENCY_KEY})
    return Once(
        key=AnswerKey(
            lead_provider_id=request.user.lead_provider_id,
            operation=f"{request.method} {_canonical(request.scope['path'])}",
            name=name,
        ),
        fingerprint=_fingerprint(sent),
        answer=lambda decided: encode_json(shown(decided)),
    )


def _fingerprint(body: SentBody) -> str:
    return sha256(body.media_type.encode() + b"\n" + body.content).hexdigest()


def _canonical(path: str) -> str:
    """A path with its ids as they are written here, however they were sent."""
    ids = ((segment, id_of(segment)) for segment in path.split("/"))
    return "/".join(segment if id_ == NOTHING else str(id_) for segment, id_ in ids)
