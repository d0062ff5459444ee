"""Which of a list's things are wanted: ``filter[...]``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from ecf_core.model.ids import NOTHING, DeliveryPartnerId, ParticipantId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter, TrainingsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_http.asked import parameters_in
from ecf_http.casts import blank, id_of, whole_number
from ecf_http.nested import Parameters
from ecf_http.query_parameters import QueryParameter
from ecf_http.refusals import BAD_PARAMETER, NO_NULL_BYTE, NULL_BYTE, BadRequest
from ecf_http.since import since

_LAST_YEAR: Final = 9999
_TEXT: Final = {"type": "string", "pattern": NO_NULL_BYTE}

COHORTS: Final = QueryParameter(
    name="filter[cohort]",
    description="Only those of these cohorts: years, with commas between. Without it, those of "
    "every cohort after 2020.",
    example="2024,2025",
    schema=_TEXT,
    unreadable=NULL_BYTE,
)
COHORT: Final = QueryParameter(
    name="filter[cohort]",
    description="The cohort: one year.",
    example="2025",
    schema=_TEXT,
    unreadable=NULL_BYTE,
    missing="The filter '#/cohort' must be included in your request",
)
DELIVERY_PARTNERS: Final = QueryParameter(
    name="filter[delivery_partner_id]",
    description="Only those with these delivery partners: ids, with commas between.",
    example="20000000-0000-4000-8000-000000000001",
    schema=_TEXT,
    unreadable=NULL_BYTE,
)
DELIVERY_PARTNER: Final = QueryParameter(
    name="filter[delivery_partner_id]",
    description="The delivery partner that the partnership would be with.",
    example="20000000-0000-4000-8000-000000000001",
    schema=_TEXT,
    unreadable=NULL_BYTE,
)
URN: Final = QueryParameter(
    name="filter[urn]",
    description="Only the school that has this unique reference number.",
    example="100001",
    schema=_TEXT,
    unreadable=NULL_BYTE,
)
UPDATED_SINCE: Final = QueryParameter(
    name="filter[updated_since]",
    description="Only those whose `updated_at` is this instant or a later one: ISO 8601, in UTC "
    "where it names no zone. A `+` must be sent as `%2B`.",
    example="2025-09-01T00:00:00Z",
    schema={
        "type": "string",
        "anyOf": [
            {"format": "date-time"},
            {"pattern": r"^\s*$", "description": "As good as none."},
        ],
    },
    unreadable="The filter '#/updated_since' must be a valid RCF3339 date",
)

TRAINING_STATUS: Final = QueryParameter(
    name="filter[training_status]",
    description="Only those of whom a training stands like this: `active`, `deferred` or "
    "`withdrawn`.",
    example="active",
    schema={
        "type": "string",
        "anyOf": [
            {"enum": [*TrainingStatus]},
            {"pattern": r"^\s*$", "description": "As good as none."},
        ],
    },
    unreadable='The filter \'#/training_status\' must be ["active", "deferred", "withdrawn"]',
)
FROM_PARTICIPANT: Final = QueryParameter(
    name="filter[from_participant_id]",
    description="Only whoever this id was given up for.",
    example="cd3a1234-7308-4879-942a-c4a70ced400a",
    schema=_TEXT,
    unreadable=NULL_BYTE,
)

OF_PARTNERSHIPS: Final = (COHORTS, DELIVERY_PARTNERS, UPDATED_SINCE)
OF_DELIVERY_PARTNERS: Final = (COHORTS,)
OF_SCHOOLS: Final = (COHORT, URN, UPDATED_SINCE)
OF_PARTICIPANTS: Final = (COHORTS, UPDATED_SINCE, TRAINING_STATUS, FROM_PARTICIPANT)
OF_TRAININGS: Final = (COHORTS, UPDATED_SINCE)
OF_TRANSFERS: Final = (UPDATED_SINCE,)
OF_UNFUNDED_MENTORS: Final = (UPDATED_SINCE,)
OF_A_CHECK: Final = (COHORT, DELIVERY_PARTNER)


class FilterIsAHash(ASGIMiddleware):
    """Stands before every operation, also those that no filter is meant for."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        given = parameters_in(scope).get("filter")
        if given is not None and not isinstance(given, dict):
            raise no_hash()
        await next_app(scope, receive, send)


