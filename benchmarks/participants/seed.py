"""A country's participants, made up: the same ones every time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import Any, Final
from uuid import UUID

from attrs import field, frozen
from sqlalchemy import Connection, Engine, Table

from benchmarks.lists.seed import POLL_CHANGED, Country
from benchmarks.lists.seed import seed as seed_country
from benchmarks.lists.size import COHORTS
from benchmarks.participants.size import People
from ecf_adapters.sql.engine import WRITES
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import (
    api_tokens,
    induction_programmes,
    induction_records,
    participant_id_changes,
    participants,
    partnerships,
    training_records,
    training_states,
)

_MENTORS: Final = 0.1
_TRANSFERRED: Final = 0.05
_MENTORED_BY_ANOTHERS: Final = 0.02
_STOPPED: Final = 0.03
_WITH_A_TRN: Final = 0.9
_REGISTERED_TWICE: Final = 0.002
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)

# In an order in which whatever a row refers to is there before it.
_TABLES: Final = (
    participants,
    participant_id_changes,
    training_records,
    training_states,
    induction_records,
)


@frozen
class _Teacher:
    """Whom a participant's rows are of."""

    number: int
    id: UUID
    cohort: int
    lead_provider_id: UUID
    is_mentor: bool
    registered: datetime


@frozen
class Nation:
    """A country, and the rows of everyone in training in it."""

    size: People
    country: Country
    random: Random = field(factory=lambda: Random(2026))  # noqa: S311 - the same ones every time
    rows: dict[str, list[dict[str, Any]]] = field(factory=lambda: defaultdict(list))

    @property
    def asking(self) -> UUID:
        """The lead provider that asks."""
        (token,) = _of(self.country, api_tokens)
        asking: UUID = token["lead_provider_id"]
        return asking

    def make(self) -> None:
        programmes = self._programmes()
        everywhere = [each for of_one in programmes.values() for each in of_one]
        turns = {place: cycle(of_one) for place, of_one in programmes.items()}
        teachers = list(self._teachers({lead for lead, _ in programmes}))
        mentors = defaultdict(list)
        for teacher in teachers:
            if teacher.is_mentor:
                mentors[teacher.lead_provider_id].append(teacher.id)
        every_mentor = [id_ for of_one in mentors.values() for id_ in of_one]
        for teacher in teachers:
            self._person(teacher)
            training = self._training(teacher)
            where = next(turns[teacher.lead_provider_id, teacher.cohort])
            before = self.random.choice(everywhere) if self._by(_TRANSFERRED) else None
            another = self._by(_MENTORED_BY_ANOTHERS)
            mentor = self.random.choice(
                every_mentor if another else mentors[teacher.lead_provider_id]
            )
            self._records(teacher, training, where, before, None if teacher.is_mentor else mentor)
        self._change_some(teachers)

    def _by(self, chance: float) -> bool:
        return self.random.random() < chance

    def _id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def _programmes(self) -> dict[tuple[UUID, int], list[UUID]]:
        """Those under a partnership that is not challenged, by lead provider and cohort."""
        whose = {
            row["id"]: row["lead_provider_id"]
            for row in _of(self.country, partnerships)
            if row["challenged_at"] is None
        }
        found: dict[tuple[UUID, int], list[UUID]] = defaultdict(list)
        for row in _of(self.country, induction_programmes):
            if row["partnership_id"] in whose:
                found[whose[row["partnership_id"]], row["cohort"]].append(row["id"])
        return found

    def _teachers(self, leads: set[UUID]) -> Iterator[_Teacher]:
        others = cycle(sorted(leads - {self.asking}))
        for number in range(self.size.participants):
            cohort = COHORTS[number * len(COHORTS) // self.size.participants]
            yield _Teacher(
                number=number,
                id=self._id(),
                cohort=cohort,
                lead_provider_id=next(others) if number % self.size.one_in else self.asking,
                is_mentor=self._by(_MENTORS),
                registered=datetime(cohort, 6, 1, tzinfo=UTC) + number % 50_000 * 30 * _SECOND,
            )

    def _person(self, teacher: _Teacher) -> None:
        registered = {"created_at": teacher.registered, "updated_at": teacher.registered}
        number, trn = teacher.number, None
        if self._by(_WITH_A_TRN):
            trn = str(1_000_000 + number)
        self.rows[participants.name].append(
            {**_named(teacher.id, f"teacher{number}", trn), **registered}
        )
        if self._by(_REGISTERED_TWICE):
            given_up = self._id()
            self.rows[participants.name].append(
                {**_named(given_up, f"teacher{number}.again", None), **registered}
            )
            self.rows[participant_id_changes.name].append(
                {
                    "from_id": given_up,
                    "to_id": teacher.id,
                    "participant_id": teacher.id,
                    "changed_at": teacher.registered + _DAY,
                }
            )

    def _training(self, teacher: _Teacher) -> UUID:
        id_ = self._id()
        self.rows[training_records.name].append(
            {
                "id": id_,
                "participant_id": teacher.id,
                "type": "mentor" if teacher.is_mentor else "ect",
                "trn_validated": teacher.number % 3 > 0,
                "eligible_for_funding": (True, True, False, None)[teacher.number % 4],
                "pupil_premium_uplift": teacher.number % 7 == 0,
                "sparsity_uplift": teacher.number % 11 == 0,
                "cohort_changed_after_payments_frozen": False,
                "created_at": teacher.registered,
                "updated_at": teacher.registered,
            }
        )
        return id_

    def _records(
        self,
        teacher: _Teacher,
        training: UUID,
        where: UUID,
        before: UUID | None,
        mentor: UUID | None,
    ) -> None:
        """One that has ended, by a change or a transfer, and the one that goes on."""
        start = datetime(teacher.cohort, 9, 1, tzinfo=UTC)
        end = start + (30 + teacher.number % 60) * _DAY
        status = ("deferred", "withdrawn")[teacher.number % 2] if self._by(_STOPPED) else "active"
        once = {
            "training_record_id": training,
            "schedule": "ecf-standard-september",
            "mentor_id": mentor,
        }
        self.rows[induction_records.name] += (
            {
                "id": self._id(),
                "programme_id": before or where,
                "start_date": start,
                "end_date": end,
                "induction_status": "leaving" if before else "changed",
                "training_status": "active",
                "school_transfer": False,
                "created_at": teacher.registered,
                "updated_at": end,
                **once,
            },
            {
                "id": self._id(),
                "programme_id": where,
                "start_date": end,
                "induction_status": "active",
                "training_status": status,
                "school_transfer": before is not None,
                "created_at": end,
                "updated_at": end,
                **once,
            },
        )
        if status != "active":
            self.rows[training_states.name].append(
                {
                    "id": self._id(),
                    "training_record_id": training,
                    "lead_provider_id": teacher.lead_provider_id,
                    "state": status,
                    "reason": "other",
                    "at": end + _DAY,
                }
            )

    def _change_some(self, teachers: list[_Teacher]) -> None:
        """In turn the person, what is known of the training, and an induction record."""
        numbers = {row["id"]: row for row in self.rows[participants.name]}
        own = (each for each in teachers if each.lead_provider_id == self.asking)
        at = POLL_CHANGED + _DAY
        for turn, teacher in enumerate(islice(own, 0, None, self._step())):
            if turn == self.size.changed:
                break
            changed = (
                numbers[teacher.id],
                self.rows[training_records.name][teacher.number],
                self.rows[induction_records.name][2 * teacher.number],
            )[turn % 3]
            changed["updated_at"] = at + turn * _SECOND

    def _step(self) -> int:
        """So far apart that they are of every cohort."""
        return self.size.participants // self.size.one_in // self.size.changed


def _named(id_: UUID, name: str, trn: str | None) -> dict[str, Any]:
    email = f"{name}@schools.example.org"
    return {
        "id": id_,
        "full_name": f"Teacher {name[7:]}",
        "email": email,
        "email_key": email,
        "trn": trn,
    }


def _of(country: Country, table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in country.rows[table.name])


@cache
def nation(size: People) -> Nation:
    """The same one for every database."""
    country = Country(size.country)
    country.make()
    made = Nation(size, country)
    made.make()
    return made


def seed(engine: Engine, made: Nation) -> None:
    """Fills a migrated, empty database."""
    seed_country(engine, made.country)
    writes = engine.connect().execution_options(**{WRITES: True})
    with writes as connection, connection.begin():
        for table in _TABLES:
            _fill(connection, table, made.rows[table.name])


def _fill(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    names = [column.name for column in table.columns]
    stage(connection, table, (tuple(map(row.get, names)) for row in rows))
