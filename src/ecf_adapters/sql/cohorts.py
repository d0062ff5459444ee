from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import AttrsInstance, asdict, fields, frozen
from sqlalchemy import Connection, select, update

from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.rows import cohort_from
from ecf_adapters.sql.schools import hold_schools
from ecf_adapters.sql.tables import (
    call_off_contracts,
    cohort_lead_providers,
    cohorts,
    contract_bands,
    mentor_call_off_contracts,
    milestones,
    schedules,
    statements,
)
from ecf_adapters.sql.upsert import upsert
from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import BAND_LETTERS, Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.schedule import Schedule
from ecf_core.model.statement import Statement


@frozen
class SqlCohorts:
    _connection: Connection
    _touched: Touched

    def find(self, start_year: int) -> Cohort | None:
        row = self._connection.execute(
            select(cohorts).where(cohorts.c.start_year == start_year)
        ).one_or_none()
        return cohort_from(row._mapping) if row else None  # noqa: SLF001 - public, for its name

    def put(self, cohort: Cohort, *, at: datetime) -> None:
        values = {**asdict(cohort), "updated_at": at}
        updated = self._connection.execute(
            update(cohorts).where(cohorts.c.start_year == cohort.start_year).values(values)
        )
        if not updated.rowcount:
            hold_schools(self._connection)  # one that is loaded meanwhile would not be listed
            self._connection.execute(cohorts.insert().values(**values, created_at=at))
            self._touched.cohorts.add(cohort.start_year)

    def lead_providers(self, start_year: int) -> frozenset[LeadProviderId]:
        c = cohort_lead_providers.c
        return frozenset(
            self._connection.scalars(select(c.lead_provider_id).where(c.cohort == start_year))
        )

    def admit(
        self, start_year: int, lead_providers: Iterable[LeadProviderId], *, at: datetime
    ) -> None:
        active = self.lead_providers(start_year)
        rows = [
            {"cohort": start_year, "lead_provider_id": lead_provider, "created_at": at}
            for lead_provider in lead_providers
            if lead_provider not in active
        ]
        if rows:
            self._connection.execute(cohort_lead_providers.insert(), rows)

    def put_contracts(self, contracts: Iterable[CallOffContract], *, at: datetime) -> None:
        put = list(contracts)
        upsert(
            self._connection,
            call_off_contracts,
            [{**_plain(contract, "bands"), **_stamped(at)} for contract in put],
            replacing=(
                "uplift_target",
                "uplift_amount",
                "recruitment_target",
                "set_up_fee",
                "monthly_service_fee",
                "updated_at",
            ),
        )
        upsert(
            self._connection,
            contract_bands,
            [
                {
                    "lead_provider_id": contract.lead_provider_id,
                    "cohort": contract.cohort,
                    "version": contract.version,
                    "letter": letter,
                    **asdict(band),
                }
                for contract in put
                for letter, band in zip(BAND_LETTERS, contract.bands, strict=False)
            ],
            replacing=tuple(field.name for field in fields(Band)),
        )

    def put_mentor_contracts(
        self, contracts: Iterable[MentorCallOffContract], *, at: datetime
    ) -> None:
        upsert(
            self._connection,
            mentor_call_off_contracts,
            [{**_plain(contract), **_stamped(at)} for contract in contracts],
            replacing=("recruitment_target", "payment_per_participant", "updated_at"),
        )

    def put_schedules(self, schedules_: Iterable[Schedule], *, at: datetime) -> None:
        put = list(schedules_)
        upsert(
            self._connection,
            schedules,
            [{**_plain(schedule, "milestones"), **_stamped(at)} for schedule in put],
            replacing=("name", "type", "updated_at"),
        )
        upsert(
            self._connection,
            milestones,
            [
                {
                    "cohort": schedule.cohort,
                    "identifier": schedule.identifier,
                    **_plain(milestone),
                    **_stamped(at),
                }
                for schedule in put
                for milestone in schedule.milestones
            ],
            replacing=("name", "start_date", "milestone_date", "payment_date", "updated_at"),
        )

    def put_statements(self, statements_: Iterable[Statement], *, at: datetime) -> None:
        upsert(
            self._connection,
            statements,
            [{**_plain(statement), **_stamped(at)} for statement in statements_],
            replacing=("name", "deadline_date", "payment_date", "output_fee", "updated_at"),
        )


def _plain(thing: AttrsInstance, *but: str) -> dict[str, Any]:
    """A thing's values as columns."""
    return {
        name: value.value if isinstance(value, StrEnum) else value
        for name, value in asdict(thing, recurse=False).items()
        if name not in but
    }


def _stamped(at: datetime) -> dict[str, datetime]:
    return {"created_at": at, "updated_at": at}
