"""How handlers come by what they need, each under its own name."""

from typing import Any, Final, TypeVar

from attrs import AttrsInstance, fields
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide
from litestar.params import RawBody, SkipValidation

from ecf_core.queries.tokens import Caller
from ecf_http.body import SentBody
from ecf_http.idempotency import SentKey, key_of
from ecf_http.nested import Parameters, parameters
from ecf_http.refusals import BadRequest

T = TypeVar("T")
_PARAMETERS: Final = "ecf_parameters"
Injected = NamedDependency[SkipValidation[T]]
"""Something given by name, and trusted to be what it is: ports are protocols."""


def by_name(everything: AttrsInstance) -> dict[str, Provide]:
    """Every use case, or all queries or lists of a kind, under the name of its field."""
    return {
        field.name: given(getattr(everything, field.name)) for field in fields(type(everything))
    }


def given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


def parameters_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Parameters:
    """The query of a request, read once."""
    state = connection.scope["state"]
    if _PARAMETERS not in state:
        state[_PARAMETERS] = _parameters(connection.scope["query_string"])
    found: Parameters = state[_PARAMETERS]
    return found


def _parameters(query: bytes) -> Parameters:
    try:
        return parameters(query.decode("latin-1"))
    except UnicodeDecodeError:
        raise BadRequest("The query must be encoded in UTF-8.") from None
    except ValueError:
        raise BadRequest("The query has too many parameters.") from None


def asked(request: Request[Any, Any, Any]) -> Parameters:
    """The query of a request."""
    return parameters_of(request)


def sent(request: Request[Any, Any, Any], body: RawBody) -> SentBody:
    return SentBody(body, request.headers.get("content-type", ""))


def sent_key(request: Request[Caller, Any, Any], sent_body: Injected[SentBody]) -> SentKey:
    return key_of(request, sent_body)


def caller(request: Request[Caller, Any, Any]) -> Caller:
    """The lead provider that the request's token names."""
    return request.user


OF_THE_REQUEST: Final[dict[str, Provide]] = {
    "parameters": Provide(asked, sync_to_thread=False),
    "sent_body": Provide(sent, sync_to_thread=False),
    "sent_key": Provide(sent_key, sync_to_thread=False),
    "caller": Provide(caller, sync_to_thread=False),
}
