from typing import Final

from sqlalchemy import Connection, and_, bindparam, exists, not_, select

from ecf_adapters.sql.facts.joins import (
    held,
    locking,
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
from ecf_adapters.sql.in_transaction import found_by, run
from ecf_adapters.sql.prepared import Prepared
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

_school_id: Final = bindparam("school_id", type_=schools.c.id.type)
_cohort: Final = bindparam("cohort", type_=cohorts.c.start_year.type)
_lead_provider_id: Final = bindparam("lead_provider_id", type_=lead_providers.c.id.type)
_partner_id: Final = bindparam("delivery_partner_id", type_=delivery_partners.c.id.type)
_related: Final = related(_lead_provider_id, _partner_id, _cohort)

_LOCKS: Final = Prepared(
    locking(
        select(school_cohorts.c.version)
        .where(of_school(_school_id, _cohort))
        .with_for_update(of=school_cohorts),
        held(schools, schools.c.id == _school_id),
        held(delivery_partners, delivery_partners.c.id == _partner_id),
        select(provider_relationships.c.cohort)
        .where(_related)
        .with_for_update(read=True, of=provider_relationships),
    )
)
_last_year: Final = partnerships.alias("last_year")
_partnered_last_year: Final = (
    exists()
    .where(
        _last_year.c.school_id == _school_id,
        _last_year.c.cohort == bindparam("last_year", type_=cohorts.c.start_year.type),
        _last_year.c.challenged_at.is_(None),
        not_(_last_year.c.relationship),
    )
    .label("partnered_last_year")
)
_EVERYTHING: Final = Prepared(
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
        _partnered_last_year,
    )
    .select_from(
        nothing_but_a_row()
        .outerjoin(cohorts, cohorts.c.start_year == _cohort)
        .outerjoin(schools, schools.c.id == _school_id)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(lead_providers, lead_providers.c.id == _lead_provider_id)
        .outerjoin(
            delivery_partners,
            and_(delivery_partners.c.id == _partner_id, delivery_partners.c.discarded_at.is_(None)),
        )
        .outerjoin(provider_relationships, _related)
        .outerjoin(school_cohorts, of_school(_school_id, _cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(partnerships, partnerships_of(_school_id, _cohort))
    )
    .order_by(*oldest_first())
)


def proposal(connection: Connection, request: PartnershipRequest, *, locks: bool) -> Proposal:
    asked = {
        "school_id": request.school_id,
        "cohort": request.cohort,
        "lead_provider_id": request.lead_provider_id,
        "delivery_partner_id": request.delivery_partner_id,
    }
    # SQLite has one writer at a time, so there is nothing to lock.
    if locks and connection.dialect.name == "postgresql":
        run(connection, _LOCKS, asked)
    last_year = (request.cohort or 0) - 1
    rows = found_by(connection, _EVERYTHING, {**asked, "last_year": last_year})
    row = rows[0]
    return Proposal(
        request=request,
        cohort=cohort_from(row),
        school=school_from(row),
        lead_provider=lead_provider_from(row),
        delivery_partner=delivery_partner_from(row),
        provider_relationship=row[provider_relationships.c.cohort] is not None,
        partnerships=partnerships_among(rows),
        partnered_last_year=row[_partnered_last_year],
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
    )
