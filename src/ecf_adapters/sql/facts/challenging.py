from sqlalchemy import Connection, select

from ecf_adapters.sql.facts.joins import (
    agreement,
    agreement_from,
    default_programme,
    lock,
    of_school,
    school_cohort_of,
    school_of,
)
from ecf_adapters.sql.rows import school_cohort_from
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    induction_tutors,
    lead_providers,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge


def proposed_challenge(
    connection: Connection, request: ChallengeRequest, *, locks: bool
) -> ProposedChallenge:
    if locks:
        lock(
            connection,
            school_cohort_of(request.partnership_id),
            school_of(request.partnership_id),
        )
    everything = (
        agreement(partnerships.c.id == request.partnership_id)
        .outerjoin(school_cohorts, of_school(partnerships.c.school_id, partnerships.c.cohort))
        .outerjoin(induction_programmes, default_programme())
    )
    row = (
        connection.execute(
            select(
                *partnerships.c,
                *schools.c,
                *induction_tutors.c,
                *lead_providers.c,
                *delivery_partners.c,
                *school_cohorts.c,
                *induction_programmes.c,
            ).select_from(everything)
        )
        .mappings()
        .one()
    )
    return ProposedChallenge(
        request=request,
        agreement=agreement_from(row),
        school_cohort=school_cohort_from(row),
    )
