"""What a request says, read when it is asked for."""

from typing import Any, Final

from litestar import Request
from litestar.types import Scope

from ecf_core.queries.tokens import Caller
from ecf_http.body import SentBody
from ecf_http.nested import Parameters, parameters
from ecf_http.refusals import BadRequest

Asked = Request[Caller, Any, Any]
"""A request of someone who has a token."""

_PARAMETERS: Final = "ecf_parameters"


def parameters_of(request: Asked) -> Parameters:
    """Its query."""
    return parameters_in(request.scope)


def parameters_in(scope: Scope) -> Parameters:
    """The query, read once."""
    state = scope["state"]
    if _PARAMETERS not in state:
        state[_PARAMETERS] = _parameters(scope["query_string"])
    found: Parameters = state[_PARAMETERS]
    return found


def _parameters(query: bytes) -> Parameters:
    try:
        return parameters(query.decode("latin-1"))
    except UnicodeDecodeError:
        raise BadRequest("The query must be encoded in UTF-8.") from None
    except ValueError:
        raise BadRequest("The query has too many parameters.") from None


def sent_of(request: Asked, body: bytes) -> SentBody:
    """Its body, with what that is said to be."""
    return SentBody(body, request.headers.get("content-type", ""))
