"""Unfunded mentors as lead providers see them."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from ecf_core.queries.unfunded_mentors import SORTABLE, UnfundedMentorRow
from ecf_http.wire.documents import Instant, Resource, shown_instant, to_the_second

SORT_KEYS: Final[Mapping[str, str]] = {field: field for field in SORTABLE}


class UnfundedMentorAttributes(Struct, frozen=True):
    """What is shown of an unfunded mentor, in the order in which it is sent."""

    TYPE: ClassVar = "unfunded-mentor"

    full_name: Annotated[str, Meta(description="Their name.", examples=["Mo Mentor"])]
    email: Annotated[
        str,
        Meta(
            description="Where their own training reaches them, else where the person is reached.",
            examples=["mo@greendale.example.org"],
        ),
    ]
    teacher_reference_number: Annotated[
        str | None, Meta(description="`null` where none is known.", examples=["1234567"])
    ]
    created_at: Annotated[Instant, Meta(description="When the person was registered.")]
    updated_at: Annotated[
        Instant,
        Meta(
            description="The latest change of the person, of whom they are the mentor of, and of "
            "your partnerships that these train under."
        ),
    ]


def resource(row: UnfundedMentorRow) -> Resource[UnfundedMentorAttributes]:
    attributes = UnfundedMentorAttributes(
        full_name=row.full_name,
        email=row.email,
        teacher_reference_number=row.trn,
        created_at=to_the_second(shown_instant(row.created_at)),
        updated_at=to_the_second(shown_instant(row.updated_at)),
    )
    return Resource(str(row.id), attributes.TYPE, attributes)
