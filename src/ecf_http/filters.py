"""Which of a list's things are wanted: ``filter[...]``."""

from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from ecf_http.casts import blank, whole_number
from ecf_http.di import parameters_of
from ecf_http.nested import Parameters
from ecf_http.refusals import BAD_PARAMETER, NULL_BYTE, BadRequest

_LAST_YEAR: Final = 9999


def filter_is_a_hash(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guards every operation, also those that no filter is meant for."""
    given = parameters_of(connection).get("filter")
    if given is not None and not isinstance(given, dict):
        raise BadRequest(
            "Filter must be a hash", title=BAD_PARAMETER, source={"parameter": "filter"}
        )


def wanted_cohorts(parameters: Parameters) -> frozenset[int] | None:
    """The years of ``filter[cohort]``, or ``None`` where it asks for nothing in particular."""
    given = (parameters.get("filter") or {}).get("cohort")
    if not isinstance(given, str) or blank(given):
        return None
    if "\0" in given:
        raise BadRequest(NULL_BYTE, source={"parameter": "filter[cohort]"})
    years = map(whole_number, given.split(","))
    return frozenset(year for year in years if 0 < year <= _LAST_YEAR)
