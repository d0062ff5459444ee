"""When a school may choose its programme: "Confirming induction programme type" in the guide."""

from typing import Final

from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import ProgrammeChoice, SchoolCohort
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class ProgrammeRequest:
    """What a school says about a cohort. ``None`` is what was left out or left blank.

    Guide: "Confirming induction programme type".
    """

    school_id: SchoolId | None
    cohort: int | None
    programme: str | None


@frozen(kw_only=True)
class ProposedProgramme:
    """The request and everything it names. ``None`` means that there is no such thing."""

    request: ProgrammeRequest
    cohort: Cohort | None
    school: School | None
    school_cohort: SchoolCohort | None
    current_partnership: Partnership | None


def cohort_not_specified(p: ProposedProgramme) -> bool:
    return p.request.cohort is None


def cohort_not_found(p: ProposedProgramme) -> bool:
    return p.cohort is None


def school_not_specified(p: ProposedProgramme) -> bool:
    return p.request.school_id is None


def school_not_found(p: ProposedProgramme) -> bool:
    return p.school is None


def programme_not_specified(p: ProposedProgramme) -> bool:
    return not p.request.programme


def programme_not_known(p: ProposedProgramme) -> bool:
    return p.request.programme not in set(ProgrammeChoice)


def school_has_a_partnership_for_the_cohort(p: ProposedProgramme) -> bool | None:
    if p.cohort is None or p.school is None:
        return None
    away = p.request.programme != ProgrammeChoice.PROVIDER_LED
    return away and p.current_partnership is not None


CONFIRMING_A_PROGRAMME: Final[tuple[Rule[ProposedProgramme], ...]] = (
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
        "The '#/school_id' you have entered is invalid. Check school details and try again.",
        school_not_found,
    ),
    Rule("programme", "blank", "Enter a '#/programme'.", programme_not_specified),
    Rule(
        "programme",
        "invalid",
        f"The '#/programme' must be one of {', '.join(ProgrammeChoice)}.",
        programme_not_known,
    ),
    Rule(
        "programme",
        "partnership_in_place",
        "The school is in a confirmed partnership for the cohort you entered."
        " The partnership must be challenged before the school can change its programme.",
        school_has_a_partnership_for_the_cohort,
    ),
)
