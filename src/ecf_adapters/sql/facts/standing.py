"""A school's whole standing in a cohort, out of rows that join each part of it with each other."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_

from ecf_adapters.sql.rows import Found, partnership_from, programme_from, school_cohort_from
from ecf_adapters.sql.tables import induction_programmes, partnerships, school_cohorts
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort

every_partnership: Final = partnerships.alias("every_partnership")
"""The partnerships of the school and the cohort, where another one is joined besides."""


def programmes() -> ColumnElement[bool]:
    """Joins all induction programmes of the school cohort."""
    return and_(
        induction_programmes.c.school_id == school_cohorts.c.school_id,
        induction_programmes.c.cohort == school_cohorts.c.cohort,
    )


def partnerships_of(school_id: Any, cohort: Any, table: Any = partnerships) -> ColumnElement[bool]:
    return and_(table.c.school_id == school_id, table.c.cohort == cohort)


def school_cohort_among(rows: Sequence[Found]) -> SchoolCohort | None:
    """The default programme is joined in one row, or in none."""
    with_default = (row for row in rows if row[induction_programmes.c.is_default])
    return school_cohort_from(next(with_default, rows[0]))


def programmes_among(rows: Sequence[Found]) -> tuple[InductionProgramme, ...]:
    """By id, whatever the order of the rows."""
    found = {p.id: p for p in map(programme_from, rows) if p is not None}
    return tuple(sorted(found.values(), key=lambda p: p.id))


def partnerships_among(rows: Sequence[Found], table: Any = partnerships) -> tuple[Partnership, ...]:
    found = (partnership_from(row, table) for row in rows)
    return tuple({p.id: p for p in found if p is not None}.values())


def oldest_first(table: Any = partnerships) -> tuple[ColumnElement[Any], ...]:
    return table.c.created_at, table.c.id
