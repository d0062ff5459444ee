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
from ecf_http.cursor import Columns
from ecf_http.wire.documents import (
    Document,
    Resource,
    Row,
    shown_instant,
    to_the_millisecond,
    to_the_second,
)

SORT_KEYS: Final[Mapping[str, str]] = {
    # All of one's own have the same lead provider.
    **{field: field for field in SORTABLE - {"lead_provider_id"}},
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
    return Document(resource(shown(row)))


COLUMNS: Final = Columns(
    (
        "id",
        "cohort",
        "urn",
        "school_id",
        "delivery_partner_id",
        "delivery_partner_name",
        "status",
        "challenged_reason",
        "challenged_at",
        "induction_tutor_name",
        "induction_tutor_email",
        "created_at",
        "updated_at",
        "challenge_deadline",
    ),
    kinds={
        "cohort": int,
        "challenged_reason": str | None,
        "challenged_at": str | None,
        "challenge_deadline": str | None,
    },
)
"""The last is not sent: a list can be ordered by it."""


def shown(row: PartnershipRow) -> Row:
    """A partnership in the order of the columns."""
    return (
        str(row.id),
        row.cohort,
        row.urn,
        str(row.school_id),
        str(row.delivery_partner_id),
        None if row.delivery_partner_discarded else row.delivery_partner,
        row.status,
        row.challenged_reason,
        row.challenged_at and shown_instant(row.challenged_at),
        row.induction_tutor_name,
        row.induction_tutor_email,
        shown_instant(row.created_at),
        shown_instant(row.updated_at),
        row.challenge_deadline and shown_instant(row.challenge_deadline),
    )


def resource(row: Row) -> Resource[PartnershipAttributes]:
    id_, cohort, urn, school, partner, name, status, reason, challenged, tutor, email, *times = row
    attributes = PartnershipAttributes(
        str(cohort),
        urn,
        school,
        partner,
        name,
        status,
        reason,
        challenged and to_the_millisecond(challenged),
        tutor,
        email,
        to_the_second(times[0]),
        to_the_second(times[1]),
    )
    return Resource(id_, "partnership", attributes)
