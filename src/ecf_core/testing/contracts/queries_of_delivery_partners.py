from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.ids import LeadProviderId
from ecf_core.model.providers import ProviderRelationship
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.delivery_partners import SORTABLE, DeliveryPartnerRow
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    COHORT_2023,
    EAST_HUB,
    FURNISHED_AT,
    IDLE_HUB,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
)

ALL = Window(per_page=3000)
OF_2023 = ProviderRelationship(
    lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2023
)
NORTH_ROW = DeliveryPartnerRow(
    id=NORTH_HUB.id,
    name=NORTH_HUB.name,
    cohorts=(2023, 2024, 2025),
    created_at=NORTH_HUB.created_at,
    updated_at=FURNISHED_AT,
)


class DeliveryPartnerQueriesContract(FurnishedContract):
    """Which delivery partners a lead provider is shown, and how."""

    def test_a_lead_provider_sees_those_that_it_works_with(
        self, storage: Storage, queries: Queries
    ) -> None:
        theirs = evolve(
            OF_2023, lead_provider_id=ORANGE_INSTITUTE.id, delivery_partner_id=IDLE_HUB.id
        )
        with storage.begin() as work:
            work.providers.relate([theirs], at=NOW)
            work.commit()
        three = {NORTH_HUB.name, SOUTH_HUB.name, EAST_HUB.name}
        assert set(_names(queries)) == three
        assert set(_names(queries, by=ORANGE_INSTITUTE.id)) == three | {IDLE_HUB.name}
        one = queries.delivery_partners.one_of_lead_provider
        assert one(PURPLE_LEARNING.id, NORTH_HUB.id) == NORTH_ROW
        assert one(PURPLE_LEARNING.id, IDLE_HUB.id) is None
        idle = one(ORANGE_INSTITUTE.id, IDLE_HUB.id)
        assert idle is not None
        assert (idle.cohorts, idle.updated_at) == ((2023,), NOW)

    def test_the_cohorts_shown_are_all_of_them_whatever_is_asked_for(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.cohorts.put(evolve(COHORT_2023, start_year=2020), at=NOW)
            work.providers.relate([evolve(OF_2023, cohort=2020)], at=FURNISHED_AT)
            work.providers.relate(
                [evolve(OF_2023, cohort=2020, delivery_partner_id=IDLE_HUB.id)], at=NOW
            )
            work.commit()
        assert IDLE_HUB.name not in _names(queries)
        assert set(_names(queries, {2020})) == {NORTH_HUB.name, IDLE_HUB.name}
        assert len(_names(queries, {2020, 2024})) == 4
        assert _names(queries, {10**30, -5}) == []
        assert _names(queries, ()) == []
        shown = queries.delivery_partners.of_lead_provider(
            PURPLE_LEARNING.id, frozenset({2024}), (), ALL
        )
        years = (2020, 2023, 2024, 2025)
        assert {row.cohorts for row in shown.rows if row.id == NORTH_HUB.id} == {years}
        idle = queries.delivery_partners.one_of_lead_provider(PURPLE_LEARNING.id, IDLE_HUB.id)
        assert idle is not None
        assert idle.cohorts == (2020,)

    def test_work_that_has_ended_is_not_shown_but_tells_when_that_was(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.providers.discard([OF_2023], at=NOW)
            work.commit()
        one = queries.delivery_partners.one_of_lead_provider
        ended = evolve(NORTH_ROW, cohorts=(2024, 2025), updated_at=NOW)
        assert one(PURPLE_LEARNING.id, NORTH_HUB.id) == ended
        assert one(ORANGE_INSTITUTE.id, NORTH_HUB.id) == NORTH_ROW
        assert NORTH_HUB.name not in _names(queries, {2023})
        with storage.begin() as work:
            work.providers.relate([OF_2023], at=NOW - timedelta(days=1))
            work.commit()
        assert one(PURPLE_LEARNING.id, NORTH_HUB.id) == evolve(NORTH_ROW, updated_at=NOW)

    def test_when_all_their_work_has_ended_it_is_not_found(
        self, storage: Storage, queries: Queries
    ) -> None:
        years = [evolve(OF_2023, cohort=year) for year in (2023, 2024, 2025)]
        with storage.begin() as work:
            work.providers.discard(years, at=NOW)
            work.commit()
        one = queries.delivery_partners.one_of_lead_provider
        assert one(PURPLE_LEARNING.id, NORTH_HUB.id) is None
        assert NORTH_HUB.name not in _names(queries)

    def test_a_discarded_one_is_not_found(self, storage: Storage, queries: Queries) -> None:
        with storage.begin() as work:
            work.providers.put_delivery_partners([NORTH_HUB.discarded(at=NOW)])
            work.commit()
        one = queries.delivery_partners.one_of_lead_provider
        assert one(PURPLE_LEARNING.id, NORTH_HUB.id) is None
        assert NORTH_HUB.name not in _names(queries)

    def test_its_own_change_is_shown(self, storage: Storage, queries: Queries) -> None:
        with storage.begin() as work:
            work.providers.put_delivery_partners([NORTH_HUB.renamed("North", at=NOW)])
            work.commit()
        found = queries.delivery_partners.one_of_lead_provider(PURPLE_LEARNING.id, NORTH_HUB.id)
        assert found == evolve(NORTH_ROW, name="North", updated_at=NOW)

    def test_without_an_order_the_oldest_come_first_and_equals_by_id(
        self, queries: Queries
    ) -> None:
        assert _names(queries) == [NORTH_HUB.name, SOUTH_HUB.name, EAST_HUB.name]

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", sorted(SORTABLE))
    def test_pages_of_delivery_partners_never_overlap(
        self, queries: Queries, field: str, *, descending: bool
    ) -> None:
        order = (Sort(field, descending),)
        every = _names(queries, order=order)
        if field == "name":
            assert every == sorted(every, reverse=descending)
        assert len(set(every)) == 3
        pages = [
            queries.delivery_partners.of_lead_provider(
                PURPLE_LEARNING.id, None, order, Window(page=number, per_page=2)
            )
            for number in (1, 2)
        ]
        assert [row.name for page in pages for row in page.rows] == every
        assert [page.more for page in pages] == [True, False]


def _names(
    queries: Queries,
    cohorts: "set[int] | tuple[()] | None" = None,
    *,
    by: LeadProviderId = PURPLE_LEARNING.id,
    order: Order = (),
) -> list[str]:
    wanted = None if cohorts is None else frozenset(cohorts)
    page = queries.delivery_partners.of_lead_provider(by, wanted, order, ALL)
    return [row.name for row in page.rows]
