"""Participants' transfers as lead providers see them."""

from datetime import datetime
from typing import Annotated, ClassVar, get_args

from msgspec import Meta, Struct

from ecf_core.queries.transfers import (
    ParticipantTransfersRow,
    TransferEnd,
    TransferRow,
    TransferStatus,
    TransferType,
)
from ecf_http.wire.documents import Id, Instant, Resource, Urn, shown_instant, to_the_second
from ecf_http.wire.participants import Day

_Provider = Annotated[
    str | None,
    Meta(
        description="The lead provider; `null` where the school trains by itself, or has none.",
        examples=["Ambition Institute"],
    ),
]


class Leaving(Struct, frozen=True):
    """The school that is left, and when."""

    school_urn: Urn
    provider: _Provider
    date: Annotated[Day | None, Meta(examples=["2026-02-28"])]


class Joining(Struct, frozen=True):
    """The school that is joined, and when."""

    school_urn: Urn
    provider: _Provider
    date: Day


class Transfer(Struct, frozen=True):
    """A transfer, in the order in which it is sent."""

    training_record_id: Annotated[Id, Meta(description="The training that goes on elsewhere.")]
    transfer_type: Annotated[
        str,
        Meta(
            description="`new_provider` where both schools have a lead provider and it is not the "
            "same, `new_school` where not; `unknown` until it is known who joins where.",
            examples=["new_provider"],
            extra_json_schema={"enum": [*get_args(TransferType)]},
        ),
    ]
    status: Annotated[
        str,
        Meta(
            description="`complete` from the day after it on, in UTC.",
            examples=["complete"],
            extra_json_schema={"enum": [*get_args(TransferStatus)]},
        ),
    ]
    created_at: Annotated[
        Instant, Meta(description="When the record of the school that is left was made.")
    ]
    leaving: Leaving
    joining: Annotated[
        Joining | None, Meta(description="`null` until it is known where the participant goes.")
    ]


class ParticipantTransferAttributes(Struct, frozen=True):
    """What is shown of a participant who transfers, in the order in which it is sent."""

    TYPE: ClassVar = "participant-transfer"

    updated_at: Annotated[
        Instant,
        Meta(
            description="The latest change of the participant, of any of their induction records, "
            "or of the partnerships that these are under. A transfer that is complete because its "
            "day has come is no change."
        ),
    ]
    transfers: list[Transfer]


def resource(row: ParticipantTransfersRow) -> Resource[ParticipantTransferAttributes]:
    attributes = ParticipantTransferAttributes(
        updated_at=to_the_second(shown_instant(row.updated_at)),
        transfers=[_transfer(transfer) for transfer in row.transfers],
    )
    return Resource(str(row.id), attributes.TYPE, attributes)


def _transfer(row: TransferRow) -> Transfer:
    return Transfer(
        training_record_id=str(row.training_record_id),
        transfer_type=row.type,
        status=row.status,
        created_at=to_the_second(shown_instant(row.created_at)),
        leaving=_leaving(row.leaving),
        joining=_joining(row.joining),
    )


def _leaving(end: TransferEnd) -> Leaving:
    return Leaving(end.urn, end.lead_provider, _day(end.date) if end.date else None)


def _joining(end: TransferEnd | None) -> Joining | None:
    if end is None or end.date is None:
        return None
    return Joining(end.urn, end.lead_provider, _day(end.date))


def _day(instant: datetime) -> str:
    return instant.date().isoformat()
