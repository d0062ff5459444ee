"""Delivery partners as lead providers see them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.queries.delivery_partners import SORTABLE, DeliveryPartnerRow
from ecf_http.wire.documents import Instant, Resource, Year, shown_instant, to_the_second

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}


class DeliveryPartnerAttributes(Struct, frozen=True):
    """What is shown of a delivery partner, in the order in which it is sent."""

    TYPE: ClassVar = "delivery-partner"

    name: Annotated[str, Meta(description="Its name.", examples=["North Teaching School Hub"])]
    created_at: Annotated[Instant, Meta(description="When it was set up.")]
    updated_at: Annotated[
        Instant,
        Meta(
            description="The latest of its own change and of your work with it, also of work that "
            "has ended."
        ),
    ]
    cohort: Annotated[
        list[Year],
        Meta(
            description="Every cohort in which you work with it, ascending, whatever the filter.",
            examples=[["2024", "2025"]],
        ),
    ]


def resource(row: DeliveryPartnerRow) -> Resource[DeliveryPartnerAttributes]:
    attributes = DeliveryPartnerAttributes(
        name=row.name,
        created_at=to_the_second(shown_instant(row.created_at)),
        updated_at=to_the_second(shown_instant(row.updated_at)),
        cohort=[str(year) for year in row.cohorts],
    )
    return Resource(str(row.id), attributes.TYPE, attributes)
