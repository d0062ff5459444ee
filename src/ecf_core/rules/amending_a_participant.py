"""What support may record about a participant. The guide has no messages for it; these are ours."""

from typing import Final

from ecf_core.model.email_address import is_email
from ecf_core.model.participant import MentorFundingEndReason, ParticipantType
from ecf_core.model.trn import DIGITS, FEWEST_DIGITS, trn_digits, trn_from
from ecf_core.rules.proposed_amendment import Eligibility, ProposedAmendment
from ecf_core.rules.rule import Rule


def participant_not_found(p: ProposedAmendment) -> bool:
    return p.participant is None


def type_not_known(p: ProposedAmendment) -> bool:
    return p.request.type is not None and p.request.type not in set(ParticipantType)


def participant_does_not_train_as_that(p: ProposedAmendment) -> bool | None:
    return None if p.participant is None else not p.trainings


def email_is_not_one(p: ProposedAmendment) -> bool:
    return p.request.email is not None and not is_email(p.request.email.strip())


def email_is_anothers(p: ProposedAmendment) -> bool | None:
    return p.is_anothers(p.with_email)


def trn_has_too_many_digits(p: ProposedAmendment) -> bool:
    return len(trn_digits(p.request.trn or "")) > DIGITS


def trn_is_not_one(p: ProposedAmendment) -> bool:
    return p.request.trn is not None and trn_from(p.request.trn) is None


def trn_is_anothers(p: ProposedAmendment) -> bool | None:
    return p.is_anothers(p.with_trn)


def there_is_no_trn_to_validate(p: ProposedAmendment) -> bool | None:
    if p.participant is None:
        return None
    return p.request.trn_validated is True and p.trn is None


def eligibility_not_known(p: ProposedAmendment) -> bool:
    given = p.request.eligible_for_funding
    return given is not None and given not in set(Eligibility)


def induction_is_not_that_of_an_ect(p: ProposedAmendment) -> bool | None:
    if p.participant is None or p.request.induction_end_date is None:
        return None
    return p.training_as(ParticipantType.ECT) is None


def induction_ends_before_it_begins(p: ProposedAmendment) -> bool | None:
    training, end = p.training_as(ParticipantType.ECT), p.request.induction_end_date
    if training is None or end is None:
        return None
    return end < training.history[0].record.start_date.date()


def funding_is_not_that_of_a_mentor(p: ProposedAmendment) -> bool | None:
    if p.participant is None or p.request.mentor_funding_end_date is None:
        return None
    return p.training_as(ParticipantType.MENTOR) is None


def reason_not_known(p: ProposedAmendment) -> bool:
    given = p.request.mentor_funding_end_reason
    return given is not None and given not in set(MentorFundingEndReason)


def reason_is_not_that_of_a_mentor(p: ProposedAmendment) -> bool | None:
    if p.participant is None or p.request.mentor_funding_end_reason is None:
        return None
    return p.training_as(ParticipantType.MENTOR) is None


def reason_has_no_date(p: ProposedAmendment) -> bool | None:
    mentor = p.training_as(ParticipantType.MENTOR)
    if mentor is None or p.request.mentor_funding_end_reason is None:
        return None
    return (p.request.mentor_funding_end_date or mentor.record.mentor_funding_end_date) is None


AMENDING_A_PARTICIPANT: Final[tuple[Rule[ProposedAmendment], ...]] = (
    Rule("participant", "invalid", "Enter a valid '#/participant'.", participant_not_found),
    Rule(
        "type",
        "invalid",
        f"The '#/type' must be one of {', '.join(ParticipantType)}.",
        type_not_known,
    ),
    Rule(
        "type",
        "not_in_training",
        "The participant does not train as that.",
        participant_does_not_train_as_that,
    ),
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
        "The '#/trn' you have entered is another participant's. If they are one person,"
        " merge the two.",
        trn_is_anothers,
    ),
    Rule(
        "trn_validated",
        "no_trn",
        "The participant has no TRN that could be validated.",
        there_is_no_trn_to_validate,
    ),
    Rule(
        "eligible_for_funding",
        "invalid",
        f"The '#/eligible_for_funding' must be one of {', '.join(Eligibility)}.",
        eligibility_not_known,
    ),
    Rule(
        "induction_end_date",
        "not_an_ect",
        "Only an early career teacher has an '#/induction_end_date'.",
        induction_is_not_that_of_an_ect,
    ),
    Rule(
        "induction_end_date",
        "too_early",
        "The '#/induction_end_date' must not be before the participant's training began.",
        induction_ends_before_it_begins,
    ),
    Rule(
        "mentor_funding_end_date",
        "not_a_mentor",
        "Only a mentor has a '#/mentor_funding_end_date'.",
        funding_is_not_that_of_a_mentor,
    ),
    Rule(
        "mentor_funding_end_reason",
        "invalid",
        f"The '#/mentor_funding_end_reason' must be one of {', '.join(MentorFundingEndReason)}.",
        reason_not_known,
    ),
    Rule(
        "mentor_funding_end_reason",
        "not_a_mentor",
        "Only a mentor has a '#/mentor_funding_end_reason'.",
        reason_is_not_that_of_a_mentor,
    ),
    Rule(
        "mentor_funding_end_reason",
        "no_date",
        "Enter the '#/mentor_funding_end_date', too.",
        reason_has_no_date,
    ),
)
