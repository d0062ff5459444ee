"""When a lead provider may change the delivery partner: "Updating a partnership" in the guide."""

from typing import Final

from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, PartnershipId
from ecf_core.model.partnership import Agreement, Partnership
from ecf_core.model.providers import DeliveryPartner
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class UpdateRequest:
    """What is asked for. Without a lead provider, an administrator asks.

    Guide: "Updating a partnership".
    """

    partnership_id: PartnershipId | None
    lead_provider_id: LeadProviderId | None
    delivery_partner_id: DeliveryPartnerId | None


@frozen(kw_only=True)
class ProposedUpdate:
    """The request and everything it names. ``None`` means that there is no such thing.

    ``agreement`` is the partnership as it stands, if it is the lead provider's own and no
    relationship partnership; ``held_by_another`` says that another partnership of the lead
    provider with the school, in the cohort, is with the requested delivery partner.
    ``partnerships`` and ``programmes`` are all of the school and the cohort.
    """

    request: UpdateRequest
    agreement: Agreement | None
    cohort: Cohort | None
    delivery_partner: DeliveryPartner | None
    provider_relationship: bool
    held_by_another: bool
    partnerships: tuple[Partnership, ...] = ()
    school_cohort: SchoolCohort | None = None
    programmes: tuple[InductionProgramme, ...] = ()


def partnership_not_found(p: ProposedUpdate) -> bool:
    return p.agreement is None


def delivery_partner_not_specified(p: ProposedUpdate) -> bool:
    return p.request.delivery_partner_id is None


def delivery_partner_not_found(p: ProposedUpdate) -> bool:
    return p.delivery_partner is None


def delivery_partner_not_set_up_for_cohort(p: ProposedUpdate) -> bool | None:
    if p.agreement is None or p.delivery_partner is None:
        return None
    return not p.provider_relationship


def partnership_is_currently_challenged(p: ProposedUpdate) -> bool | None:
    return None if p.agreement is None else p.agreement.partnership.challenge is not None


def lead_provider_already_has_a_partnership_with_the_school_and_delivery_partner(
    p: ProposedUpdate,
) -> bool | None:
    if p.agreement is None or p.delivery_partner is None:
        return None
    return p.held_by_another


UPDATING_A_PARTNERSHIP: Final[tuple[Rule[ProposedUpdate], ...]] = (
    Rule("partnership", "blank", "Enter a '#/partnership'.", partnership_not_found),
    Rule(
        "delivery_partner_id",
        "blank",
        "Enter a '#/delivery_partner_id'.",
        delivery_partner_not_specified,
    ),
    Rule(
        "delivery_partner_id",
        "invalid",
        "The '#/delivery_partner_id' you have entered is invalid."
        " Check delivery partner details and try again.",
        delivery_partner_not_found,
    ),
    Rule(
        "delivery_partner_id",
        "no_relationship",
        "The entered delivery partner is not recognised to be working in partnership with you"
        " for the given cohort. Contact the DfE for more information.",
        delivery_partner_not_set_up_for_cohort,
    ),
    Rule(
        "delivery_partner_id",
        "partnership_challenged",
        "Your update cannot be made as this partnership has been challenged by the school."
        " If this partnership has been challenged in error, submit a new partnership"
        " confirmation using the endpoint POST /api/v3/partnerships/ecf.",
        partnership_is_currently_challenged,
    ),
    Rule(
        "delivery_partner_id",
        "duplicate_delivery_partner",
        "We are unable to process this request. You are already confirmed to be in partnership"
        " with the entered delivery partner. Contact the DfE for support.",
        lead_provider_already_has_a_partnership_with_the_school_and_delivery_partner,
    ),
)
