from typing import Final

from sqlalchemy import Connection, and_, not_, select

from ecf_adapters.sql.facts.joins import (
    agreement,
    agreement_from,
    held,
    lock,
    of_school,
    related,
    school_cohort_of,
    school_of,
)
from ecf_adapters.sql.facts.standing import (
    every_partnership,
    oldest_first,
    partnerships_among,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.rows import cohort_from, delivery_partner_from
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
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest

_requested_partner: Final = delivery_partners.alias("requested_partner")


def proposed_update(
    connection: Connection, request: UpdateRequest, *, locks: bool
) -> ProposedUpdate:
    partner = request.delivery_partner_id
    if locks:
        lock(
            connection,
            school_cohort_of(request.partnership_id),
            school_of(request.partnership_id),
            held(delivery_partners, delivery_partners.c.id == partner),
            select(provider_relationships.c.cohort)
            .join(
                partnerships,
                and_(
                    partnerships.c.id == request.partnership_id,
                    related(partnerships.c.lead_provider_id, partner, partnerships.c.cohort),
                ),
            )
            .with_for_update(read=True, of=provider_relationships),
        )
    own = [partnerships.c.id == request.partnership_id, not_(partnerships.c.relationship)]
    if request.lead_provider_id is not None:
        own.append(partnerships.c.lead_provider_id == request.lead_provider_id)
    everything = (
        agreement(and_(*own))
        .outerjoin(cohorts, cohorts.c.start_year == partnerships.c.cohort)
        .outerjoin(
            _requested_partner,
            and_(_requested_partner.c.id == partner, _requested_partner.c.discarded_at.is_(None)),
        )
        .outerjoin(
            provider_relationships,
            related(partnerships.c.lead_provider_id, partner, partnerships.c.cohort),
        )
        .outerjoin(school_cohorts, of_school(partnerships.c.school_id, partnerships.c.cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(
            every_partnership,
            partnerships_of(partnerships.c.school_id, partnerships.c.cohort, every_partnership),
        )
    )
    rows = (
        connection.execute(
            select(
                *partnerships.c,
                *schools.c,
                *induction_tutors.c,
                *lead_providers.c,
                *delivery_partners.c,
                *cohorts.c,
                *_requested_partner.c,
                *provider_relationships.c,
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
    agreed, every = agreement_from(row), partnerships_among(rows, every_partnership)
    return ProposedUpdate(
        request=request,
        agreement=agreed,
        partnerships=every,
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
        cohort=cohort_from(row),
        delivery_partner=delivery_partner_from(row, _requested_partner),
        provider_relationship=row[provider_relationships.c.cohort] is not None,
        held_by_another=agreed is not None
        and any(
            other.id != agreed.partnership.id
            and other.lead_provider_id == agreed.lead_provider.id
            and other.delivery_partner_id == partner
            for other in every
        ),
    )
