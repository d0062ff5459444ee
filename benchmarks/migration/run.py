"""One run on one database: for every size a database of its own, and schools for every target."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from time import perf_counter
from typing import Final
from uuid import uuid4

from attrs import field, frozen
from sqlalchemy import Engine, func, select

from benchmarks.databases import Databases, databases_of, execute
from benchmarks.migration import bare, row_by_row
from benchmarks.migration.seed import COHORT, DELIVERY_PARTNER, NEXT_PROVIDER, Waiting, seed
from benchmarks.ratios import Measured
from ecf_adapters.container import Container, close
from ecf_adapters.settings import read_settings
from ecf_adapters.sql.engine import connect_to
from ecf_adapters.sql.schema import Schema
from ecf_adapters.sql.tables import induction_records
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    SchoolId,
)
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.migrating_participants import MigrationRequest
from ecf_core.use_cases import UseCases

PRODUCT: Final = "ecf"
FORMING: Final = "ecf forming"
BARE: Final = "bare"
ROW_BY_ROW: Final = "row by row"

ROUNDS: Final = {1: 15, 100: 15, 1_000: 9, 10_000: 3, 100_000: 3}
"""How often each is timed, by the number of participants."""
_ONE_BY_ONE_UP_TO: Final = 10_000
_BY: Final = Actor(ActorKind.ADMINISTRATOR, "benchmark")

Say = Callable[[str], None]


@frozen
class Result:
    """What a run found on one database, by the number of participants."""

    database: str
    sizes: dict[int, Measured] = field(factory=dict)


@frozen
class Movers:
    """How each target moves whoever waits at a school."""

    engine: Engine
    use_cases: UseCases

    def move(self, target: str, school: Waiting) -> None:
        match target:
            case "ecf":
                self._migrate(school)
            case "ecf forming":
                self._form(school)
            case "bare" | "row by row":
                (bare if target == BARE else row_by_row).move(
                    self.engine,
                    school.from_programme,
                    school.to_programme,
                    at=datetime.now(UTC),
                    batch=uuid4(),
                )
            case _:
                raise ValueError(target)

    def _migrate(self, school: Waiting) -> None:
        request = MigrationRequest(
            from_programme=InductionProgrammeId(school.from_programme),
            to_programme=InductionProgrammeId(school.to_programme),
        )
        self.use_cases.migrate_participants(request, by=_BY)

    def _form(self, school: Waiting) -> None:
        request = PartnershipRequest(
            cohort=COHORT,
            school_id=SchoolId(school.school_id),
            lead_provider_id=LeadProviderId(NEXT_PROVIDER),
            delivery_partner_id=DeliveryPartnerId(DELIVERY_PARTNER),
        )
        self.use_cases.create_partnership(request, by=_BY)


def run(kind: str, rounds: dict[int, int], say: Say) -> Result:
    with databases_of(kind) as databases:
        found = Result(databases.version())
        for participants, times in rounds.items():
            say(f"{found.database}: {participants:,} participants")
            found.sizes[participants] = _measured(databases, participants, times)
        return found


def targets(participants: int) -> tuple[str, ...]:
    """One after the other is not waited for where it takes minutes."""
    patient = (ROW_BY_ROW,) if participants <= _ONE_BY_ONE_UP_TO else ()
    return (PRODUCT, FORMING, BARE, *patient)


def _measured(databases: Databases, participants: int, times: int) -> Measured:
    """Rounds take turns: every target has schools of its own in one database.

    Each round begins with another target, for what one leaves to be written falls to the next.
    Before them each moves a single participant: connections and statements are made by then.
    """
    url = databases.new()
    engine = connect_to(url)
    Schema(engine).upgrade()
    numbers = count()
    named = targets(participants)
    warm = {target: Waiting(next(numbers), 1) for target in named}
    turns = [
        {target: Waiting(next(numbers), participants) for target in _beginning_with(turn, named)}
        for turn in range(times)
    ]
    seed(engine, [school for turn in (warm, *turns) for school in turn.values()])
    execute(url, "VACUUM (ANALYZE)" if engine.dialect.name == "postgresql" else "ANALYZE")
    container = Container(settings=read_settings({"ECF_DATABASE_URL": url}))
    movers = Movers(engine, container.use_cases())
    for target, school in warm.items():
        movers.move(target, school)
    rates: dict[str, list[float]] = {target: [] for target in named}
    for turn in turns:
        for target, school in turn.items():
            began = perf_counter()
            movers.move(target, school)
            rates[target].append(1 / (perf_counter() - began))
    for turn in turns:
        for target, school in turn.items():
            check(engine, target, school)
    close(container)
    engine.dispose()
    return Measured(rates, {})


def _beginning_with(turn: int, named: tuple[str, ...]) -> tuple[str, ...]:
    at = turn % len(named)
    return (*named[at:], *named[:at])


def check(engine: Engine, target: str, school: Waiting) -> None:
    """Nobody is lost, and nobody is doubled."""
    c = induction_records.c
    with engine.connect() as connection:
        ended, open_ = (
            connection.scalar(select(func.count()).select_from(induction_records).where(*which))
            for which in (
                (c.programme_id == school.from_programme, c.induction_status == "changed"),
                (
                    c.programme_id != school.from_programme,
                    c.end_date.is_(None),
                    c.training_record_id.in_(
                        select(c.training_record_id).where(c.programme_id == school.from_programme)
                    ),
                ),
            )
        )
    if not ended == open_ == school.participants:
        raise RuntimeError(f"{target}: of {school.participants} ended {ended}, began {open_}")
