from collections.abc import Iterable
from datetime import datetime

from attrs import asdict, frozen
from sqlalchemy import Connection, select, update

from ecf_adapters.sql.rows import cohort_from
from ecf_adapters.sql.tables import cohort_lead_providers, cohorts
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import LeadProviderId


@frozen
class SqlCohorts:
    _connection: Connection

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
            self._connection.execute(cohorts.insert().values(**values, created_at=at))

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
