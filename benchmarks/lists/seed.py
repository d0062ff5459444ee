"""A country's schools and partnerships, made up: the same ones every time."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle, islice
from random import Random
from typing import Any, Final
from uuid import UUID

from attrs import field, frozen
from sqlalchemy import Engine, Table

from benchmarks.lists.size import COHORTS, Size
from ecf_adapters.sql.engine import WRITES
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import (
    api_tokens,
    cohort_lead_providers,
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_tutors,
    lead_providers,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
)
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.token import token_hash

TOKEN: Final = "benchmark"  # noqa: S105 - of a database that is thrown away
POLL_CHANGED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Since then as many of the asking lead provider's partnerships have changed as the size says."""
POLL_NONE: Final = datetime(2026, 6, 1, tzinfo=UTC)
"""Since then nothing has changed."""

_LOADED: Final = datetime(2021, 6, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_LEAD_PROVIDERS: Final = 7
_DELIVERY_PARTNERS: Final = 90
_EACH_WORKS_WITH: Final = 25
_CHALLENGED: Final = 0.015
_RELATIONSHIP: Final = 0.01
# What schools without a partnership say, in turn; "none" say nothing.
_CHOICES: Final = ("provider_led", "provider_led", "provider_led", "school_led", "none")


@frozen
class Free:
    """A school with which the asking lead provider can form a partnership."""

    school_id: UUID
    cohort: int
    delivery_partner_id: UUID


@frozen
class Country:
    """Rows of every table, each in the order of the table's columns."""

    size: Size
    random: Random = field(factory=lambda: Random(2026))  # noqa: S311 - the same ones every time
    free: list[Free] = field(factory=list)
    rows: dict[str, list[tuple[Any, ...]]] = field(factory=dict)

    def add(self, table: Table, **values: Any) -> None:
        row = tuple(values.get(column.name) for column in table.columns)
        self.rows.setdefault(table.name, []).append(row)

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def ids(self, number: int) -> list[UUID]:
        return [self.id() for _ in range(number)]

    def make(self) -> None:
        leads, partners = self._providers()
        ids = self._schools()
        for cohort in COHORTS:
            self._cohort(cohort, leads)
            self._partnerships(cohort, ids, leads, partners)
        self._change_some(leads[0])

    def _providers(self) -> tuple[list[UUID], dict[UUID, list[UUID]]]:
        leads, partners = self.ids(_LEAD_PROVIDERS), self.ids(_DELIVERY_PARTNERS)
        once = {"created_at": _LOADED, "updated_at": _LOADED}
        for number, id_ in enumerate(leads):
            self.add(lead_providers, id=id_, name=f"Lead Provider {number + 1}", **once)
        for number, id_ in enumerate(partners):
            self.add(delivery_partners, id=id_, name=f"Teaching School Hub {number + 1}", **once)
        self.add(
            api_tokens,
            id=self.id(),
            lead_provider_id=leads[0],
            hash=token_hash(TOKEN),
            created_at=_LOADED,
        )
        return leads, {lead: self.random.sample(partners, _EACH_WORKS_WITH) for lead in leads}

    def _schools(self) -> list[UUID]:
        ids = self.ids(self.size.schools)
        for number, id_ in enumerate(ids):
            # Some hundred at once, as the register is loaded: the id decides their order.
            at = _LOADED + number // 200 * _SECOND
            urn = str(100_000 + number)
            self.add(schools, **school_row(id_, urn, number), created_at=at, updated_at=at)
            if number % 3:
                self.add(
                    induction_tutors,
                    school_id=id_,
                    name=f"Sam Example {number}",
                    email=f"tutor{number}@{urn}.example.org",
                    updated_at=at + timedelta(days=30),
                )
        return ids

    def _cohort(self, cohort: int, leads: Iterable[UUID]) -> None:
        once = {"created_at": _LOADED, "updated_at": _LOADED}
        self.add(
            cohorts,
            start_year=cohort,
            registration_start_date=datetime(cohort, 5, 10, tzinfo=UTC),
            academic_year_start_date=datetime(cohort, 9, 1, tzinfo=UTC),
            mentor_funding=cohort >= COHORTS[-1],
            detailed_evidence_types=cohort >= COHORTS[-1],
            **once,
        )
        for lead in leads:
            self.add(
                cohort_lead_providers, cohort=cohort, lead_provider_id=lead, created_at=_LOADED
            )

    def _partnerships(
        self,
        cohort: int,
        ids: list[UUID],
        leads: list[UUID],
        partners: dict[UUID, list[UUID]],
    ) -> None:
        for lead, works_with in partners.items():
            for partner in works_with:
                self.add(
                    provider_relationships,
                    lead_provider_id=lead,
                    delivery_partner_id=partner,
                    cohort=cohort,
                    created_at=_LOADED,
                    updated_at=_LOADED,
                )
        total = self.size.partnerships_a_cohort
        challenged, relationship = int(total * _CHALLENGED), int(total * _RELATIONSHIP)
        shuffled = self.random.sample(ids, len(ids))
        partnered = shuffled[: total - relationship]
        began = datetime(cohort, 6, 1, tzinfo=UTC)
        for number, school in enumerate(partnered):
            at = began + number * 30 * _SECOND
            lead = leads[number % len(leads)]
            reason = list(ChallengeReason)[number % 5].value if number < challenged else None
            id_ = self.id()
            self.add(
                partnerships,
                id=id_,
                school_id=school,
                cohort=cohort,
                lead_provider_id=lead,
                delivery_partner_id=self.random.choice(partners[lead]),
                relationship=False,
                challenge_reason=reason,
                challenged_at=at + timedelta(days=3, milliseconds=456) if reason else None,
                challenge_deadline=at + timedelta(days=14),
                version=1,
                created_at=at,
                updated_at=at + timedelta(days=3, milliseconds=456) if reason else at,
            )
            self._school_cohort(school, cohort, "provider_led", id_, at)
        for number, school in enumerate(partnered[challenged : challenged + relationship]):
            at = began + number * _SECOND
            lead = leads[(challenged + number + 1) % len(leads)]
            self.add(
                partnerships,
                id=self.id(),
                school_id=school,
                cohort=cohort,
                lead_provider_id=lead,
                delivery_partner_id=self.random.choice(partners[lead]),
                relationship=True,
                version=1,
                created_at=at,
                updated_at=at,
            )
        asking = cycle(partners[leads[0]])
        for school, choice in zip(shuffled[len(partnered) :], cycle(_CHOICES), strict=False):
            if choice == "none":
                continue
            self._school_cohort(school, cohort, choice, None, began)
            if choice == "provider_led":
                self.free.append(Free(school, cohort, next(asking)))

    def _school_cohort(
        self, school: UUID, cohort: int, choice: str, partnership: UUID | None, at: datetime
    ) -> None:
        once = {"school_id": school, "cohort": cohort, "created_at": at, "updated_at": at}
        self.add(school_cohorts, choice=choice, version=1, **once)
        self.add(
            induction_programmes,
            id=self.id(),
            training_programme=choice,
            partnership_id=partnership,
            is_default=True,
            **once,
        )

    def _change_some(self, lead: UUID) -> None:
        """Three of four by a change of the partnership, one by that of the induction tutor."""
        columns = [column.name for column in partnerships.columns]
        place = columns.index("updated_at")
        rows = self.rows[partnerships.name]
        own = [
            (number, dict(zip(columns, row, strict=True)))
            for number, row in enumerate(rows)
            if row[columns.index("lead_provider_id")] == lead
            and not row[columns.index("relationship")]
        ]
        schools_of_own = [row["school_id"] for _, row in own]
        tutors = self.rows[induction_tutors.name]
        tutor_of = {row[0]: number for number, row in enumerate(tutors)}
        once = (
            (number, row)
            for number, row in own
            if schools_of_own.count(row["school_id"]) == 1 and row["school_id"] in tutor_of
        )
        at = POLL_CHANGED + timedelta(days=1)
        for turn, (number, row) in enumerate(islice(once, self.size.changed)):
            if turn % 4:
                rows[number] = _with(rows[number], place, at + turn * _SECOND)
            else:
                tutor = tutor_of[row["school_id"]]
                tutors[tutor] = _with(tutors[tutor], 3, at + turn * _SECOND)


def _with(row: tuple[Any, ...], place: int, value: Any) -> tuple[Any, ...]:
    return (*row[:place], value, *row[place + 1 :])


def school_row(id_: UUID, urn: str, number: int) -> dict[str, Any]:
    return {
        "id": id_,
        "urn": urn,
        "name": f"School {number} of Exampletown",
        "type_code": 1,
        "type_name": "Community school",
        "status_code": 1,
        "status_name": "Open",
        "phase_code": 2,
        "phase_name": "Primary",
        "district_code": "E09000001",
        "district_name": "City of London",
        "section_41_approved": False,
        "ukprn": str(10_000_000 + number),
        "street": f"{number} High Street",
        "locality": "",
        "address3": "",
        "town": "Exampletown",
        "county": "",
        "postcode": "EX1 1MP",
        "website": "",
        "primary_contact_email": f"office@{urn}.example.org" if number % 2 else "",
        "secondary_contact_email": "",
        "eligible": True,
        "cip_only": False,
    }


# In an order in which whatever a row refers to is there before it.
_TABLES: Final = (
    lead_providers,
    delivery_partners,
    api_tokens,
    cohorts,
    cohort_lead_providers,
    provider_relationships,
    schools,
    induction_tutors,
    school_cohorts,
    partnerships,
    induction_programmes,
)


@cache
def country(size: Size) -> Country:
    """The same one for every database."""
    made = Country(size)
    made.make()
    return made


def seed(engine: Engine, made: Country) -> None:
    """Fills a migrated, empty database."""
    writes = engine.connect().execution_options(**{WRITES: True})
    with writes as connection, connection.begin():
        for table in _TABLES:
            stage(connection, table, made.rows[table.name])
