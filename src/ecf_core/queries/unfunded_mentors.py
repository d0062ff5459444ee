"""Mentors of a lead provider's early career teachers whom it does not train itself."""

from datetime import datetime
from typing import Final, Protocol

from attrs import frozen

from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.queries.order import Order
from ecf_core.queries.window import Page, Window

SORTABLE: Final = frozenset({"full_name", "email", "created_at", "updated_at"})


@frozen
class UnfundedMentorRow:
    """A mentor who is not trained by the lead provider that asks.

    ``email`` is where their own training as a mentor reaches them, else where the person is
    reached. ``updated_at`` moves with the person, whom naming them as a mentor touches, and with
    the partnerships by which the lead provider has early career teachers of theirs.
    """

    id: ParticipantId
    full_name: str
    email: str
    trn: str | None
    created_at: datetime
    updated_at: datetime


class UnfundedMentorQueries(Protocol):
    """Reads mentors whom a lead provider's latest records of early career teachers name.

    Those of whose training as a mentor it has a record itself are no unfunded mentors. Records
    under a challenged partnership are not the lead provider's to see.
    """

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        order: Order,
        window: Window,
    ) -> Page[UnfundedMentorRow]: ...

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        mentor_id: ParticipantId,
        updated_since: datetime | None,
    ) -> UnfundedMentorRow | None: ...
