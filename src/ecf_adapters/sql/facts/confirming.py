from sqlalchemy import Connection, and_, select

from ecf_adapters.sql.facts.joins import (
    default_programme,
    held,
    lock,
    nothing_but_a_row,
    of_school,
)
from ecf_adapters.sql.rows import cohort_from, partnership_from, school_cohort_from, school_from
from ecf_adapters.sql.tables import (
    cohorts,
    induction_programmes,
    induction_tutors,
    is_current,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme


def proposed_programme(
    connection: Connection, request: ProgrammeRequest, *, locks: bool
) -> ProposedProgramme:
    school_id, cohort = request.school_id, request.cohort
    if locks:
        lock(
            connection,
            select(school_cohorts.c.version)
            .where(of_school(school_id, cohort))
            .with_for_update(of=school_cohorts),
            held(schools, schools.c.id == school_id),
        )
    everything = (
        nothing_but_a_row()
        .outerjoin(cohorts, cohorts.c.start_year == cohort)
        .outerjoin(schools, schools.c.id == school_id)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(school_cohorts, of_school(school_id, cohort))
        .outerjoin(induction_programmes, default_programme())
        .outerjoin(
            partnerships,
            and_(
                partnerships.c.school_id == school_id,
                partnerships.c.cohort == cohort,
                is_current,
            ),
        )
    )
    row = (
        connection.execute(
            select(
                *cohorts.c,
                *schools.c,
                *induction_tutors.c,
                *school_cohorts.c,
                *induction_programmes.c,
                *partnerships.c,
            ).select_from(everything)
        )
        .mappings()
        .one()
    )
    return ProposedProgramme(
        request=request,
        cohort=cohort_from(row),
        school=school_from(row),
        school_cohort=school_cohort_from(row),
        current_partnership=partnership_from(row),
    )
