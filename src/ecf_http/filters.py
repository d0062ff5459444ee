"""Which of a list's things are wanted: ``filter[...]``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from ecf_core.model.ids import NOTHING, DeliveryPartnerId
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_http.casts import blank, id_of, whole_number
from ecf_http.di import parameters_of
from ecf_http.nested import Parameters
from ecf_http.refusals import BAD_PARAMETER, NULL_BYTE, BadRequest
from ecf_http.since import since

_LAST_YEAR: Final = 9999
_NO_DATE: Final = "The filter '#/updated_since' must be a valid RCF3339 date"
_COHORT_MISSING: Final = "The filter '#/cohort' must be included in your request"


def filter_is_a_hash(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guards every operation, also those that no filter is meant for."""
    given = parameters_of(connection).get("filter")
    if given is not None and not isinstance(given, dict):
        raise BadRequest(
            "Filter must be a hash", title=BAD_PARAMETER, source={"parameter": "filter"}
        )


def partnerships_filter(parameters: Parameters) -> PartnershipsFilter:
    return PartnershipsFilter(
        cohorts=wanted_cohorts(parameters),
        delivery_partner_ids=_delivery_partners(parameters),
        updated_since=_updated_since(parameters),
    )


def schools_filter(parameters: Parameters) -> SchoolsFilter:
    """Raises :class:`~ecf_http.refusals.BadRequest` where no cohort is asked for."""
    return SchoolsFilter(
        cohort=required_cohort(parameters) or 0,
        urn=_text(parameters, "urn"),
        updated_since=_updated_since(parameters),
    )


def wanted_cohorts(parameters: Parameters) -> frozenset[int] | None:
    """The years of ``filter[cohort]``, or ``None`` where it asks for nothing in particular."""
    given = _text(parameters, "cohort")
    if given is None:
        return None
    years = map(whole_number, given.split(","))
    return frozenset(year for year in years if 0 < year <= _LAST_YEAR)


def required_cohort(parameters: Parameters) -> int | None:
    """The one year of ``filter[cohort]``; a blank one is given, and is ``None``."""
    if "cohort" not in _given(parameters):
        raise BadRequest(
            _COHORT_MISSING, title=BAD_PARAMETER, source={"parameter": "filter[cohort]"}
        )
    given = _text(parameters, "cohort")
    return None if given is None else whole_number(given)


def wanted_delivery_partner(parameters: Parameters) -> DeliveryPartnerId | None:
    given = _text(parameters, "delivery_partner_id")
    return None if given is None else DeliveryPartnerId(id_of(given))


def _delivery_partners(parameters: Parameters) -> frozenset[DeliveryPartnerId] | None:
    given = _text(parameters, "delivery_partner_id")
    if given is None:
        return None
    ids = {id_of(piece.strip()) for piece in given.split(",")}
    return frozenset(map(DeliveryPartnerId, ids - {NOTHING}))


def _updated_since(parameters: Parameters) -> datetime | None:
    given = _given(parameters).get("updated_since")
    if not isinstance(given, str) or blank(given):
        return None
    instant = since(given)
    if instant is None:
        raise BadRequest(_NO_DATE, source={"parameter": "filter[updated_since]"})
    return instant


def _text(parameters: Parameters, name: str) -> str | None:
    """A filter's value; one that is blank or no single text is not given."""
    value = _given(parameters).get(name)
    if not isinstance(value, str) or blank(value):
        return None
    if "\0" in value:
        raise BadRequest(NULL_BYTE, source={"parameter": f"filter[{name}]"})
    return value


def _given(parameters: Parameters) -> Mapping[str, Any]:
    return parameters.get("filter") or {}
