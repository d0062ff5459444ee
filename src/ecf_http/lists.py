"""The lists that lead providers poll: each row as the wire has it, in the order of its columns.

Any storage has them, through its queries; one that keeps rows ready to be sent is asked directly.
"""

from typing import Protocol

from attrs import frozen

from ecf_core.model.ids import LeadProviderId
from ecf_core.queries import Queries
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import PartnershipQueries, PartnershipsFilter
from ecf_core.queries.schools import SchoolQueries, SchoolsFilter
from ecf_core.queries.window import Page, Window
from ecf_http.wire import partnerships, schools
from ecf_http.wire.documents import Row


class PartnershipList(Protocol):
    """A lead provider's partnerships, each as :data:`ecf_http.wire.partnerships.COLUMNS` says."""

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
    """The schools of a cohort, each as :data:`ecf_http.wire.schools.COLUMNS` says."""

    def page(
        self, wanted: SchoolsFilter, order: Order, window: Window, after: Row | None
    ) -> Page[Row]: ...


@frozen(kw_only=True)
class Lists:
    """The lists, over one storage."""

    partnership_list: PartnershipList
    school_list: SchoolList


def lists_over(queries: Queries) -> Lists:
    """The lists of any storage; pages are counted, wherever they start."""
    return Lists(
        partnership_list=_Partnerships(queries.partnerships), school_list=_Schools(queries.schools)
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
        return page.shown_as(partnerships.shown)


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
        return self._queries.listed(wanted, order, window).shown_as(schools.shown)
