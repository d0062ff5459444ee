"""When a participant may be on-boarded: "On-boarding a participant" in the guide.

The guide has no messages for it; these are ours.
"""

from typing import Final

from ecf_core.model.participant import ParticipantType
from ecf_core.rules.naming_a_participant import NAMING_A_PARTICIPANT
from ecf_core.rules.proposed_enrolment import ProposedEnrolment
from ecf_core.rules.rule import Rule

FIRST_YEAR: Final = 2000
MOST_YEARS_AFTER: Final = 5
"""Training does not begin before or later: a year is mistyped."""


def urn_not_specified(p: ProposedEnrolment) -> bool:
    return not p.request.urn


def school_not_found(p: ProposedEnrolment) -> bool:
    return p.school is None


def cohort_not_specified(p: ProposedEnrolment) -> bool:
    return p.request.cohort is None


def cohort_not_found(p: ProposedEnrolment) -> bool:
    return p.cohort is None


def cohort_has_no_schedule(p: ProposedEnrolment) -> bool | None:
    return None if p.cohort is None else p.schedule is None


def type_not_specified(p: ProposedEnrolment) -> bool:
    return not p.request.type


def type_not_known(p: ProposedEnrolment) -> bool:
    return p.request.type not in set(ParticipantType)


def participant_is_enrolled_already(p: ProposedEnrolment) -> bool:
    return p.known is not None and p.known.place(p.request.type) is not None


def appropriate_body_not_found(p: ProposedEnrolment) -> bool:
    return bool(p.request.appropriate_body) and p.appropriate_body is None


def participant_is_a_mentor(p: ProposedEnrolment) -> bool:
    return p.wants_mentor and p.request.type == ParticipantType.MENTOR


def mentor_is_not_one_of_the_school(p: ProposedEnrolment) -> bool | None:
    if p.school is None:
        return None
    return p.wants_mentor and p.mentor is None


def mentor_is_the_participant(p: ProposedEnrolment) -> bool:
    return p.mentor is not None and p.known is not None and p.mentor == p.known.person.id


def start_date_is_far_from_the_cohort(p: ProposedEnrolment) -> bool | None:
    if p.cohort is None or p.request.start_date is None:
        return None
    year = p.request.start_date.year
    return not FIRST_YEAR <= year <= p.cohort.start_year + MOST_YEARS_AFTER


def school_cohort_has_no_programme(p: ProposedEnrolment) -> bool | None:
    if p.school is None or p.cohort is None:
        return None
    return p.request.programme_id is None and p.programme is None


def programme_is_not_one_of_the_school_cohort(p: ProposedEnrolment) -> bool | None:
    if p.school is None or p.cohort is None:
        return None
    return p.programme is None


def programme_named_has_a_challenged_partnership(p: ProposedEnrolment) -> bool | None:
    """The default is joined without its name: those in it wait for the next partnership."""
    if p.programme is None:
        return None
    return p.request.programme_id is not None and p.challenged


ENROLLING_A_PARTICIPANT: Final[tuple[Rule[ProposedEnrolment], ...]] = (
    Rule("urn", "blank", "Enter a '#/urn'.", urn_not_specified),
    Rule(
        "urn",
        "invalid",
        "The '#/urn' you have entered is invalid. Check school details and try again.",
        school_not_found,
    ),
    Rule("cohort", "blank", "Enter a '#/cohort'.", cohort_not_specified),
    Rule(
        "cohort",
        "invalid",
        "The '#/cohort' you have entered is invalid. Check cohort details and try again.",
        cohort_not_found,
    ),
    Rule(
        "cohort",
        "no_schedule",
        "The '#/cohort' you have entered has no schedule yet. It must be opened first.",
        cohort_has_no_schedule,
    ),
    Rule("type", "blank", "Enter a '#/type'.", type_not_specified),
    Rule(
        "type",
        "invalid",
        f"The '#/type' must be one of {', '.join(ParticipantType)}.",
        type_not_known,
    ),
    *NAMING_A_PARTICIPANT,
    Rule(
        "participant",
        "already_enrolled",
        "The participant is enrolled already."
        " A participant who comes from another school is transferred.",
        participant_is_enrolled_already,
    ),
    Rule(
        "appropriate_body",
        "invalid",
        "The '#/appropriate_body' you have entered is invalid."
        " Check appropriate body details and try again.",
        appropriate_body_not_found,
    ),
    Rule("mentor", "not_an_ect", "A mentor cannot have a '#/mentor'.", participant_is_a_mentor),
    Rule(
        "mentor",
        "invalid",
        "The '#/mentor' you have entered is not a mentor of this school.",
        mentor_is_not_one_of_the_school,
    ),
    Rule("mentor", "themselves", "Nobody is their own '#/mentor'.", mentor_is_the_participant),
    Rule(
        "start_date",
        "invalid",
        f"The '#/start_date' must not be before {FIRST_YEAR},"
        f" or more than {MOST_YEARS_AFTER} years after the '#/cohort'.",
        start_date_is_far_from_the_cohort,
    ),
    Rule(
        "programme",
        "no_programme",
        "The school you have entered has no programme for the cohort that participants could join."
        " Contact the school for more information.",
        school_cohort_has_no_programme,
    ),
    Rule(
        "programme",
        "invalid",
        "The '#/programme' you have entered is not one of this school for the entered cohort.",
        programme_is_not_one_of_the_school_cohort,
    ),
    Rule(
        "programme",
        "partnership_challenged",
        "The partnership of the '#/programme' has been challenged by the school.",
        programme_named_has_a_challenged_partnership,
    ),
)
