from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.queries.lists import Reads, page
from ecf_core.model.ids import SchoolId
from ecf_core.model.school import School
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.order import Order
from ecf_core.queries.schools import (
    InductionProgrammeRow,
    ListedSchool,
    SchoolCohortRow,
    SchoolRow,
    SchoolsFilter,
)
from ecf_core.queries.window import Page, Window


@frozen
class MemorySchoolQueries(Reads):
    def listed(self, wanted: SchoolsFilter, order: Order, window: Window) -> Page[ListedSchool]:
        found = (self.one_listed(school_id, wanted) for school_id in self.state.schools)
        return page((school for school in found if school), order, window)

    def one_listed(self, school_id: SchoolId, wanted: SchoolsFilter) -> ListedSchool | None:
        school = self.state.schools.get(school_id)
        if school is None or wanted.cohort not in self.state.cohorts:
            return None
        shown = self._shown(school, wanted.cohort)
        is_wanted = (
            (school.eligible or shown.in_partnership)
            and wanted.urn in {None, shown.urn}
            and (wanted.updated_since is None or shown.updated_at >= wanted.updated_since)
        )
        return shown if is_wanted else None

    def _shown(self, school: School, cohort: int) -> ListedSchool:
        standing = self.state.school_cohorts.get((school.id, cohort))
        choice = standing.choice if standing else ProgrammeChoice.NOT_YET_KNOWN
        return ListedSchool(
            id=school.id,
            name=school.establishment.name,
            urn=school.urn,
            cohort=cohort,
            in_partnership=any(p.current for p in self.state.partnerships_of(school.id, cohort)),
            induction_programme_choice=choice.value,
            created_at=school.created_at,
            updated_at=max(
                school.updated_at, standing.updated_at if standing else school.updated_at
            ),
        )

    def id_of(self, urn: str) -> SchoolId | None:
        return self.state.school_ids.get(urn)

    def one(self, urn: str, cohort: int | None) -> SchoolRow | None:
        school_id = self.id_of(urn)
        if school_id is None:
            return None
        school = self.state.schools[school_id]
        year = cohort or 0
        standing = self.state.school_cohorts.get((school_id, year))
        return SchoolRow(
            id=school.id,
            urn=school.urn,
            name=school.establishment.name,
            eligible=school.eligible,
            cip_only=school.cip_only,
            type=school.establishment.type_name,
            status=school.establishment.status_name,
            district_code=school.establishment.district_code,
            section_41_approved=school.establishment.section_41_approved,
            programme=standing.choice.value if standing else ProgrammeChoice.NOT_YET_KNOWN.value,
            in_partnership=any(p.current for p in self.state.partnerships_of(school_id, year)),
        )

    def cohort(self, school_id: SchoolId, cohort: int, *, at: datetime) -> SchoolCohortRow:
        key = (school_id, cohort)
        school_cohort = self.state.school_cohorts.get(key)
        if school_cohort is None:
            return SchoolCohortRow(
                programme=ProgrammeChoice.NOT_YET_KNOWN.value, induction_programmes=()
            )
        default = school_cohort.default_programme
        return SchoolCohortRow(
            programme=school_cohort.choice.value,
            induction_programmes=tuple(
                InductionProgrammeRow(
                    id=programme.id,
                    training_programme=programme.training_programme.value,
                    partnership_id=programme.partnership_id,
                    default=default is not None and programme.id == default.id,
                    active_participants=sum(
                        record.programme_id == programme.id and record.active(at)
                        for record in self.state.records()
                    ),
                )
                for programme in self.state.programmes.get(key, {}).values()
            ),
        )

    def cohort_exists(self, start_year: int) -> bool:
        return start_year in self.state.cohorts
