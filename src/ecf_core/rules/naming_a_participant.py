"""What a school may say of who a participant is, whoever is there already.

The guide has no messages for it; these are ours.
"""

from typing import Final

from ecf_core.model.email_address import is_email
from ecf_core.model.participant import email_key
from ecf_core.model.providers import LONGEST_NAME, squished
from ecf_core.model.trn import DIGITS, FEWEST_DIGITS, trn_digits
from ecf_core.rules.proposed_enrolment import ProposedEnrolment
from ecf_core.rules.rule import Rule


def full_name_not_specified(p: ProposedEnrolment) -> bool:
    return not squished(p.request.full_name or "")


def full_name_is_too_long(p: ProposedEnrolment) -> bool:
    return len(squished(p.request.full_name or "")) > LONGEST_NAME


def email_not_specified(p: ProposedEnrolment) -> bool:
    return not (p.request.email or "").strip()


def email_is_not_one(p: ProposedEnrolment) -> bool:
    return not is_email((p.request.email or "").strip())


def trn_is_not_one(p: ProposedEnrolment) -> bool:
    return bool(p.request.trn) and p.trn is None


def trn_has_too_many_digits(p: ProposedEnrolment) -> bool:
    return len(trn_digits(p.request.trn or "")) > DIGITS


def trn_is_anothers(p: ProposedEnrolment) -> bool:
    return p.trn_is_anothers


def email_is_anothers(p: ProposedEnrolment) -> bool:
    return p.email_is_anothers


def email_is_not_the_one_recorded(p: ProposedEnrolment) -> bool | None:
    if p.known is None:
        return None
    return email_key(p.request.email or "") not in {each.email_key for each in p.known.everyone}


def trn_is_not_the_one_recorded(p: ProposedEnrolment) -> bool | None:
    if p.known is None:
        return None
    return p.trn is not None and p.trn != p.known.person.trn


NAMING_A_PARTICIPANT: Final[tuple[Rule[ProposedEnrolment], ...]] = (
    Rule("full_name", "blank", "Enter a '#/full_name'.", full_name_not_specified),
    Rule(
        "full_name",
        "too_long",
        f"The '#/full_name' has more than {LONGEST_NAME} characters.",
        full_name_is_too_long,
    ),
    Rule("email", "blank", "Enter an '#/email'.", email_not_specified),
    Rule("email", "invalid", "The '#/email' is not an e-mail address.", email_is_not_one),
    Rule(
        "email",
        "taken",
        "The '#/email' you have entered is another participant's."
        " Check participant details and try again.",
        email_is_anothers,
    ),
    Rule("trn", "too_long", f"The '#/trn' has more than {DIGITS} digits.", trn_has_too_many_digits),
    Rule("trn", "invalid", f"The '#/trn' has fewer than {FEWEST_DIGITS} digits.", trn_is_not_one),
    Rule(
        "trn",
        "taken",
        "The '#/trn' you have entered is that of a participant of another name."
        " Check participant details and try again.",
        trn_is_anothers,
    ),
)
"""Of anybody who is enrolled."""

MEETING_A_PARTICIPANT_AGAIN: Final[tuple[Rule[ProposedEnrolment], ...]] = (
    *NAMING_A_PARTICIPANT,
    Rule(
        "email",
        "not_recorded",
        "The participant is enrolled already, with another '#/email'.",
        email_is_not_the_one_recorded,
    ),
    Rule(
        "trn",
        "not_recorded",
        "The participant is enrolled already, with another '#/trn' or without one.",
        trn_is_not_the_one_recorded,
    ),
)
"""Of whom a file names again, at the same school in the same cohort."""
