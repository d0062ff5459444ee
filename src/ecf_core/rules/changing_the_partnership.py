"""When a school cohort may be put under a partnership by hand, to repair what went wrong."""

from typing import Final

from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class PartnershipChangeRequest:
    """Which school's participants, and under which partnership. ``None`` is what was left out.

    Guide: "Induction records".
    """

    urn: str | None
    cohort: int | None
    partnership_id: PartnershipId | None


@frozen(kw_only=True)
class ProposedPartnershipChange:
    """The request and the school's whole standing in the cohort.

    ``partnership`` is the one named, whosever it is; ``partnerships`` and ``programmes`` are all
    of the school and the cohort. ``None`` means that there is no such thing.
    """

    request: PartnershipChangeRequest
    cohort: Cohort | None
    school: School | None
    partnership: Partnership | None
    partnerships: tuple[Partnership, ...]
    school_cohort: SchoolCohort | None
    programmes: tuple[InductionProgramme, ...]


def cohort_not_specified(p: ProposedPartnershipChange) -> bool:
    return p.request.cohort is None


def cohort_not_found(p: ProposedPartnershipChange) -> bool:
    return p.cohort is None


def urn_not_specified(p: ProposedPartnershipChange) -> bool:
    return not p.request.urn


def school_not_found(p: ProposedPartnershipChange) -> bool:
    return p.school is None


def partnership_not_specified(p: ProposedPartnershipChange) -> bool:
    return p.request.partnership_id is None


def partnership_not_found(p: ProposedPartnershipChange) -> bool:
    return p.partnership is None


def partnership_is_not_one_of_the_school_and_the_cohort(
    p: ProposedPartnershipChange,
) -> bool | None:
    if p.school is None or p.cohort is None:
        return None
    if p.partnership is None:
        return None
    return (p.partnership.school_id, p.partnership.cohort) != (p.school.id, p.cohort.start_year)


def partnership_is_challenged(p: ProposedPartnershipChange) -> bool | None:
    return None if p.partnership is None else p.partnership.challenge is not None


def partnership_is_a_relationship_partnership(p: ProposedPartnershipChange) -> bool | None:
    return None if p.partnership is None else p.partnership.relationship


CHANGING_THE_PARTNERSHIP: Final[tuple[Rule[ProposedPartnershipChange], ...]] = (
    Rule("cohort", "blank", "Enter a '#/cohort'.", cohort_not_specified),
    Rule(
        "cohort",
        "invalid",
        "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
        cohort_not_found,
    ),
    Rule("urn", "blank", "Enter a '#/urn'.", urn_not_specified),
    Rule(
        "urn",
        "invalid",
        "The '#/urn' you have entered is invalid. Check school details and try again.",
        school_not_found,
    ),
    Rule("partnership", "blank", "Enter a '#/partnership'.", partnership_not_specified),
    # The guide's message for a partnership that is not there.
    Rule("partnership", "not_found", "Enter a '#/partnership'.", partnership_not_found),
    Rule(
        "partnership",
        "invalid",
        "The '#/partnership' you have entered is not one of this school for the entered cohort.",
        partnership_is_not_one_of_the_school_and_the_cohort,
    ),
    Rule(
        "partnership",
        "partnership_challenged",
        "The partnership has been challenged by the school.",
        partnership_is_challenged,
    ),
    Rule(
        "partnership",
        "relationship_partnership",
        "A relationship partnership cannot be the school's own."
        " It becomes so when the lead provider confirms a partnership.",
        partnership_is_a_relationship_partnership,
    ),
)
