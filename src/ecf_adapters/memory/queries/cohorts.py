from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads
from ecf_core.queries.cohorts import CohortRow


@frozen
class MemoryCohortQueries(Reads):
    def one(self, start_year: int) -> CohortRow | None:
        with self._storage.look() as facts:
            return CohortRow.of(facts.cohort_standing(start_year))
