from attrs import frozen
from sqlalchemy import Engine

from ecf_adapters.sql.facts.cohorts import cohort_standing
from ecf_core.queries.cohorts import CohortRow


@frozen
class SqlCohortQueries:
    _engine: Engine

    def one(self, start_year: int) -> CohortRow | None:
        with self._engine.connect() as connection:
            return CohortRow.of(cohort_standing(connection, start_year))
