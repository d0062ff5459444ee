from datetime import datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Engine, Select, and_, exists, func, select

from ecf_adapters.sql.moving import is_active
from ecf_adapters.sql.ordering import in_order, within
from ecf_adapters.sql.read_tables.schools import IN_COHORTS, IS_LISTED
from ecf_adapters.sql.tables import (
    cohorts,
    induction_programmes,
    induction_records,
    is_current,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.model.ids import SchoolId
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

_UPDATED_AT: Final = IN_COHORTS.selected_columns["updated_at"].element


@frozen
class SqlSchoolQueries:
    _engine: Engine

    def listed(self, wanted: SchoolsFilter, order: Order, window: Window) -> Page[ListedSchool]:
        return Page.of(self._listed(within(in_order(_wanted(wanted), order), window)), window)

    def one_listed(self, school_id: SchoolId, wanted: SchoolsFilter) -> ListedSchool | None:
        rows = self._listed(_wanted(wanted).where(schools.c.id == school_id))
        return rows[0] if rows else None

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
                schools.c.type_name.label("type"),
                schools.c.status_name.label("status"),
                schools.c.district_code,
                schools.c.section_41_approved,
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

    def cohort(
        self,
        school_id: SchoolId,
        cohort: int,
        *,
        at: datetime,
    ) -> SchoolCohortRow:
        c, programme = school_cohorts.c, induction_programmes.c
        active = (
            select(func.count())
            .select_from(induction_records)
            .where(induction_records.c.programme_id == programme.id, is_active(at))
            .scalar_subquery()
        )
        wanted = (
            select(
                c.choice,
                programme.id,
                programme.training_programme,
                programme.partnership_id,
                programme.is_default,
                active.label("active_participants"),
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
                    active_participants=row.active_participants,
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

    def _listed(self, listed: Select[Any]) -> list[ListedSchool]:
        with self._engine.connect() as connection:
            return [ListedSchool(*row) for row in connection.execute(listed)]


def _wanted(wanted: SchoolsFilter) -> Select[Any]:
    """The list, restricted to what is wanted; in no order yet."""
    listed = IN_COHORTS.where(IS_LISTED, cohorts.c.start_year == wanted.cohort)
    if wanted.urn is not None:
        listed = listed.where(schools.c.urn == wanted.urn)
    if wanted.updated_since is not None:
        listed = listed.where(wanted.updated_since <= _UPDATED_AT)
    return listed