def no_hash() -> BadRequest:
    return BadRequest("Filter must be a hash", title=BAD_PARAMETER, source={"parameter": "filter"})


def partnerships_filter(parameters: Parameters) -> PartnershipsFilter:
    return PartnershipsFilter(
        cohorts=wanted_cohorts(parameters),
        delivery_partner_ids=_delivery_partners(parameters),
        updated_since=updated_since(parameters),
    )


def schools_filter(parameters: Parameters) -> SchoolsFilter:
    """Raises :class:`~ecf_http.refusals.BadRequest` where no cohort is asked for."""
    return SchoolsFilter(
        cohort=required_cohort(parameters) or 0,
        urn=_text(parameters, URN),
        updated_since=updated_since(parameters),
    )


def participants_filter(parameters: Parameters) -> ProviderParticipantsFilter:
    return ProviderParticipantsFilter(
        cohorts=wanted_cohorts(parameters),
        updated_since=updated_since(parameters),
        training_status=_training_status(parameters),
        from_id=_from_participant(parameters),
    )


def trainings_filter(parameters: Parameters) -> TrainingsFilter:
    return TrainingsFilter(
        cohorts=wanted_cohorts(parameters), updated_since=updated_since(parameters)
    )


def wanted_cohorts(parameters: Parameters) -> frozenset[int] | None:
    """The years of ``filter[cohort]``, or ``None`` where it asks for nothing in particular."""
    given = _text(parameters, COHORTS)
    if given is None:
        return None
    years = map(whole_number, given.split(","))
    return frozenset(year for year in years if 0 < year <= _LAST_YEAR)


def required_cohort(parameters: Parameters) -> int | None:
    """The one year of ``filter[cohort]``; a blank one is given, and is ``None``."""
    if COHORT.key not in _given(parameters):
        raise COHORT.left_out()
    given = _text(parameters, COHORT)
    return None if given is None else whole_number(given)


def wanted_delivery_partner(parameters: Parameters) -> DeliveryPartnerId | None:
    given = _text(parameters, DELIVERY_PARTNER)
    return None if given is None else DeliveryPartnerId(id_of(given))


def _delivery_partners(parameters: Parameters) -> frozenset[DeliveryPartnerId] | None:
    given = _text(parameters, DELIVERY_PARTNERS)
    if given is None:
        return None
    ids = {id_of(piece.strip()) for piece in given.split(",")}
    return frozenset(map(DeliveryPartnerId, ids - {NOTHING}))


def _training_status(parameters: Parameters) -> str | None:
    given = _text(parameters, TRAINING_STATUS)
    if given is not None and given not in set(TrainingStatus):
        raise TRAINING_STATUS.refused()
    return given


def _from_participant(parameters: Parameters) -> ParticipantId | None:
    given = _text(parameters, FROM_PARTICIPANT)
    return None if given is None else ParticipantId(id_of(given))


def updated_since(parameters: Parameters) -> datetime | None:
    """Raises :class:`~ecf_http.refusals.BadRequest` for what is no instant."""
    given = _given(parameters).get(UPDATED_SINCE.key)
    if not isinstance(given, str) or blank(given):
        return None
    instant = since(given)
    if instant is None:
        raise UPDATED_SINCE.refused()
    return instant


def _text(parameters: Parameters, wanted: QueryParameter) -> str | None:
    """A filter's value; one that is blank or no single text is not given."""
    value = _given(parameters).get(wanted.key)
    if not isinstance(value, str) or blank(value):
        return None
    if "\0" in value:
        raise wanted.refused()
    return value


def _given(parameters: Parameters) -> Mapping[str, Any]:
    return parameters.get("filter") or {}
