"""When a lead provider may form a partnership: "Creating a partnership" in the guide."""

from typing import Final

from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, ProgrammeChoice, SchoolCohort
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class PartnershipRequest:
    """What a lead provider asks for. ``None`` is what it left out or left blank.

    Guide: "Creating a partnership".
    """

    cohort: int | None
    school_id: SchoolId | None
    lead_provider_id: LeadProviderId | None
    delivery_partner_id: DeliveryPartnerId | None


@frozen(kw_only=True)
class Proposal:
    """The request and everything it names. ``None`` means that there is no such thing.

    ``partnerships`` are all those of the school and the cohort: of any lead provider, challenged
    and relationship partnerships too; and ``programmes`` are all of the school cohort. A discarded
    delivery partner is none.
    """

    request: PartnershipRequest
    cohort: Cohort | None
    school: School | None
    lead_provider: LeadProvider | None
    delivery_partner: DeliveryPartner | None
    provider_relationship: bool
    partnerships: tuple[Partnership, ...]
    partnered_last_year: bool
    school_cohort: SchoolCohort | None
    programmes: tuple[InductionProgramme, ...] = ()

    @property
    def current_partnership(self) -> Partnership | None:
        """The school's partnership for the cohort; there is at most one."""
        return next((p for p in self.partnerships if p.current), None)

    @property
    def choice(self) -> ProgrammeChoice:
        """The school's choice; none made is the same as not yet known (decision D-09)."""
        if self.school_cohort is None:
            return ProgrammeChoice.NOT_YET_KNOWN
        return self.school_cohort.choice


def cohort_not_specified(p: Proposal) -> bool:
    return p.request.cohort is None


def cohort_not_found(p: Proposal) -> bool:
    return p.cohort is None


def school_not_specified(p: Proposal) -> bool:
    return p.request.school_id is None


def school_not_found(p: Proposal) -> bool:
    return p.school is None


def school_is_cip_only(p: Proposal) -> bool | None:
    return None if p.school is None else p.school.cip_only


def school_is_not_eligible(p: Proposal) -> bool | None:
    return None if p.school is None else not p.school.eligible


def partnership_already_exists_with_school_and_lead_provider(p: Proposal) -> bool | None:
    if p.cohort is None or p.school is None or p.lead_provider is None:
        return None
    current = p.current_partnership
    return current is not None and current.lead_provider_id == p.lead_provider.id


def partnership_already_exists_with_school_and_different_lead_provider(
    p: Proposal,
) -> bool | None:
    if p.cohort is None or p.school is None or p.lead_provider is None:
        return None
    current = p.current_partnership
    return current is not None and current.lead_provider_id != p.lead_provider.id


def school_has_not_chosen_provider_led(p: Proposal) -> bool | None:
    if p.cohort is None or p.school is None:
        return None
    return p.choice is not ProgrammeChoice.PROVIDER_LED


def school_was_partnered_last_year_and_has_not_chosen(p: Proposal) -> bool | None:
    if p.cohort is None or p.school is None:
        return None
    return p.partnered_last_year and p.choice is ProgrammeChoice.NOT_YET_KNOWN


def lead_provider_not_specified(p: Proposal) -> bool:
    return p.request.lead_provider_id is None


def lead_provider_not_found(p: Proposal) -> bool:
    return p.lead_provider is None


def delivery_partner_not_specified(p: Proposal) -> bool:
    return p.request.delivery_partner_id is None


def delivery_partner_not_found(p: Proposal) -> bool:
    return p.delivery_partner is None


def delivery_partner_not_set_up_for_cohort(p: Proposal) -> bool | None:
    if p.cohort is None or p.lead_provider is None or p.delivery_partner is None:
        return None
    return not p.provider_relationship


_BEFORE_THE_CONFIRMATION: Final[tuple[Rule[Proposal], ...]] = (
    Rule("cohort", "blank", "Enter a '#/cohort'.", cohort_not_specified),
    Rule(
        "cohort",
        "invalid",
        "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
        cohort_not_found,
    ),
    Rule("school_id", "blank", "Enter a '#/school_id'.", school_not_specified),
    Rule(
        "school_id",
        "invalid",
        "The '#/school_id' you have entered is invalid. Check school details and try again."
        " Contact the DfE for support if you are unable to find the '#/school_id'.",
        school_not_found,
    ),
    Rule(
        "school_id",
        "funding_error",
        "The school you have entered has not registered to deliver DfE-funded training."
        " Contact the school for more information.",
        school_is_cip_only,
    ),
    Rule(
        "school_id",
        "ineligible_error",
        "The school you have entered is currently ineligible for DfE funding."
        " Contact the school for more information.",
        school_is_not_eligible,
    ),
    Rule(
        "school_id",
        "already_confirmed",
        "You are already in a confirmed partnership with this school for the entered cohort.",
        partnership_already_exists_with_school_and_lead_provider,
    ),
    Rule(
        "school_id",
        "recruited_by_other_provider",
        "Another provider is in a confirmed partnership with the school for the cohort you"
        " entered. Contact the school for more information.",
        partnership_already_exists_with_school_and_different_lead_provider,
    ),
)

_NOT_YET_CONFIRMED: Final = (
    "school_id",
    "school_programme_not_yet_confirmed",
    (
        "The school you have entered has not yet confirmed they will deliver DfE-funded training."
        " Contact the school for more information."
    ),
)

_AFTER_THE_CONFIRMATION: Final[tuple[Rule[Proposal], ...]] = (
    Rule("lead_provider_id", "blank", "Enter a '#/lead_provider_id'.", lead_provider_not_specified),
    Rule(
        "lead_provider_id",
        "invalid",
        "Enter a valid '#/lead_provider_id'.",
        lead_provider_not_found,
    ),
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
)

CREATING_A_PARTNERSHIP: Final[tuple[Rule[Proposal], ...]] = (
    *_BEFORE_THE_CONFIRMATION,
    Rule(*_NOT_YET_CONFIRMED, school_has_not_chosen_provider_led),
    *_AFTER_THE_CONFIRMATION,
)
"""The guide's rules, to the letter."""

CREATING_A_PARTNERSHIP_AS_ECF1: Final[tuple[Rule[Proposal], ...]] = (
    *_BEFORE_THE_CONFIRMATION,
    Rule(*_NOT_YET_CONFIRMED, school_was_partnered_last_year_and_has_not_chosen),
    *_AFTER_THE_CONFIRMATION,
)
"""The live service's rules, which differ in when a school has confirmed (decision D-03)."""
