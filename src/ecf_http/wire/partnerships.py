"""Partnerships as lead providers send and see them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.model.ids import DeliveryPartnerId, SchoolId
from ecf_core.model.partnership import ChallengeReason
from ecf_core.queries.partnerships import SORTABLE, PartnershipRow
from ecf_core.queries.tokens import Caller
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_http.body import Attribute, Attributes
from ecf_http.cursor import Columns
from ecf_http.refusals import NO_NULL_BYTE
from ecf_http.wire.documents import (
    Document,
    Id,
    Instant,
    Resource,
    Row,
    Urn,
    Year,
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

COHORT: Final = Attribute(
    "cohort",
    {
        "type": ["string", "number"],
        "pattern": NO_NULL_BYTE,
        "description": "The year of the cohort; a text may be longer, and is the number that it "
        "starts with.",
        "examples": ["2025"],
    },
)
SCHOOL_ID: Final = Attribute(
    "school_id",
    {
        "type": "string",
        "pattern": NO_NULL_BYTE,
        "description": "The id of the school, in any case, with or without hyphens; no URN.",
        "examples": ["dd4a1134-7308-4879-942a-c4a70ced400a"],
    },
)
DELIVERY_PARTNER_ID: Final = Attribute(
    "delivery_partner_id",
    {
        "type": "string",
        "pattern": NO_NULL_BYTE,
        "description": "The id of a delivery partner that you work with in the cohort.",
        "examples": ["20000000-0000-4000-8000-000000000001"],
    },
)
CREATED_FROM: Final = (COHORT, SCHOOL_ID, DELIVERY_PARTNER_ID)
UPDATED_FROM: Final = (DELIVERY_PARTNER_ID,)

MillisecondInstant = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$",
        extra_json_schema={"format": "date-time"},
    ),
]


class PartnershipAttributes(Struct, frozen=True):
    """What is shown of a partnership, in the order in which it is sent."""

    TYPE: ClassVar = "partnership"

    cohort: Annotated[Year, Meta(description="The year of the cohort.")]
    urn: Urn
    school_id: Annotated[Id, Meta(description="The id of the school.")]
    delivery_partner_id: Annotated[
        Id, Meta(description="The delivery partner, also once it has been discarded.")
    ]
    delivery_partner_name: Annotated[
        str | None,
        Meta(
            description="Its name; null once it has been discarded.",
            examples=["North Teaching School Hub"],
        ),
    ]
    status: Annotated[
        str,
        Meta(
            description="Whether the school has challenged the partnership.",
            examples=["active"],
            extra_json_schema={"enum": ["active", "challenged"]},
        ),
    ]
    challenged_reason: Annotated[
        str | None,
        Meta(
            description="Why the school has challenged it.",
            examples=[None],
            extra_json_schema={"enum": [*ChallengeReason, None]},
        ),
    ]
    challenged_at: Annotated[
        MillisecondInstant | None,
        Meta(description="When, with milliseconds.", examples=[None]),
    ]
    induction_tutor_name: Annotated[
        str | None, Meta(description="The school's induction tutor.", examples=["Ada Tutor"])
    ]
    induction_tutor_email: Annotated[
        str | None,
        Meta(
            description="The tutor's address, else the school office's.",
            examples=["ada@greendale.example.org"],
        ),
    ]
    created_at: Annotated[Instant, Meta(description="When the partnership was formed.")]
    updated_at: Annotated[
        Instant,
        Meta(
            description="When anything last changed of what is shown: the partnership, the "
            "school, the delivery partner, the tutor."
        ),
    ]


def partnership_request(attributes: Attributes, caller: Caller) -> PartnershipRequest:
    school_id = attributes.id(SCHOOL_ID)
    delivery_partner_id = attributes.id(DELIVERY_PARTNER_ID)
    return PartnershipRequest(
        cohort=attributes.number(COHORT),
        school_id=SchoolId(school_id) if school_id else None,
        lead_provider_id=caller.lead_provider_id,
        delivery_partner_id=DeliveryPartnerId(delivery_partner_id) if delivery_partner_id else None,
    )


def update_request(
    partnership: PartnershipRow, attributes: Attributes, caller: Caller
) -> UpdateRequest:
    delivery_partner_id = attributes.id(DELIVERY_PARTNER_ID)
    return UpdateRequest(
        partnership_id=partnership.id,
        lead_provider_id=caller.lead_provider_id,
        delivery_partner_id=DeliveryPartnerId(delivery_partner_id) if delivery_partner_id else None,
    )


def document(row: PartnershipRow) -> Document[PartnershipAttributes]:
    return Document(resource(shown(row)))


COLUMNS: Final = Columns(
    "partnerships",
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
        "cohort": Annotated[int, Meta(ge=0, le=9999)],
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
    return Resource(id_, attributes.TYPE, attributes)
