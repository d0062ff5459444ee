"""Delivery partners as lead providers see them."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from ecf_core.queries.delivery_partners import SORTABLE, DeliveryPartnerRow
from ecf_http.wire.documents import Resource, shown_instant, to_the_second

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}


class DeliveryPartnerAttributes(Struct, frozen=True):
    """What is shown of a delivery partner, in the order in which it is sent."""

    name: str
    created_at: str
    updated_at: str
    cohort: list[str]


def resource(row: DeliveryPartnerRow) -> Resource[DeliveryPartnerAttributes]:
    attributes = DeliveryPartnerAttributes(
        name=row.name,
        created_at=to_the_second(shown_instant(row.created_at)),
        updated_at=to_the_second(shown_instant(row.updated_at)),
        cohort=[str(year) for year in row.cohorts],
    )
    return Resource(str(row.id), "delivery-partner", attributes)
