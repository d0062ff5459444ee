"""The lists that lead providers poll, as the wire has them.

Any storage has them, through its queries; one that keeps what is sent is asked directly.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, Protocol

import msgspec
from attrs import frozen

from ecf_core.model.ids import LeadProviderId
from ecf_core.queries import Queries
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import PartnershipQueries, PartnershipsFilter
from ecf_core.queries.provider_participant_lists import (
    ProviderParticipantQueries,
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.schools import SchoolQueries, SchoolsFilter
from ecf_core.queries.window import MOST_PER_PAGE, Page, Window
from ecf_http.wire import enrolments, partnerships, schools
from ecf_http.wire.documents import Resource, Row


class PartnershipList(Protocol):
    """A lead provider's partnerships: each as JSON, then the values that it is ordered by."""

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
        after: Row | None,
    ) -> Page[Row]:
        """The part that the window counts to, or what follows the row whose values come after."""
        ...


class SchoolList(Protocol):
    """The schools of a cohort: each as JSON, then the values that it is ordered by."""

    def page(
        self, wanted: SchoolsFilter, order: Order, window: Window, after: Row | None
    ) -> Page[Row]: ...


class ParticipantList(Protocol):
    """A lead provider's participants, each training as ``ecf_http.wire.enrolments`` says."""

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
        after: Row | None,
    ) -> Page[tuple[Row, ...]]:
        """People, each with the rows of every training."""
        ...

    def trainings(
        self,
        lead_provider_id: LeadProviderId,
        wanted: TrainingsFilter,
        window: Window,
        after: Row | None,
    ) -> Page[Row]: ...

    def every_training(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter
    ) -> Iterator[Row]: ...


@frozen(kw_only=True)
class Lists:
    """The lists, over one storage."""

    partnership_list: PartnershipList
    school_list: SchoolList
    participant_list: ParticipantList


def lists_over(queries: Queries) -> Lists:
    """The lists of any storage; pages are counted, wherever they start."""
    return Lists(
        partnership_list=_Partnerships(queries.partnerships),
        school_list=_Schools(queries.schools),
        participant_list=_Participants(queries.provider_participants),
    )


@frozen
class _Partnerships:
    _queries: PartnershipQueries

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: PartnershipsFilter,
        order: Order,
        window: Window,
        after: Row | None,  # noqa: ARG002 - the window says it too
    ) -> Page[Row]:
        page = self._queries.of_lead_provider(lead_provider_id, wanted, order, window)
        return page.shown_as(partnerships.shown).shown_as(
            lambda row: (
                _json(partnerships.resource(row)),
                *partnerships.COLUMNS.placing(row, order),
            )
        )


@frozen
class _Schools:
    _queries: SchoolQueries

    def page(
        self,
        wanted: SchoolsFilter,
        order: Order,
        window: Window,
        after: Row | None,  # noqa: ARG002 - the window says it too
    ) -> Page[Row]:
        page = self._queries.listed(wanted, order, window)
        return page.shown_as(schools.shown).shown_as(
            lambda row: (_json(schools.resource(row)), *schools.COLUMNS.placing(row, order))
        )


def _json(resource: Resource[Any]) -> str:
    return msgspec.json.encode(resource).decode()


@frozen
class _Participants:
    _queries: ProviderParticipantQueries

    def page(
        self,
        lead_provider_id: LeadProviderId,
        wanted: ProviderParticipantsFilter,
        order: Order,
        window: Window,
        after: Row | None,  # noqa: ARG002 - the window says it too
    ) -> Page[tuple[Row, ...]]:
        page = self._queries.page(lead_provider_id, wanted, order, window)
        return page.shown_as(enrolments.shown)

    def trainings(
        self,
        lead_provider_id: LeadProviderId,
        wanted: TrainingsFilter,
        window: Window,
        after: Row | None,  # noqa: ARG002 - the window says it too
    ) -> Page[Row]:
        page = self._queries.trainings(lead_provider_id, wanted, window)
        return page.shown_as(lambda row: enrolments.enrolled(row.participant, row.enrolment))

    def every_training(
        self, lead_provider_id: LeadProviderId, wanted: TrainingsFilter
    ) -> Iterator[Row]:
        for number in count(1):
            window = Window(page=number, per_page=MOST_PER_PAGE)
            page = self.trainings(lead_provider_id, wanted, window, None)
            yield from page.rows
            if not page.more:
                return
