from collections.abc import Sequence
from datetime import timedelta
from operator import attrgetter
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Partnership
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.partnerships import SORTABLE, PartnershipRow, PartnershipsFilter
from ecf_core.queries.window import Page, Window
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.partnerships import A_CHALLENGE, A_PARTNERSHIP, ANOTHER_ID
from ecf_core.testing.examples import (
    COHORT_2023,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    TUTOR,
)

ALL = Window(per_page=3000)
A_DAY = timedelta(days=1)
_LATER_ID = PartnershipId(UUID(int=2**128 - 1))
CHANGES = ["partnership", "school", "delivery partner", "tutor"]


class PartnershipListsContract(FurnishedContract):
    """Which partnerships a lead provider is shown, and in what order."""

    def test_a_lead_provider_sees_its_own_default_partnerships_alone(
        self, storage: Storage, queries: Queries
    ) -> None:
        others = evolve(
            A_PARTNERSHIP,
            id=ANOTHER_ID,
            school_id=RIVERSIDE_ID,
            lead_provider_id=ORANGE_INSTITUTE.id,
        )
        relationship = evolve(
            A_PARTNERSHIP,
            id=_id(3),
            school_id=RIVERSIDE_ID,
            relationship=True,
            challenge_deadline=None,
        )
        _add(storage, A_PARTNERSHIP, others, relationship)
        listed = queries.partnerships.of_lead_provider
        theirs = PartnershipsFilter(lead_provider_id=ORANGE_INSTITUTE.id)
        for wanted in (PartnershipsFilter(), theirs):
            assert _ids(listed(PURPLE_LEARNING.id, wanted, (), ALL)) == [A_PARTNERSHIP.id]
        one = queries.partnerships.one_of_lead_provider
        assert one(PURPLE_LEARNING.id, others.id) is None
        assert one(PURPLE_LEARNING.id, relationship.id) is None
        assert one(ORANGE_INSTITUTE.id, others.id) is not None
        everything = queries.partnerships.all(PartnershipsFilter())
        assert {row.id for row in everything} == {A_PARTNERSHIP.id, others.id, relationship.id}

    def test_lists_are_in_order_and_cut_into_pages(
        self, storage: Storage, queries: Queries
    ) -> None:
        made = _several()
        _add(storage, *made)
        in_order = [p.id for p in sorted(made, key=attrgetter("created_at", "id"))]
        pages = [_listed(queries, window=Window(page=n, per_page=3)) for n in (1, 2, 3, 4)]
        assert [_ids(page) for page in pages] == [in_order[:3], in_order[3:6], in_order[6:], []]
        assert [(page.number, page.more) for page in pages] == [
            (1, True),
            (2, True),
            (3, False),
            (4, False),
        ]
        assert _listed(queries, window=Window(per_page=len(made))).more is False
        nobodys = queries.partnerships.all(
            PartnershipsFilter(cohorts=frozenset({2023}), lead_provider_id=ORANGE_INSTITUTE.id)
        )
        assert nobodys == ()

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", sorted(SORTABLE))
    def test_any_order_is_total_and_its_pages_never_overlap(
        self, storage: Storage, queries: Queries, field: str, *, descending: bool
    ) -> None:
        """What has no value counts as the greatest; among equals the id decides, ascending."""
        _add(storage, *_several())
        order = (Sort(field, descending),)
        found: Sequence[PartnershipRow] = _listed(queries, order).rows
        expected = sorted(found, key=attrgetter("id"))
        expected.sort(key=lambda row: _sort_key(row, field), reverse=descending)
        assert list(found) == expected
        windows = [Window(page=number, per_page=3) for number in (1, 2, 3)]
        paged = [row for window in windows for row in _listed(queries, order, window).rows]
        assert paged == expected

    def test_what_matters_less_decides_among_equals(
        self, storage: Storage, queries: Queries
    ) -> None:
        _add(storage, *_several())
        rows = _listed(queries, (Sort("cohort", descending=True), Sort("created_at"))).rows
        assert [(row.cohort, row.created_at) for row in rows] == sorted(
            ((row.cohort, row.created_at) for row in rows), key=lambda key: (-key[0], key[1])
        )

    def test_cohorts_before_2021_are_shown_when_asked_for(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.cohorts.put(evolve(COHORT_2023, start_year=2020), at=NOW)
            work.partnerships.add(evolve(A_PARTNERSHIP, cohort=2020))
            work.commit()
        assert _wanted(queries, PartnershipsFilter()) == []
        for years, count in (({2020}, 1), ({2020, 2023}, 1), ({10**30, -5}, 0), ((), 0)):
            wanted = PartnershipsFilter(cohorts=frozenset(years))
            assert len(_wanted(queries, wanted)) == count

    def test_filters_restrict_together(self, storage: Storage, queries: Queries) -> None:
        made = _several()
        _add(storage, *made)
        south = frozenset({SOUTH_HUB.id})
        wanted = PartnershipsFilter(cohorts=frozenset({2023}), delivery_partner_ids=south)
        expected = {p.id for p in made if p.cohort == 2023 and p.delivery_partner_id in south}
        assert expected
        assert set(_wanted(queries, wanted)) == expected
        both = PartnershipsFilter(delivery_partner_ids=south | {NORTH_HUB.id})
        assert set(_wanted(queries, both)) == {p.id for p in made}
        assert _wanted(queries, PartnershipsFilter(delivery_partner_ids=frozenset())) == []

    @pytest.mark.parametrize("changed", CHANGES)
    def test_what_is_shown_as_updated_is_what_updated_since_compares(
        self, storage: Storage, queries: Queries, changed: str
    ) -> None:
        """Whichever of its parties changed last, the instant itself included."""
        _add(storage, A_PARTNERSHIP, evolve(A_PARTNERSHIP, id=_LATER_ID, school_id=INDEPENDENT_ID))
        later = NOW + A_DAY
        with storage.begin() as work:
            if changed == "partnership":
                work.partnerships.save(evolve(A_PARTNERSHIP, updated_at=later))
            if changed == "school":
                work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=later)
            if changed == "delivery partner":
                work.providers.put_delivery_partners([NORTH_HUB.renamed("North", at=later)])
            if changed == "tutor":
                work.schools.set_induction_tutor(GREENDALE_ID, evolve(TUTOR, updated_at=later))
            work.commit()
        since = _wanted(queries, PartnershipsFilter(updated_since=later))
        assert since[0] == A_PARTNERSHIP.id
        assert len(since) == (2 if changed == "delivery partner" else 1)
        [row, *_] = _listed(queries, (Sort("updated_at", descending=True), Sort("created_at"))).rows
        assert row.updated_at == later
        after = PartnershipsFilter(updated_since=later + timedelta(microseconds=1))
        assert _wanted(queries, after) == []


