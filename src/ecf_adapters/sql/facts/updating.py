from typing import Final

from sqlalchemy import Connection, and_, exists, not_, select

from ecf_adapters.sql.facts.joins import (
    agreement,
    agreement_from,
    held,
    lock,
    related,
    school_cohort_of,
    school_of,
)
from ecf_adapters.sql.rows import cohort_from, delivery_partner_from
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_tutors,
    lead_providers,
    partnerships,
    provider_relationships,
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
    other = partnerships.alias("other")
    held_by_another = exists().where(
        other.c.id != partnerships.c.id,
        other.c.school_id == partnerships.c.school_id,
        other.c.cohort == partnerships.c.cohort,
        other.c.lead_provider_id == partnerships.c.lead_provider_id,
        other.c.delivery_partner_id == partner,
    )
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
    )
    row = (
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
                held_by_another.label("held_by_another"),
            ).select_from(everything)
        )
        .mappings()
        .one()
    )
    return ProposedUpdate(
        request=request,
        agreement=agreement_from(row),
        cohort=cohort_from(row),
        delivery_partner=delivery_partner_from(row, _requested_partner),
        provider_relationship=row[provider_relationships.c.cohort] is not None,
        held_by_another=row["held_by_another"],
    )
