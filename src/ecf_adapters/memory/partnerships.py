from datetime import datetime

from attrs import define, evolve

from ecf_adapters.memory.state import State
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import PartnershipId, SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort


@define
class MemoryPartnerships:
    _state: State

    def find(self, partnership_id: PartnershipId) -> Partnership | None:
        return self._state.partnerships.get(partnership_id)

    def add(self, partnership: Partnership) -> None:
        if partnership.id in self._state.partnerships:
            raise StaleWrite(f"partnership {partnership.id}")
        self._put(partnership)

    def save(self, partnership: Partnership) -> None:
        stored = self._state.partnerships.get(partnership.id)
        if stored is None or stored.version != partnership.version:
            raise StaleWrite(f"partnership {partnership.id}, version {partnership.version}")
        self._put(evolve(partnership, version=partnership.version + 1))

    def _put(self, partnership: Partnership) -> None:
        """What the unique indexes of a database guarantee."""
        for other in self._state.partnerships_of(partnership.school_id, partnership.cohort):
            if other.id == partnership.id:
                continue
            same_parties = (other.lead_provider_id, other.delivery_partner_id) == (
                partnership.lead_provider_id,
                partnership.delivery_partner_id,
            )
            if same_parties or (other.current and partnership.current):
                raise StaleWrite(f"partnership {other.id} is there already")
        self._state.put_partnership(partnership)


@define
class MemorySchoolCohorts:
    _state: State

    def find(self, school_id: SchoolId, cohort: int) -> SchoolCohort | None:
        return self._state.school_cohorts.get((school_id, cohort))

    def add(self, school_cohort: SchoolCohort) -> None:
        if self.find(school_cohort.school_id, school_cohort.cohort) is not None:
            raise StaleWrite("the school has a choice for the cohort")
        self._put(school_cohort)

    def save(self, school_cohort: SchoolCohort) -> None:
        stored = self.find(school_cohort.school_id, school_cohort.cohort)
        if stored is None or stored.version != school_cohort.version:
            raise StaleWrite(f"school cohort, version {school_cohort.version}")
        self._put(evolve(school_cohort, version=school_cohort.version + 1))

    def _put(self, school_cohort: SchoolCohort) -> None:
        key = (school_cohort.school_id, school_cohort.cohort)
        self._state.school_cohorts[key] = school_cohort
        if default := school_cohort.default_programme:
            self._put_programme(key, default)

    def add_programme(
        self,
        school_id: SchoolId,
        cohort: int,
        programme: InductionProgramme,
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._put_programme((school_id, cohort), programme)

    def _put_programme(self, key: tuple[SchoolId, int], programme: InductionProgramme) -> None:
        of_cohort = self._state.programmes.get(key, {})
        self._state.programmes[key] = of_cohort | {programme.id: programme}
