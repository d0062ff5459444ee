"""The lists from the read tables are those that the queries give, page by page."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve
from sqlalchemy import Engine, text

from ecf_adapters.sql.engine import connect_to_read
from ecf_adapters.sql.lists import SqlPartnershipList, SqlSchoolList
from ecf_adapters.sql.participant_lists import SqlParticipantList
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.model.ids import PartnershipId
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.partnerships import SORTABLE as OF_PARTNERSHIPS
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.schools import SORTABLE as OF_SCHOOLS
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Page, Window
from ecf_core.testing.contracts.partnerships import A_CHALLENGE, A_PARTNERSHIP
from ecf_core.testing.examples import (
    CLOSED_ID,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    TUTOR,
    furnish,
)
from ecf_http.cursor import Columns
from ecf_http.lists import Lists, lists_over
from ecf_http.wire import partnerships, schools
from ecf_http.wire.documents import Row
from tests.integration.conftest import NewDatabase

A_DAY = timedelta(days=1)
ORDERS = [(), (Sort("cohort"), Sort("challenged_at", descending=True), Sort("created_at"))]
ALL = Window(per_page=3000)
Pages = Callable[[Window, Row | None], Page[Row]]


@pytest.fixture
def reading(engine: Engine) -> Iterator[Engine]:
    """Equal instants, challenges and none, tutors and none, discarded partners, several years."""
    furnish(SqlStorage(engine).begin)
    with SqlStorage(engine).begin() as work:
        work.schools.set_induction_tutor(RIVERSIDE_ID, TUTOR)
        for number in range(11):
            partnership = evolve(
                A_PARTNERSHIP,
                id=PartnershipId(UUID(int=100 - number)),
                school_id=(GREENDALE_ID, RIVERSIDE_ID, CLOSED_ID)[number % 3],
                challenge=evolve(A_CHALLENGE, at=NOW + number // 5 * A_DAY) if number % 4 else None,
                challenge_deadline=None if number % 3 else NOW + number * A_DAY,
                delivery_partner_id=(NORTH_HUB, SOUTH_HUB)[number // 3 % 2].id,
                cohort=2023 + number // 6,
                created_at=NOW + timedelta(seconds=number // 3, microseconds=number // 4),
                updated_at=NOW + (number % 2) * A_DAY,
            )
            work.partnerships.add(partnership)
        work.providers.put_delivery_partners([evolve(SOUTH_HUB, discarded_at=NOW)])
        work.schools.load([(GREENDALE_ID, evolve(GREENDALE, town="Leeds"))], at=NOW + A_DAY)
        work.commit()
    reading = connect_to_read(engine.url)
    yield reading
    reading.dispose()


def walked(pages: Pages, columns: Columns, order: Order) -> Iterator[Row]:
    """The rows of the list, three at a time, each page after the last row of the one before."""
    after: Row | None = None
    page = pages(Window(per_page=3), None)
    while True:
        yield from page.rows
        if not page.more:
            return
        link = {"page": {"after": columns.cursor(page.rows[-1], order)}}
        after = columns.after(link, order)
        page = pages(Window(page=page.number + 1, per_page=3), after)


@pytest.fixture
def lists(reading: Engine) -> Lists:
    return Lists(
        partnership_list=SqlPartnershipList(reading),
        school_list=SqlSchoolList(reading),
        participant_list=SqlParticipantList(reading),
    )


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", [*sorted(OF_PARTNERSHIPS - {"lead_provider_id"}), None])
def test_partnerships_in_any_order(
    engine: Engine, lists: Lists, field: str | None, *, descending: bool
) -> None:
    order = (Sort(field, descending),) if field else ORDERS[descending]
    wanted = PartnershipsFilter(delivery_partner_ids=frozenset({NORTH_HUB.id, SOUTH_HUB.id}))
    by_queries = lists_over(sql_queries(engine)).partnership_list
    expected = by_queries.page(PURPLE_LEARNING.id, wanted, order, ALL, None).rows
    assert len(expected) == 11

    def pages(window: Window, after: Row | None) -> Page[Row]:
        return lists.partnership_list.page(PURPLE_LEARNING.id, wanted, order, window, after)

    assert pages(ALL, None).rows == expected
    assert tuple(walked(pages, partnerships.COLUMNS, order)) == expected
    counted = [pages(Window(page=number, per_page=3), None).rows for number in range(1, 5)]
    assert sum(counted, ()) == expected


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", sorted(OF_SCHOOLS))
def test_schools_in_any_order(
    engine: Engine, lists: Lists, field: str, *, descending: bool
) -> None:
    order, wanted = (Sort(field, descending),), SchoolsFilter(cohort=2023)
    expected = lists_over(sql_queries(engine)).school_list.page(wanted, order, ALL, None).rows
    assert len(expected) >= 2

    def pages(window: Window, after: Row | None) -> Page[Row]:
        return lists.school_list.page(wanted, order, window, after)

    assert pages(ALL, None).rows == expected
    assert tuple(walked(pages, schools.COLUMNS, order)) == expected


def test_a_connection_that_was_lost_meanwhile_is_replaced(new_database: NewDatabase) -> None:
    """PostgreSQL was started anew, say."""
    reading, other = (connect_to_read(url) for url in [new_database("postgresql")] * 2)
    listed = SqlSchoolList(reading).page
    assert listed(SchoolsFilter(cohort=2023), (), ALL, None).rows == ()
    with other.connect() as connection:
        lost = text(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        assert connection.scalar(lost) == 1
    assert listed(SchoolsFilter(cohort=2023), (), ALL, None).rows == ()
    for engine in (reading, other):
        engine.dispose()
