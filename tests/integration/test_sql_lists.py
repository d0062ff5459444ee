"""The lists from the read tables are those that the queries give, page by page."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from sqlalchemy import Engine, text

from ecf_adapters.sql import participant_lists
from ecf_adapters.sql.engine import connect_to, connect_to_read
from ecf_adapters.sql.lists import SqlPartnershipList, SqlSchoolList
from ecf_adapters.sql.participant_lists import SqlParticipantList, _people
from ecf_adapters.sql.queries import sql_queries
from ecf_adapters.sql.read_tables import ReadTables
from ecf_adapters.sql.storage import SqlStorage
from ecf_core.model.ids import PartnershipId
from ecf_core.queries.order import OLDEST_FIRST, Order, Sort
from ecf_core.queries.partnerships import SORTABLE as OF_PARTNERSHIPS
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.provider_participant_lists import SORTABLE as OF_PARTICIPANTS
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter, TrainingsFilter
from ecf_core.queries.schools import SORTABLE as OF_SCHOOLS
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Page, Window
from ecf_core.testing.contracts.partnerships import A_CHALLENGE, A_PARTNERSHIP
from ecf_core.testing.contracts.trained import (
    BEFORE,
    PURPLE_2023,
    PURPLE_2024,
    a_mentor_too,
    a_training,
    gone_to,
    make_places,
)
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
from ecf_http.wire.enrolments import COLUMNS
from tests.integration.conftest import NewDatabase
from tests.integration.sending import RUNS, sent_by

A_DAY = timedelta(days=1)
EVERYONE = ProviderParticipantsFilter()
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


def walked(
    pages: Pages,
    columns: Columns,
    order: Order,
    placing: Callable[[Row], Row] = itemgetter(slice(1, None)),
) -> Iterator[Row]:
    """The rows of the list, three at a time, each page after the last row of the one before.

    Without ``placing``, rows have the values that they are ordered by behind what is sent.
    """
    after: Row | None = None
    page = pages(Window(per_page=3), None)
    while True:
        yield from page.rows
        if not page.more:
            return
        link = {"page": {"after": columns.following(placing(page.rows[-1]), order)}}
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


NASTY = 'Sl\\ash "Quote" & <b>\n\t\x01\x1f\x7f\u2028é😀 {"id":1}, null'


def test_any_text_is_sent_as_json_writes_it(engine: Engine, lists: Lists) -> None:
    storage = SqlStorage(engine)
    with storage.begin() as work:
        work.schools.load([(GREENDALE_ID, evolve(GREENDALE, name=NASTY))], at=NOW + A_DAY)
        work.schools.set_induction_tutor(
            GREENDALE_ID, evolve(TUTOR, name=NASTY, email=f"{NASTY}@example.org")
        )
        work.providers.put_delivery_partners([evolve(NORTH_HUB, name=NASTY)])
        work.commit()
    by_queries = lists_over(sql_queries(engine))
    wanted, of_2023 = PartnershipsFilter(), SchoolsFilter(cohort=2023)
    mine = PURPLE_LEARNING.id
    sent = lists.partnership_list.page(mine, wanted, (), ALL, None).rows
    should_be = by_queries.partnership_list.page(mine, wanted, (), ALL, None).rows
    assert list(map(_read, sent)) == list(map(_read, should_be))
    shown = [row["attributes"] for row in map(_read, sent)]
    assert NASTY in {each["induction_tutor_name"] for each in shown}
    assert NASTY in {each["delivery_partner_name"] for each in shown}
    listed = lists.school_list.page(of_2023, (), ALL, None).rows
    should_be = by_queries.school_list.page(of_2023, (), ALL, None).rows
    assert list(map(_read, listed)) == list(map(_read, should_be))
    assert NASTY in {row["attributes"]["name"] for row in map(_read, listed)}


def _read(row: Row) -> Any:
    return json.loads(row[0])


@pytest.mark.usefixtures("reading")
def test_rows_that_are_written_anew_stand_in_the_order_of_their_list(engine: Engine) -> None:
    """A page is then read from few places; where it is not, PostgreSQL reads the whole table."""
    ReadTables(engine).rebuild()
    place = "rowid" if engine.dialect.name == "sqlite" else "ctid"
    for table, order in [
        ("read_partnerships", "lead_provider_id, created_at, id"),
        ("read_schools", "cohort, created_at, id"),
    ]:
        with engine.connect() as connection:
            placed, listed = (
                connection.execute(text(f"SELECT id, cohort FROM {table} ORDER BY {by}")).all()  # noqa: S608 - the test's own
                for by in (place, order)
            )
        assert len(placed) > 3
        assert placed == listed


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


@pytest.fixture
def trained(engine: Engine) -> Iterator[Engine]:
    """Equal instants, ids that go against them, two who train twice, and one in two cohorts."""
    storage = SqlStorage(engine)
    furnish(storage.begin)
    make_places(storage.begin)
    enrolments = [
        a_training(
            90 - number, (PURPLE_2024, PURPLE_2023)[number % 2], at=BEFORE + number // 3 * A_DAY
        )
        for number in range(8)
    ]
    mentors = [a_mentor_too(each, 40 - number) for number, each in enumerate(enrolments[2:4])]
    with storage.begin() as work:
        work.participants.enrol([*enrolments, *mentors])
        work.participants.put_records(*gone_to(enrolments[1], 11, PURPLE_2024))
        work.commit()
    reading = connect_to_read(engine.url)
    yield reading
    reading.dispose()


@contextmanager
def one_statement(engine: Engine) -> Iterator[None]:
    with sent_by(engine) as sent:
        yield
    statements = [each for each in sent if engine.dialect.name == "sqlite" or each in RUNS]
    assert len(statements) == 1, sent


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("field", [*sorted(OF_PARTICIPANTS), None])
def test_participants_in_any_order(
    engine: Engine, trained: Engine, field: str | None, *, descending: bool
) -> None:
    order: Order = (Sort(field, descending),) if field else ()
    by_queries = lists_over(sql_queries(engine)).participant_list
    expected = by_queries.page(PURPLE_LEARNING.id, EVERYONE, order, ALL, None).rows
    assert [len(trainings) for trainings in expected].count(2) == 2
    assert len(expected) == 8
    people = SqlParticipantList(trained)
    found: list[tuple[Row, ...]] = []
    more: list[bool] = []
    after: Row | None = None
    for number in (1, 2, 3):
        with one_statement(trained):
            page = people.page(
                PURPLE_LEARNING.id, EVERYONE, order, Window(page=number, per_page=3), after
            )
        found += page.rows
        more.append(page.more)
        cursor = COLUMNS.cursor(page.rows[-1][0], order)
        after = COLUMNS.after({"page": {"after": cursor}}, order)
    assert more == [True, True, False]
    assert tuple(found) == expected


@pytest.mark.parametrize("since", [None, BEFORE])
def test_trainings_page_by_page_and_all_at_once(
    engine: Engine, trained: Engine, since: datetime | None
) -> None:
    wanted = TrainingsFilter(updated_since=since, cohorts=frozenset({2023, 2024}))
    by_queries = lists_over(sql_queries(engine)).participant_list
    expected = by_queries.trainings(PURPLE_LEARNING.id, wanted, ALL, None).rows
    assert len(expected) == 10
    people = SqlParticipantList(trained)

    def pages(window: Window, after: Row | None) -> Page[Row]:
        with one_statement(trained):
            return people.trainings(PURPLE_LEARNING.id, wanted, window, after)

    assert (
        tuple(walked(pages, COLUMNS, wanted.order, lambda row: COLUMNS.placing(row, wanted.order)))
        == expected
    )
    with one_statement(trained):
        assert tuple(people.every_training(PURPLE_LEARNING.id, wanted)) == expected
    assert tuple(by_queries.every_training(PURPLE_LEARNING.id, wanted)) == expected


def test_columns_are_those_of_the_wire() -> None:
    assert COLUMNS.names == participant_lists.COLUMNS


def test_sqlite_finds_the_people_of_a_page_by_their_ids(new_database: NewDatabase) -> None:
    """And not by looking through everyone whom the lead provider has."""
    engine = connect_to(new_database("sqlite"))
    asked = {"lead_provider_id", "first_cohort"}
    with engine.connect() as connection:
        for each in (asked, asked | {"updated_since"}):
            people = _people(frozenset(each), OLDEST_FIRST, ()).statement
            listed = people.compile(dialect=engine.dialect)
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {listed}", ("x",) * str(listed).count("?")
            )
            steps = [step for *_, step in plan]
            assert sum("lead_provider_id=?" in step for step in steps) == 1
            assert any("autoindex" in step and "(id=?" in step for step in steps)
    engine.dispose()
