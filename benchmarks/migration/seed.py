"""Schools whose participants wait: their partnership is challenged."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from attrs import frozen
from sqlalchemy import Connection, Engine, Table

from benchmarks.lists.seed import school_row
from ecf_adapters.sql.engine import WRITES
from ecf_adapters.sql.staging import stage
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_records,
    lead_providers,
    participants,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
    training_records,
)

COHORT: Final = 2024
_SPACE: Final = UUID("0d0a4a3e-3c0f-5d52-9a55-6f1a1f8f7d0b")
_BEGAN: Final = datetime(COHORT, 9, 1, tzinfo=UTC)
_ONCE: Final = {"created_at": _BEGAN, "updated_at": _BEGAN}


def _id(*names: object) -> UUID:
    return uuid5(_SPACE, "/".join(map(str, names)))


FORMER_PROVIDER: Final = _id("lead provider", 1)
NEXT_PROVIDER: Final = _id("lead provider", 2)
DELIVERY_PARTNER: Final = _id("delivery partner")


@frozen
class Waiting:
    """A school, where everyone waits in one programme, and another programme to move them to."""

    number: int
    participants: int

    @property
    def school_id(self) -> UUID:
        return _id("school", self.number)

    @property
    def from_programme(self) -> UUID:
        return _id("from", self.number)

    @property
    def to_programme(self) -> UUID:
        return _id("to", self.number)


def seed(engine: Engine, waiting: list[Waiting]) -> None:
    """Fills a migrated, empty database."""
    writes = engine.connect().execution_options(**{WRITES: True})
    with writes as connection, connection.begin():
        _parties(connection)
        for school in waiting:
            _school(connection, school)
            for table, rows in (
                (participants, _people(school)),
                (training_records, _training(school)),
                (induction_records, _records(school)),
            ):
                stage(connection, table, (_row(table, **values) for values in rows))


def _row(table: Table, **values: Any) -> tuple[Any, ...]:
    return tuple(values.get(column.name) for column in table.columns)


def _add(connection: Connection, table: Table, **values: Any) -> None:
    connection.execute(table.insert(), values)


def _parties(connection: Connection) -> None:
    for number, id_ in enumerate((FORMER_PROVIDER, NEXT_PROVIDER)):
        _add(connection, lead_providers, id=id_, name=f"Lead Provider {number}", **_ONCE)
    _add(connection, delivery_partners, id=DELIVERY_PARTNER, name="A Hub", **_ONCE)
    _add(
        connection,
        cohorts,
        start_year=COHORT,
        academic_year_start_date=_BEGAN,
        mentor_funding=False,
        detailed_evidence_types=False,
        **_ONCE,
    )
    for id_ in (FORMER_PROVIDER, NEXT_PROVIDER):
        _add(
            connection,
            provider_relationships,
            lead_provider_id=id_,
            delivery_partner_id=DELIVERY_PARTNER,
            cohort=COHORT,
            **_ONCE,
        )


def _school(connection: Connection, school: Waiting) -> None:
    place = {"school_id": school.school_id, "cohort": COHORT, **_ONCE}
    _add(
        connection,
        schools,
        **school_row(school.school_id, str(100_000 + school.number), school.number),
        **_ONCE,
    )
    _add(connection, school_cohorts, choice="provider_led", version=1, **place)
    challenged = _id("partnership", school.number)
    _add(
        connection,
        partnerships,
        id=challenged,
        lead_provider_id=FORMER_PROVIDER,
        delivery_partner_id=DELIVERY_PARTNER,
        relationship=False,
        challenge_reason="mistake",
        challenged_at=_BEGAN,
        version=1,
        **place,
    )
    for id_, partnership in ((school.from_programme, challenged), (school.to_programme, None)):
        _add(
            connection,
            induction_programmes,
            id=id_,
            training_programme="provider_led",
            partnership_id=partnership,
            is_default=partnership is not None,
            **place,
        )


def _people(school: Waiting) -> Iterator[dict[str, Any]]:
    for number in range(school.participants):
        email = f"teacher.{number}@{school.number}.example.org"
        yield {
            "id": _id("person", school.number, number),
            "full_name": f"Teacher {number}",
            "email": email,
            "email_key": email,
            **_ONCE,
        }


def _training(school: Waiting) -> Iterator[dict[str, Any]]:
    for number in range(school.participants):
        yield {
            "id": _id("training", school.number, number),
            "participant_id": _id("person", school.number, number),
            "type": "ect",
            "trn_validated": False,
            "pupil_premium_uplift": False,
            "sparsity_uplift": False,
            "cohort_changed_after_payments_frozen": False,
            **_ONCE,
        }


def _records(school: Waiting) -> Iterator[dict[str, Any]]:
    for number in range(school.participants):
        yield {
            "id": _id("record", school.number, number),
            "training_record_id": _id("training", school.number, number),
            "programme_id": school.from_programme,
            "schedule": "ecf-standard-september",
            "start_date": _BEGAN + timedelta(days=number % 60),
            "induction_status": "active",
            "training_status": "active",
            "school_transfer": False,
            **_ONCE,
        }
