"""Which partnership a report is about: a new one, or one the lead provider has already.

Live service, decisions D-18 and D-20.
"""

from collections.abc import Iterable

from attrs import frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId
from ecf_core.model.partnership import Partnership


@frozen
class FormNew:
    """The lead provider has none with the school that could be used."""


@frozen
class Promote:
    """Its relationship partnership with the delivery partner becomes the school's own."""

    partnership: Partnership


@frozen
class Revive:
    """Its challenged partnership is used again: same id, challenge lifted."""

    partnership: Partnership


Report = FormNew | Promote | Revive


def report(
    partnerships: Iterable[Partnership],
    lead_provider_id: LeadProviderId,
    delivery_partner_id: DeliveryPartnerId,
) -> Report:
    """What reporting does, given all partnerships of the school and the cohort."""
    own = [p for p in partnerships if p.lead_provider_id == lead_provider_id]
    for partnership in own:
        if partnership.relationship and partnership.delivery_partner_id == delivery_partner_id:
            return Promote(partnership)
    revivable = [p for p in own if not p.relationship]
    if not revivable:
        return FormNew()
    return Revive(
        max(
            revivable,
            key=lambda p: (p.delivery_partner_id == delivery_partner_id, p.created_at, p.id),
        )
    )
