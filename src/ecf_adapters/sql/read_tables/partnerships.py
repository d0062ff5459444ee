"""Partnerships: what the model says that lists show."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, not_, select

from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.read_tables.rendering import shown_id, shown_instant
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_tutors,
    lead_providers,
    partnerships,
    schools,
)

_ACTIVE: Final = "active"
_CHALLENGED: Final = "challenged"

_tutor_updated_at: Final = func.coalesce(
    induction_tutors.c.updated_at, partnerships.c.updated_at, type_=partnerships.c.updated_at.type
)

LISTED: Final[Select[Any]] = (
    select(
        partnerships.c.id,
        partnerships.c.cohort,
        partnerships.c.school_id,
        schools.c.urn,
        partnerships.c.lead_provider_id,
        lead_providers.c.name.label("lead_provider"),
        partnerships.c.delivery_partner_id,
        delivery_partners.c.name.label("delivery_partner"),
        delivery_partners.c.discarded_at.is_not(None).label("delivery_partner_discarded"),
        partnerships.c.challenge_reason.label("challenged_reason"),
        partnerships.c.challenged_at,
        partnerships.c.challenge_deadline,
        partnerships.c.relationship,
        induction_tutors.c.name.label("induction_tutor_name"),
        func.coalesce(
            induction_tutors.c.email,
            func.nullif(schools.c.primary_contact_email, ""),
            func.nullif(schools.c.secondary_contact_email, ""),
        ).label("induction_tutor_email"),
        partnerships.c.created_at,
        latest(
            partnerships.c.updated_at,
            schools.c.updated_at,
            delivery_partners.c.updated_at,
            _tutor_updated_at,
        ).label("updated_at"),
    )
    .select_from(partnerships)
    .join(schools, schools.c.id == partnerships.c.school_id)
    .join(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
    .join(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    .outerjoin(induction_tutors, induction_tutors.c.school_id == partnerships.c.school_id)
)
"""Every partnership, with what is shown of its parties."""


def shown_partnerships(*which: ColumnElement[bool]) -> Select[Any]:
    """The rows of the read table as they should be: relationship partnerships are not shown."""
    c = LISTED.where(*which).subquery("listed").c
    return select(
        shown_id(c.id).label("id"),
        c.lead_provider_id,
        c.cohort,
        c.urn,
        shown_id(c.school_id).label("school_id"),
        shown_id(c.delivery_partner_id).label("delivery_partner_id"),
        case((c.delivery_partner_discarded, None), else_=c.delivery_partner).label(
            "delivery_partner_name"
        ),
        case((c.challenged_reason.is_(None), _ACTIVE), else_=_CHALLENGED).label("status"),
        c.challenged_reason,
        shown_instant(c.challenged_at).label("challenged_at"),
        shown_instant(c.challenge_deadline).label("challenge_deadline"),
        c.induction_tutor_name,
        c.induction_tutor_email,
        shown_instant(c.created_at).label("created_at"),
        shown_instant(c.updated_at).label("updated_at"),
    ).where(not_(c.relationship))
