"""What support may record about a participant. The guide has no messages for it; these are ours."""

from datetime import date
from enum import StrEnum
from typing import Final

from attrs import frozen

from ecf_core.model.email_address import is_email
from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.participant import MentorFundingEndReason, ParticipantType, Person
from ecf_core.model.participant_in_training import Participant, Training
from ecf_core.model.trn import DIGITS, FEWEST_DIGITS, trn_digits, trn_from
from ecf_core.rules.rule import Rule


class Eligibility(StrEnum):
    """Whether a participant is eligible for funding, as far as that has been decided."""

    ELIGIBLE = "true"
    INELIGIBLE = "false"
    UNKNOWN = "unknown"

    @property
    def decided(self) -> bool | None:
        return None if self is Eligibility.UNKNOWN else self is Eligibility.ELIGIBLE


@frozen(kw_only=True)
class AmendmentRequest:
    """What is to be recorded about whom. ``None`` is what was left out, and stays as it is.

    It concerns every training of the participant that goes on, or that of the type alone, or of
    whose training record it is the id.
    """

    participant_id: ParticipantId | TrainingRecordId | None
    type: str | None = None
    email: str | None = None
    trn: str | None = None
    trn_validated: bool | None = None
    eligible_for_funding: str | None = None
    pupil_premium_uplift: bool | None = None
    sparsity_uplift: bool | None = None
    induction_end_date: date | None = None
    mentor_funding_end_date: date | None = None
    mentor_funding_end_reason: str | None = None


@frozen(kw_only=True)
class ProposedAmendment:
    """The request, the participant, and who is registered with the e-mail address and the TRN.

    That may be a former registration of the participant's.
    """

    request: AmendmentRequest
    participant: Participant | None
    with_email: Person | None
    with_trn: Person | None

    @property
    def trn(self) -> str | None:
        """The TRN as it would be."""
        known = self.participant.person.trn if self.participant else None
        return trn_from(self.request.trn or "") or known

    @property
    def changes_trn(self) -> bool:
        return self.participant is not None and self.trn != self.participant.person.trn

    @property
    def trainings(self) -> tuple[Training, ...]:
        """What it concerns."""
        if self.participant is None:
            return ()
        return tuple(
            training
            for training in self.participant.trainings
            if training.record.merged_into is None
            and self.request.type in {None, training.record.type.value}
            and self.request.participant_id in {training.record.id, *self.participant.ids}
        )

    def training_as(self, type_: ParticipantType) -> Training | None:
        return next((t for t in self.trainings if t.record.type is type_), None)

    def is_anothers(self, holder: Person | None) -> bool | None:
        if self.participant is None:
            return None
        return holder is not None and holder.id not in self.participant.ids


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
