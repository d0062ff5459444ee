"""When a participant may go to another school. The guide has no messages for it; these are ours."""

from typing import Final

from ecf_core.model.participant import ParticipantType
from ecf_core.rules.proposed_transfer import ProposedTransfer, TransferTo
from ecf_core.rules.rule import Rule


def type_not_known(p: ProposedTransfer) -> bool:
    return p.request.type is not None and p.request.type not in set(ParticipantType)


def participant_trains_as_both(p: ProposedTransfer) -> bool:
    return p.trains_as_both


def participant_not_found(p: ProposedTransfer) -> bool | None:
    return None if type_not_known(p) else p.participant is None


def urn_not_specified(p: ProposedTransfer) -> bool:
    return not p.request.to_urn


def school_not_found(p: ProposedTransfer) -> bool:
    return p.school is None


def participant_is_at_the_school_already(p: ProposedTransfer) -> bool | None:
    if p.participant is None or p.school is None:
        return None
    return p.participant.at.school_id == p.school.id


def school_is_not_eligible_for_a_partnership_of_its_own(p: ProposedTransfer) -> bool | None:
    """Where it has chosen no training it would get one, and not for one participant alone."""
    if p.participant is None or p.school is None:
        return None
    needs_one = p.continues and p.provider_led and p.default is None and p.continued is None
    return needs_one and not p.school.eligible


def programme_not_specified(p: ProposedTransfer) -> bool:
    return not p.request.programme


def programme_not_known(p: ProposedTransfer) -> bool:
    return p.request.programme not in set(TransferTo)


def school_has_no_programme(p: ProposedTransfer) -> bool | None:
    if p.participant is None or p.school is None:
        return None
    return not p.continues and p.default is None


def participant_has_no_providers(p: ProposedTransfer) -> bool | None:
    if p.participant is None:
        return None
    return p.continues and p.provider_led and not p.participant.at.partnered


def school_has_challenged_the_partnership(p: ProposedTransfer) -> bool | None:
    if p.participant is None or p.school is None:
        return None
    found = p.continued
    return p.continues and p.provider_led and found is not None and found.challenge is not None


def providers_no_longer_work_together(p: ProposedTransfer) -> bool | None:
    if p.participant is None or p.school is None:
        return None
    makes_one = p.continues and p.provider_led and p.continued is None
    return makes_one and not p.provider_relationship


def date_is_before_the_latest_record(p: ProposedTransfer) -> bool | None:
    if p.participant is None or p.request.start_date is None:
        return None
    return p.request.start_date < p.participant.earliest.date()


TRANSFERRING_A_PARTICIPANT: Final[tuple[Rule[ProposedTransfer], ...]] = (
    Rule(
        "type",
        "invalid",
        f"The '#/type' must be one of {', '.join(ParticipantType)}.",
        type_not_known,
    ),
    Rule(
        "participant",
        "ambiguous",
        "The participant trains as an ect and as a mentor. Say which by '#/type',"
        " or by the id of the training record.",
        participant_trains_as_both,
    ),
    Rule("participant", "invalid", "Enter a valid '#/participant'.", participant_not_found),
    Rule("urn", "blank", "Enter a '#/urn'.", urn_not_specified),
    Rule(
        "urn",
        "invalid",
        "The '#/urn' you have entered is invalid. Check school details and try again.",
        school_not_found,
    ),
    Rule(
        "urn",
        "already_there",
        "The participant is at this school already.",
        participant_is_at_the_school_already,
    ),
    Rule(
        "urn",
        "ineligible_error",
        "The school you have entered is currently ineligible for DfE funding."
        " Contact the school for more information.",
        school_is_not_eligible_for_a_partnership_of_its_own,
    ),
    Rule("programme", "blank", "Enter a '#/programme'.", programme_not_specified),
    Rule(
        "programme",
        "invalid",
        f"The '#/programme' must be one of {', '.join(TransferTo)}.",
        programme_not_known,
    ),
    Rule(
        "programme",
        "no_programme",
        "The school you have entered has no programme for the participant's cohort."
        " Contact the school for more information.",
        school_has_no_programme,
    ),
    Rule(
        "programme",
        "no_providers",
        "The participant has no current providers to continue with.",
        participant_has_no_providers,
    ),
    Rule(
        "programme",
        "partnership_challenged",
        "The school you have entered has challenged its partnership with the participant's"
        " current providers.",
        school_has_challenged_the_partnership,
    ),
    Rule(
        "programme",
        "no_relationship",
        "The participant's current providers no longer work together for the cohort.",
        providers_no_longer_work_together,
    ),
    Rule(
        "start_date",
        "too_early",
        "The '#/start_date' must not be before the participant's latest induction record.",
        date_is_before_the_latest_record,
    ),
)
