"""The country of the benchmark is one that the product knows: the lists say what they should."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

from sqlalchemy import Engine, select, text

from benchmarks.lists import flat
from benchmarks.lists.seed import POLL_CHANGED, POLL_NONE, TOKEN, Country, seed
from benchmarks.lists.size import COHORTS, Size
from benchmarks.load import Request, measure
from benchmarks.migration import seed as migration
from benchmarks.migration.run import FORMING, Movers, check, targets
from benchmarks.participants import flat as flat_participants
from benchmarks.participants.run import fill
from benchmarks.participants.seed import nation
from benchmarks.participants.size import People
from ecf_adapters.container import Container, close
from ecf_adapters.settings import read_settings
from ecf_adapters.sql.tables import induction_records
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, SchoolId
from ecf_core.model.token import token_hash
from ecf_core.queries.order import OLDEST_FIRST
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.provider_participant_lists import ProviderParticipantsFilter
from ecf_core.queries.schools import SchoolsFilter
from ecf_core.queries.window import Window
from ecf_core.rules.creating_a_partnership import PartnershipRequest

SMALL = Size(schools=120, partnerships_a_cohort=84, changed=5)
FEW = People(
    country=Size(schools=120, partnerships_a_cohort=84, changed=0),
    participants=600,
    one_in=5,
    changed=6,
)
WHOLE = Window(page=1, per_page=3000)


@contextmanager
def _country(engine: Engine) -> Iterator[tuple[Country, Container, LeadProviderId]]:
    country = Country(SMALL)
    country.make()
    seed(engine, country)
    url = engine.url.render_as_string(hide_password=False)
    container = Container(settings=read_settings({"ECF_DATABASE_URL": url}))
    caller = container.queries().tokens.caller(token_hash(TOKEN), at=POLL_NONE)
    assert caller is not None
    yield country, container, caller.lead_provider_id
    close(container)


def test_polls_are_told_of_as_many_as_the_size_says(engine: Engine) -> None:
    with _country(engine) as (_, container, lead_provider):
        queries = container.queries()
        for instant, number in {POLL_CHANGED: SMALL.changed, POLL_NONE: 0}.items():
            wanted = PartnershipsFilter(updated_since=instant)
            page = queries.partnerships.of_lead_provider(lead_provider, wanted, OLDEST_FIRST, WHOLE)
            assert len(page.rows) == number
        schools = SchoolsFilter(cohort=COHORTS[-1], updated_since=POLL_NONE)
        assert not queries.schools.listed(schools, OLDEST_FIRST, WHOLE).rows


def test_every_school_is_listed(engine: Engine) -> None:
    with _country(engine) as (_, container, _):
        for cohort in COHORTS:
            page = container.queries().schools.listed(
                SchoolsFilter(cohort=cohort), OLDEST_FIRST, WHOLE
            )
            assert len(page.rows) == SMALL.schools


def test_a_partnership_can_be_formed_with_every_free_school(engine: Engine) -> None:
    with _country(engine) as (country, container, lead_provider):
        for free in country.free[:8]:
            proposed = PartnershipRequest(
                cohort=free.cohort,
                school_id=SchoolId(free.school_id),
                lead_provider_id=lead_provider,
                delivery_partner_id=DeliveryPartnerId(free.delivery_partner_id),
            )
            by = Actor(ActorKind.LEAD_PROVIDER, "Lead Provider 1")
            container.use_cases().create_partnership(proposed, by=by)


def test_the_flat_tables_have_what_is_listed(engine: Engine) -> None:
    with _country(engine) as (_, container, lead_provider):
        flat.build(engine)
        page = container.queries().partnerships.of_lead_provider(
            lead_provider, PartnershipsFilter(), OLDEST_FIRST, WHOLE
        )
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT id, updated_at FROM limit_partnerships"
                    " WHERE lead_provider_id = :asking ORDER BY created_at, id"
                ),
                {"asking": str(lead_provider)},
            ).all()
    assert [UUID(id_) for id_, _ in rows] == [row.id for row in page.rows]
    assert [at for _, at in rows] == [f"{row.updated_at:%Y-%m-%dT%H:%M:%SZ}" for row in page.rows]


def test_every_target_moves_the_same_participants_alike(engine: Engine) -> None:
    schools = {target: migration.Waiting(n, 3) for n, target in enumerate(targets(3))}
    migration.seed(engine, list(schools.values()))
    url = engine.url.render_as_string(hide_password=False)
    container = Container(settings=read_settings({"ECF_DATABASE_URL": url}))
    movers = Movers(engine, container.use_cases())
    c = induction_records.c
    shown = {}
    for target, school in schools.items():
        movers.move(target, school)
        check(engine, target, school)
        with engine.connect() as connection:
            begun = connection.execute(
                select(c.schedule, c.induction_status, c.training_status, c.school_transfer)
                .where(c.programme_id == school.to_programme)
                .order_by(c.training_record_id)
            ).all()
        shown[target] = begun
    close(container)
    assert shown.pop(FORMING) == []  # into a programme of the new partnership
    alike, *others = shown.values()
    assert len(alike) == 3
    assert all(other == alike for other in others)


@contextmanager
def _nation(engine: Engine) -> Iterator[tuple[Container, LeadProviderId]]:
    fill(engine, FEW)
    url = engine.url.render_as_string(hide_password=False)
    container = Container(settings=read_settings({"ECF_DATABASE_URL": url}))
    yield container, LeadProviderId(nation(FEW).asking)
    close(container)


def test_the_lead_provider_sees_whom_it_trains_and_who_has_left(engine: Engine) -> None:
    with _nation(engine) as (container, asking):
        page = container.queries().provider_participants.page(
            asking, ProviderParticipantsFilter(), (), WHOLE
        )
    here = [row for row in page.rows if row.enrolments[0].end_date is None]
    assert len(here) == FEW.participants // FEW.one_in
    assert len(here) < len(page.rows) < 1.2 * len(here)
    assert all(len(row.enrolments) == 1 for row in page.rows)


def test_polls_are_told_of_as_many_participants_as_the_size_says(engine: Engine) -> None:
    with _nation(engine) as (container, asking):
        for instant, number in {POLL_CHANGED: FEW.changed, POLL_NONE: 0}.items():
            wanted = ProviderParticipantsFilter(updated_since=instant)
            page = container.queries().provider_participants.page(asking, wanted, (), WHOLE)
            assert len(page.rows) == number


def test_the_flat_table_of_participants_has_what_is_listed(engine: Engine) -> None:
    with _nation(engine) as (container, asking):
        page = container.queries().provider_participants.page(
            asking, ProviderParticipantsFilter(), OLDEST_FIRST, WHOLE
        )
        with engine.connect() as connection:
            rows = connection.execute(
                text(
                    "SELECT id, updated_at FROM limit_participants"
                    " WHERE lead_provider_id = :asking ORDER BY created_at, id"
                ),
                {"asking": str(asking)},
            ).all()
        tenth = flat_participants.place_before(engine, str(asking), 10)
    assert [UUID(id_) for id_, _ in rows] == [row.id for row in page.rows]
    assert [at for _, at in rows] == [f"{row.updated_at:%Y-%m-%dT%H:%M:%SZ}" for row in page.rows]
    assert tenth["id"] == str(page.rows[9].id)


class _EveryThird(BaseHTTPRequestHandler):
    """Refuses one request of three."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.rfile.read(length)
        type(self).asked += 1
        self.send_response(422 if self.asked % 3 == 0 else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_each_request_is_sent_once_and_refusals_are_counted() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _EveryThird)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        requests = [Request("/", {}, {"number": number}) for number in range(9)]
        load = measure(server.server_port, requests, connections=1, seconds=60, repeat=False)
    finally:
        server.shutdown()
        server.server_close()
    assert (load.done, load.refused) == (6, 3)
    assert load.a_second > 0
