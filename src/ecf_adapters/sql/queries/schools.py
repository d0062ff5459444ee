from attrs import frozen
from sqlalchemy import Engine, and_, exists, func, select

from ecf_adapters.sql.tables import (
    cohorts,
    induction_programmes,
    is_current,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.model.ids import SchoolId
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries.schools import InductionProgrammeRow, SchoolCohortRow, SchoolRow


@frozen
class SqlSchoolQueries:
    _engine: Engine

    def id_of(self, urn: str) -> SchoolId | None:
        with self._engine.connect() as connection:
            return connection.scalar(select(schools.c.id).where(schools.c.urn == urn))

    def one(self, urn: str, cohort: int | None) -> SchoolRow | None:
        standing = and_(
            school_cohorts.c.school_id == schools.c.id, school_cohorts.c.cohort == cohort
        )
        in_partnership = exists().where(
            partnerships.c.school_id == schools.c.id, partnerships.c.cohort == cohort, is_current
        )
        wanted = (
            select(
                schools.c.id,
                schools.c.urn,
                schools.c.name,
                schools.c.eligible,
                schools.c.cip_only,
                func.coalesce(school_cohorts.c.choice, ProgrammeChoice.NOT_YET_KNOWN.value).label(
                    "programme"
                ),
                in_partnership.label("in_partnership"),
            )
            .select_from(schools.outerjoin(school_cohorts, standing))
            .where(schools.c.urn == urn)
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
            return SchoolRow(**row) if row else None

    def cohort(self, school_id: SchoolId, cohort: int) -> SchoolCohortRow:
        c, programme = school_cohorts.c, induction_programmes.c
        wanted = (
            select(
                c.choice,
                programme.id,
                programme.training_programme,
                programme.partnership_id,
                programme.is_default,
            )
            .select_from(
                school_cohorts.outerjoin(
                    induction_programmes,
                    and_(programme.school_id == c.school_id, programme.cohort == c.cohort),
                )
            )
            .where(c.school_id == school_id, c.cohort == cohort)
            .order_by(programme.created_at, programme.id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return SchoolCohortRow(
            programme=rows[0].choice if rows else ProgrammeChoice.NOT_YET_KNOWN.value,
            induction_programmes=tuple(
                InductionProgrammeRow(
                    id=row.id,
                    training_programme=row.training_programme,
                    partnership_id=row.partnership_id,
                    default=row.is_default,
                )
                for row in rows
                if row.id is not None
            ),
        )

    def cohort_exists(self, start_year: int) -> bool:
        with self._engine.connect() as connection:
            return bool(
                connection.scalar(select(exists().where(cohorts.c.start_year == start_year)))
            )
