from sqlalchemy import Connection, and_, exists, not_, select

from ecf_adapters.sql.facts.joins import (
    held,
    lock,
    nothing_but_a_row,
    of_school,
    related,
)
from ecf_adapters.sql.facts.standing import (
    oldest_first,
    partnerships_among,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.rows import (
    cohort_from,
    delivery_partner_from,
    lead_provider_from,
    school_from,
)
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_tutors,
    lead_providers,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
)
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal


def proposal(connection: Connection, request: PartnershipRequest, *, locks: bool) -> Proposal:
    school_id, cohort = request.school_id, request.cohort
    lead_provider, partner = request.lead_provider_id, request.delivery_partner_id
    if locks:
        lock(
            connection,
            select(school_cohorts.c.version)
            .where(of_school(school_id, cohort))
            .with_for_update(of=school_cohorts),
            held(schools, schools.c.id == school_id),
            held(delivery_partners, delivery_partners.c.id == partner),
            select(provider_relationships.c.cohort)
            .where(related(lead_provider, partner, cohort))
            .with_for_update(read=True, of=provider_relationships),
        )
    everything = (
        nothing_but_a_row()
        .outerjoin(cohorts, cohorts.c.start_year == cohort)
        .outerjoin(schools, schools.c.id == school_id)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(lead_providers, lead_providers.c.id == lead_provider)
        .outerjoin(
            delivery_partners,
            and_(delivery_partners.c.id == partner, delivery_partners.c.discarded_at.is_(None)),
        )
        .outerjoin(provider_relationships, related(lead_provider, partner, cohort))
        .outerjoin(school_cohorts, of_school(school_id, cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(partnerships, partnerships_of(school_id, cohort))
    )
    last_year = partnerships.alias("last_year")
    partnered_last_year = exists().where(
        last_year.c.school_id == school_id,
        last_year.c.cohort == (cohort or 0) - 1,
        last_year.c.challenged_at.is_(None),
        not_(last_year.c.relationship),
    )
    rows = (
        connection.execute(
            select(
                *cohorts.c,
                *schools.c,
                *induction_tutors.c,
                *lead_providers.c,
                *delivery_partners.c,
                *provider_relationships.c,
                *school_cohorts.c,
                *induction_programmes.c,
                *partnerships.c,
                partnered_last_year.label("partnered_last_year"),
            )
            .select_from(everything)
            .order_by(*oldest_first())
        )
        .mappings()
        .all()
    )
    row = rows[0]
    return Proposal(
        request=request,
        cohort=cohort_from(row),
        school=school_from(row),
        lead_provider=lead_provider_from(row),
        delivery_partner=delivery_partner_from(row),
        provider_relationship=row[provider_relationships.c.cohort] is not None,
        partnerships=partnerships_among(rows),
        partnered_last_year=row["partnered_last_year"],
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
    )
