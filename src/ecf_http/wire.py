"""Partnerships as lead providers send and see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

from ecf_core.errors import NotFound, Violation
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.ids import DeliveryPartnerId, PartnershipId, SchoolId
from ecf_core.queries.partnerships import PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_http.body import Attributes
from ecf_http.casts import id_of

JSON_API: Final = "application/vnd.api+json"


class PartnershipAttributes(Struct, frozen=True):
    """What is shown of a partnership, in the order in which it is sent."""

    cohort: str
    urn: str
    school_id: str
    delivery_partner_id: str
    delivery_partner_name: str | None
    status: str
    challenged_reason: str | None
    challenged_at: str | None
    induction_tutor_name: str | None
    induction_tutor_email: str | None
    created_at: str
    updated_at: str


class PartnershipResource(Struct, frozen=True):
    """A partnership, identified."""

    id: str
    type: str
    attributes: PartnershipAttributes


class PartnershipDocument(Struct, frozen=True):
    """One partnership."""

    data: PartnershipResource


class PartnershipsDocument(Struct, frozen=True):
    """A page of partnerships."""

    data: list[PartnershipResource]


def partnership_id(text: str) -> PartnershipId:
    return PartnershipId(id_of(text))


def partnership_request(attributes: Attributes, caller: Caller) -> PartnershipRequest:
    school_id = attributes.id("school_id")
    delivery_partner_id = attributes.id("delivery_partner_id")
    return PartnershipRequest(
        cohort=attributes.number("cohort"),
        school_id=SchoolId(school_id) if school_id else None,
        lead_provider_id=caller.lead_provider_id,
        delivery_partner_id=DeliveryPartnerId(delivery_partner_id) if delivery_partner_id else None,
    )


def update_request(
    partnership: PartnershipRow, attributes: Attributes, caller: Caller
) -> UpdateRequest:
    delivery_partner_id = attributes.id("delivery_partner_id")
    return UpdateRequest(
        partnership_id=partnership.id,
        lead_provider_id=caller.lead_provider_id,
        delivery_partner_id=DeliveryPartnerId(delivery_partner_id) if delivery_partner_id else None,
    )


def actor(caller: Caller) -> Actor:
    return Actor(ActorKind.LEAD_PROVIDER, caller.lead_provider)


def found(row: PartnershipRow | None) -> PartnershipRow:
    """Raises :class:`~ecf_core.errors.NotFound` for what is not there, or not the caller's."""
    if row is None:
        raise NotFound(Violation("partnership", "blank", "Enter a '#/partnership'."))
    return row


def document(row: PartnershipRow) -> PartnershipDocument:
    return PartnershipDocument(_resource(row))


def documents(rows: Iterable[PartnershipRow]) -> PartnershipsDocument:
    return PartnershipsDocument([_resource(row) for row in rows])


def _resource(row: PartnershipRow) -> PartnershipResource:
    attributes = PartnershipAttributes(
        cohort=str(row.cohort),
        urn=row.urn,
        school_id=str(row.school_id),
        delivery_partner_id=str(row.delivery_partner_id),
        delivery_partner_name=None if row.delivery_partner_discarded else row.delivery_partner,
        status=row.status,
        challenged_reason=row.challenged_reason,
        challenged_at=_instant(row.challenged_at, "milliseconds") if row.challenged_at else None,
        induction_tutor_name=row.induction_tutor_name,
        induction_tutor_email=row.induction_tutor_email,
        created_at=_instant(row.created_at, "seconds"),
        updated_at=_instant(row.updated_at, "seconds"),
    )
    return PartnershipResource(str(row.id), "partnership", attributes)


def _instant(at: datetime, precision: str) -> str:
    """RFC 3339 in UTC, cut to its precision."""
    return f"{at.replace(tzinfo=None).isoformat(timespec=precision)}Z"
