"""The pieces of the benchmark that need no server."""

from datetime import date

import pytest

from benchmarks.answers import difference
from benchmarks.lists.asked import LIMIT, PEER, PRODUCT, columns, post
from benchmarks.lists.page import rendered
from benchmarks.lists.run import POST, Result
from benchmarks.lists.seed import Country
from benchmarks.lists.size import Size
from benchmarks.migration import page as migration_page
from benchmarks.migration import run as migration
from benchmarks.participants import asked as participants_asked
from benchmarks.participants import page as participants_page
from benchmarks.participants.seed import Nation
from benchmarks.participants.size import People
from benchmarks.ratios import Measured, shown
from benchmarks.servers import ROOT

SMALL = Size(schools=120, partnerships_a_cohort=84, changed=5)
FEW = People(
    country=Size(schools=120, partnerships_a_cohort=84, changed=0),
    participants=600,
    one_in=5,
    changed=6,
)


def _measured() -> Measured:
    return Measured({PRODUCT: [90.0, 60.0, 30.0], PEER: [2.0], LIMIT: [120.0]}, {})


def test_a_figure_is_the_median_of_its_rounds_as_a_multiple_in_the_same_run() -> None:
    assert _measured().multiple(PRODUCT, PEER) == 30
    assert _measured().multiple(PRODUCT, LIMIT) == 0.5


def test_what_was_not_timed_has_no_figure() -> None:
    assert Measured({PEER: [2.0]}, {PRODUCT: "/data: 1 and 2"}).multiple(PRODUCT, PEER) is None


@pytest.mark.parametrize(
    ("multiple", "text"),
    [(None, "—"), (0.634, "0.63"), (1.0, "1.0"), (9.94, "9.9"), (38.4, "38"), (1362.0, "1,362")],
)
def test_a_figure_has_no_more_digits_than_it_is_worth(multiple: float | None, text: str) -> None:
    assert shown(multiple) == text


def test_the_same_answer_is_no_difference_in_whatever_order_its_members_are() -> None:
    assert difference({"a": 1, "b": [None, "x"]}, {"b": [None, "x"], "a": 1}) is None


@pytest.mark.parametrize(
    ("other", "where"),
    [
        ({"data": [{"id": "2"}]}, "/data/0/id: '1' and '2'"),
        ({"data": []}, "/data: 1 and 0 of them"),
        ({"data": [{"id": "1", "type": "school"}]}, "/data/0: ['id'] and ['id', 'type']"),
        ({"data": [{"id": None}]}, "/data/0/id: '1' and None"),
    ],
)
def test_the_first_place_is_named_where_answers_differ(other: object, where: str) -> None:
    assert difference({"data": [{"id": "1"}]}, other) == where


def test_a_number_is_not_the_same_as_true() -> None:
    assert difference({"a": 1}, {"a": True}) == "/a: 1 and True"


def test_what_is_left_aside_may_differ() -> None:
    assert difference({"id": "1", "urn": "2"}, {"id": "3", "urn": "2"}, but=["id"]) is None


def test_the_country_is_the_same_every_time() -> None:
    one, other = Country(SMALL), Country(SMALL)
    one.make()
    other.make()
    assert one.rows == other.rows
    assert one.free == other.free


def test_every_new_partnership_has_a_school_of_its_own() -> None:
    country = Country(SMALL)
    country.make()
    asked = [post(PRODUCT, free).body for free in country.free]
    assert asked
    assert all(asked.count(body) == 1 for body in asked)


def test_the_page_shows_figures_beside_goals_and_says_what_was_not_timed() -> None:
    names = [column.name for column in columns("")]
    found = Result("SQLite 3", growth={"1 → 2": 1.1}, memory={PRODUCT: 99.6})
    found.columns.update(dict.fromkeys([*names, POST], _measured()))
    found.columns[names[0]] = Measured({PEER: [2.0]}, {PRODUCT: "/data: 1 and 0 of them"})
    page = rendered([found], "2 cores", date(2026, 1, 2))
    assert "on 2026-01-02: 2 cores; SQLite 3." in page
    assert "| ecf | — | 30 | 30 | 30 | 30 | 30 | 30 | 30 |" in page
    assert "| goal for ecf | ≥ 30 | ≥ 30 | ≥ 30 | ≥ 35 | ≥ 30 | ≥ 30 | ≥ 40 | ≥ 100 |" in page
    assert "| ecf (goal: ≥ 6) | 30 |" in page
    assert "| ecf | 100 MB | ≤ 120 MB |" in page
    assert "- 100 partnerships, ecf: /data: 1 and 0 of them" in page


def test_the_page_of_migrations_shows_times_beside_goals() -> None:
    """Rates are of moves a second: half the rate is twice the time."""
    rates = {
        migration.PRODUCT: [8.0],
        migration.FORMING: [5.0],
        migration.BARE: [10.0],
        migration.ROW_BY_ROW: [0.2],
    }
    found = migration.Result("PostgreSQL 18")
    found.sizes.update({1: Measured(rates, {}), 1_000: Measured(rates, {})})
    beyond = {target: rate for target, rate in rates.items() if target != migration.ROW_BY_ROW}
    found.sizes[100_000] = Measured(beyond, {})
    page = migration_page.rendered([found], "2 cores", date(2026, 1, 2))
    assert "| Participants | 1 | 1,000 | 100,000 |" in page
    assert "| ecf, migrating participants | 1.2 | 1.2 | 1.2 |" in page
    assert "| goal for migrating |  | ≤ 1.5 | ≤ 1.5 |" in page
    assert "| SQLAlchemy's ORM, row by row | 50 | 50 | — |" in page
    assert "| ecf, times as fast as row by row | 40 | 40 | — |" in page
    assert "| goal |  | ≥ 20 |  |" in page


def _nation() -> Nation:
    country = Country(FEW.country)
    country.make()
    nation = Nation(FEW, country)
    nation.make()
    return nation


def test_everyone_in_training_is_the_same_every_time() -> None:
    assert _nation().rows == _nation().rows


def test_everyone_has_a_record_that_has_ended_and_one_that_goes_on() -> None:
    rows = _nation().rows
    records = rows["induction_records"]
    assert len(rows["training_records"]) == FEW.participants
    assert len(records) == 2 * FEW.participants
    assert sum("end_date" in record for record in records) == FEW.participants
    assert any(record["induction_status"] == "leaving" for record in records)


def test_the_page_of_participants_has_new_figures_between_its_marks() -> None:
    page = (ROOT / "docs" / "reference" / "benchmark-of-participants.md").read_text("utf-8")
    columns = [column.name for column in participants_asked.columns("", {})]
    found = Result("SQLite 3", memory={PRODUCT: 99.6})
    found.columns.update(dict.fromkeys(columns, _measured()))
    found.columns[columns[0]] = Measured({PEER: [2.0]}, {PRODUCT: "/data: 1 and 0 of them"})
    figures = participants_page.rendered([found], "2 cores", date(2026, 1, 2))
    written = participants_page.written(page, figures)
    assert "on 2026-01-02: 2 cores; SQLite 3." in written
    assert "| ecf | — | 30 | 30 | 30 | 30 |" in written
    assert "| ecf, of the limit | — | 0.50 | 0.50 | 0.50 | 0.50 |" in written
    assert "| ecf | 100 MB |" in written
    assert "- 100 participants, ecf: /data: 1 and 0 of them" in written
    assert participants_page.written(written, figures) == written
    assert written.partition("<!-- figures -->")[0] == page.partition("<!-- figures -->")[0]
    assert written.partition("<!-- end -->")[2] == page.partition("<!-- end -->")[2]
