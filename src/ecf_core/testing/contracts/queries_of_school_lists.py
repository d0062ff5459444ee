from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import SchoolId, school_id_of
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.schools import SORTABLE, ListedSchool, SchoolsFilter
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    CLOSED_ID,
    FURNISHED_AT,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    RIVERSIDE_ID,
)

ALL = Window(per_page=3000)
OF_2024 = SchoolsFilter(cohort=2024)
A_DAY = timedelta(days=1)
GREENDALE_ROW = ListedSchool(
    id=GREENDALE_ID,
    name=GREENDALE.name,
    urn=GREENDALE.urn,
    cohort=2024,
    in_partnership=False,
    induction_programme_choice="not_yet_known",
    created_at=FURNISHED_AT,
    updated_at=FURNISHED_AT,
)
CHALLENGED = evolve(A_PARTNERSHIP, challenge=A_CHALLENGE)
RELATIONSHIP = evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None)
OTHERS = evolve(A_PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id)
ELIGIBLE = {GREENDALE_ID, RIVERSIDE_ID}


class SchoolListsContract(FurnishedContract):
    """Which schools lead providers are shown for a cohort, and how."""

    @pytest.mark.parametrize(
        ("partnership", "counts"),
        [(A_PARTNERSHIP, True), (OTHERS, True), (CHALLENGED, False), (RELATIONSHIP, False)],
        ids=["own", "another's", "challenged", "relationship"],
    )
    def test_eligible_schools_are_listed_and_partnered_ones_whatever_they_are(
        self, storage: Storage, queries: Queries, partnership: Partnership, *, counts: bool
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(evolve(partnership, school_id=CLOSED_ID))
            work.commit()
        assert _ids(queries, OF_2024) == ELIGIBLE | ({CLOSED_ID} if counts else set())
        assert _ids(queries, SchoolsFilter(cohort=2023)) == ELIGIBLE
        shown = queries.schools.one_listed(CLOSED_ID, OF_2024)
        assert (shown is not None and shown.in_partnership) is counts
        assert queries.schools.one_listed(CLOSED_ID, SchoolsFilter(cohort=2023)) is None
        assert queries.schools.one_listed(INDEPENDENT_ID, OF_2024) is None

    @pytest.mark.parametrize("year", [1999, 2026, 0, -5, 10**30])
    def test_a_cohort_that_is_not_there_has_no_schools(self, queries: Queries, year: int) -> None:
        wanted = SchoolsFilter(cohort=year)
        assert _ids(queries, wanted) == set()
        assert queries.schools.one_listed(GREENDALE_ID, wanted) is None

    def test_a_school_is_shown_with_its_standing_in_the_cohort(
        self, storage: Storage, queries: Queries
    ) -> None:
        assert queries.schools.one_listed(GREENDALE_ID, OF_2024) == GREENDALE_ROW
        with storage.begin() as work:
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.partnerships.add(A_PARTNERSHIP)
            work.commit()
        shown = evolve(
            GREENDALE_ROW,
            in_partnership=True,
            induction_programme_choice="provider_led",
            updated_at=A_SCHOOL_COHORT.updated_at,
        )
        assert queries.schools.one_listed(GREENDALE_ID, OF_2024) == shown
        assert shown in queries.schools.listed(OF_2024, (), ALL).rows
        earlier = queries.schools.one_listed(GREENDALE_ID, SchoolsFilter(cohort=2023))
        assert earlier == evolve(GREENDALE_ROW, cohort=2023)

    @pytest.mark.parametrize("choice", [c for c in ProgrammeChoice if c.training_programme is None])
    def test_the_choice_is_the_schools_own(
        self, storage: Storage, queries: Queries, choice: ProgrammeChoice
    ) -> None:
        chosen = evolve(A_SCHOOL_COHORT, choice=choice, default_programme=None)
        with storage.begin() as work:
            work.school_cohorts.add(chosen)
            work.commit()
        shown = queries.schools.one_listed(GREENDALE_ID, OF_2024)
        assert shown is not None
        assert shown.induction_programme_choice == choice.value

    @pytest.mark.parametrize("changed", ["school", "school cohort"])
    def test_what_is_shown_as_updated_is_what_is_compared_and_sorted_by(
        self, storage: Storage, queries: Queries, changed: str
    ) -> None:
        """A change in another cohort is not shown, and does not count."""
        later = NOW + A_DAY
        with storage.begin() as work:
            if changed == "school":
                work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=later)
            else:
                work.school_cohorts.add(evolve(A_SCHOOL_COHORT, updated_at=later))
            work.commit()
        since = evolve(OF_2024, updated_since=later)
        assert _ids(queries, since) == {GREENDALE_ID}
        assert queries.schools.one_listed(GREENDALE_ID, since) is not None
        assert queries.schools.one_listed(RIVERSIDE_ID, since) is None
        [first, *_] = queries.schools.listed(
            OF_2024, (Sort("updated_at", descending=True),), ALL
        ).rows
        assert (first.id, first.updated_at) == (GREENDALE_ID, later)
        in_2023 = _ids(queries, evolve(since, cohort=2023))
        assert in_2023 == ({GREENDALE_ID} if changed == "school" else set())
        assert _ids(queries, evolve(since, updated_since=later + A_DAY)) == set()

    def test_a_urn_is_wanted_to_the_letter(self, queries: Queries) -> None:
        assert _ids(queries, evolve(OF_2024, urn=GREENDALE.urn)) == {GREENDALE_ID}
        assert _ids(queries, evolve(OF_2024, urn=f"{GREENDALE.urn},100002")) == set()
        other = evolve(OF_2024, urn="100002")
        assert queries.schools.one_listed(GREENDALE_ID, other) is None

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", sorted(SORTABLE))
    def test_pages_of_schools_never_overlap(
        self, storage: Storage, queries: Queries, field: str, *, descending: bool
    ) -> None:
        made = [evolve(GREENDALE, urn=f"20000{n}", name=f"School {n % 3}") for n in range(6)]
        _load(storage, made)
        order: Order = (Sort(field, descending),)
        every = queries.schools.listed(OF_2024, order, ALL).rows
        in_order = sorted(every, key=lambda row: row.id)
        in_order.sort(key=lambda row: _value(row, field), reverse=descending)
        assert list(every) == in_order
        pages = [
            queries.schools.listed(OF_2024, order, Window(page=number, per_page=3))
            for number in (1, 2, 3)
        ]
        assert tuple(row for page in pages for row in page.rows) == every
        assert [page.more for page in pages] == [True, True, False]

    def test_a_partnered_school_is_listed_once(self, storage: Storage, queries: Queries) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(
                evolve(
                    CHALLENGED,
                    id=ANOTHER_ID,
                    lead_provider_id=ORANGE_INSTITUTE.id,
                    delivery_partner_id=NORTH_HUB.id,
                )
            )
            work.commit()
        assert len(queries.schools.listed(OF_2024, (), ALL).rows) == len(ELIGIBLE)


def _load(storage: Storage, entries: list[Establishment]) -> None:
    with storage.begin() as work:
        work.schools.load(((school_id_of(e.urn), e) for e in entries), at=NOW)
        work.commit()


def _ids(queries: Queries, wanted: SchoolsFilter) -> set[SchoolId]:
    return {row.id for row in queries.schools.listed(wanted, (), ALL).rows}


def _value(row: ListedSchool, field: str) -> Any:
    return getattr(row, field)
