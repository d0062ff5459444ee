from sqlalchemy import Connection, select

from ecf_adapters.sql.facts.joins import held, lock, nothing_but_a_row, of_school
from ecf_adapters.sql.facts.standing import (
    every_partnership,
    oldest_first,
    partnerships_among,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.rows import cohort_from, partnership_from, school_from
from ecf_adapters.sql.tables import (
    cohorts,
    induction_programmes,
    induction_tutors,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.rules.changing_the_partnership import (
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)


def proposed_partnership_change(
    connection: Connection, request: PartnershipChangeRequest, *, locks: bool
) -> ProposedPartnershipChange:
    cohort = request.cohort
    if locks:
        lock(
            connection,
            select(school_cohorts.c.version)
            .join(schools, of_school(schools.c.id, cohort))
            .where(schools.c.urn == request.urn)
            .with_for_update(of=school_cohorts),
            held(schools, schools.c.urn == request.urn),
        )
    everything = (
        nothing_but_a_row()
        .outerjoin(cohorts, cohorts.c.start_year == cohort)
        .outerjoin(schools, schools.c.urn == request.urn)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(partnerships, partnerships.c.id == request.partnership_id)
        .outerjoin(school_cohorts, of_school(schools.c.id, cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(every_partnership, partnerships_of(schools.c.id, cohort, every_partnership))
    )
    rows = (
        connection.execute(
            select(
                *cohorts.c,
                *schools.c,
                *induction_tutors.c,
                *partnerships.c,
                *school_cohorts.c,
                *induction_programmes.c,
                *every_partnership.c,
            )
            .select_from(everything)
            .order_by(*oldest_first(every_partnership))
        )
        .mappings()
        .all()
    )
    row = rows[0]
    return ProposedPartnershipChange(
        request=request,
        cohort=cohort_from(row),
        school=school_from(row),
        partnership=partnership_from(row),
        partnerships=partnerships_among(rows, every_partnership),
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
    )
