"""Partnerships as lead providers send and see them."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from ecf_core.model.ids import DeliveryPartnerId, SchoolId
from ecf_core.queries.partnerships import SORTABLE, PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_http.body import Attributes
from ecf_http.wire.documents import Document, Resource, instant

SORT_KEYS: Final[Mapping[str, str]] = {
    **{field: field for field in SORTABLE},
    # As the live service's columns are called.
    "challenge_reason": "challenged_reason",
    "cohort_id": "cohort",
}


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


def document(row: PartnershipRow) -> Document[PartnershipAttributes]:
    return Document(resource(row))


def resource(row: PartnershipRow) -> Resource[PartnershipAttributes]:
    attributes = PartnershipAttributes(
        cohort=str(row.cohort),
        urn=row.urn,
        school_id=str(row.school_id),
        delivery_partner_id=str(row.delivery_partner_id),
        delivery_partner_name=None if row.delivery_partner_discarded else row.delivery_partner,
        status=row.status,
        challenged_reason=row.challenged_reason,
        challenged_at=instant(row.challenged_at, "milliseconds") if row.challenged_at else None,
        induction_tutor_name=row.induction_tutor_name,
        induction_tutor_email=row.induction_tutor_email,
        created_at=instant(row.created_at),
        updated_at=instant(row.updated_at),
    )
    return Resource(str(row.id), "partnership", attributes)
