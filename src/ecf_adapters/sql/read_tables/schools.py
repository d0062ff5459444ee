"""Schools in each cohort: what the model says that lists show."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.read_tables.rendering import shown_id, shown_instant
from ecf_adapters.sql.tables import (
    cohorts,
    is_current,
    partnerships,
    read_schools,
    school_cohorts,
    schools,
)
from ecf_core.model.school_cohort import ProgrammeChoice

_in_partnership: Final[ColumnElement[bool]] = partnerships.c.id.is_not(None)
_updated_at: Final = latest(
    schools.c.updated_at,
    func.coalesce(
        school_cohorts.c.updated_at, schools.c.updated_at, type_=schools.c.updated_at.type
    ),
)

# A school has one current partnership in a cohort at most, so that joining it repeats no school.
IN_COHORTS: Final[Select[Any]] = (
    select(
        schools.c.id,
        schools.c.name,
        schools.c.urn,
        cohorts.c.start_year.label("cohort"),
        _in_partnership.label("in_partnership"),
        func.coalesce(school_cohorts.c.choice, ProgrammeChoice.NOT_YET_KNOWN.value).label(
            "induction_programme_choice"
        ),
        schools.c.created_at,
        _updated_at.label("updated_at"),
    )
    .select_from(schools)
    .join(cohorts, true())
    .outerjoin(
        school_cohorts,
        and_(
            school_cohorts.c.school_id == schools.c.id,
            school_cohorts.c.cohort == cohorts.c.start_year,
        ),
    )
    .outerjoin(
        partnerships,
        and_(
            partnerships.c.school_id == schools.c.id,
            partnerships.c.cohort == cohorts.c.start_year,
            is_current,
        ),
    )
)
IS_LISTED: Final[ColumnElement[bool]] = or_(schools.c.eligible, _in_partnership)


def shown_schools(*which: ColumnElement[bool]) -> Select[Any]:
    """The rows of the read table as they should be, in the order of its columns.

    With those that were listed once, as not listed.
    """
    c = IN_COHORTS.add_columns(IS_LISTED.label("listed")).where(*which).subquery("in_cohorts").c
    once = read_schools.alias("once")
    return (
        select(
            shown_id(c.id).label("id"),
            c.cohort,
            c.listed,
            c.name,
            c.urn,
            c.in_partnership,
            c.induction_programme_choice,
            shown_instant(c.created_at).label("created_at"),
            shown_instant(c.updated_at).label("updated_at"),
        )
        .select_from(c.id.table)
        .outerjoin(once, (once.c.id == shown_id(c.id)) & (once.c.cohort == c.cohort))
        .where(or_(c.listed, once.c.id.is_not(None)))
    )