def _several() -> list[Partnership]:
    """Their instants and parties repeat, and their ids go against the order they were made in."""
    return [
        evolve(
            A_PARTNERSHIP,
            id=_id(100 - number),
            school_id=(GREENDALE_ID, RIVERSIDE_ID)[number % 2],
            challenge=A_CHALLENGE if number % 4 else None,
            challenge_deadline=None if number % 3 else NOW + number * A_DAY,
            delivery_partner_id=(NORTH_HUB, SOUTH_HUB)[number // 2 % 2].id,
            cohort=2023 + number // 4,
            created_at=NOW + timedelta(seconds=number // 3),
            updated_at=NOW + (number % 2) * A_DAY,
        )
        for number in range(8)
    ]


def _add(storage: Storage, *partnerships: Partnership) -> None:
    with storage.begin() as work:
        for partnership in partnerships:
            work.partnerships.add(partnership)
        work.commit()


def _listed(queries: Queries, order: Order = (), window: Window = ALL) -> Page[PartnershipRow]:
    return queries.partnerships.of_lead_provider(
        PURPLE_LEARNING.id, PartnershipsFilter(), order, window
    )


def _wanted(queries: Queries, wanted: PartnershipsFilter) -> list[PartnershipId]:
    return _ids(queries.partnerships.of_lead_provider(PURPLE_LEARNING.id, wanted, (), ALL))


def _ids(page: Page[PartnershipRow]) -> list[PartnershipId]:
    return [row.id for row in page.rows]


def _sort_key(row: PartnershipRow, field: str) -> tuple[bool, object]:
    value = getattr(row, field)
    return value is None, value


def _id(number: int) -> PartnershipId:
    return PartnershipId(UUID(int=number))
