"""When a partnership may be challenged. The guide has no messages for it; these are ours."""

from typing import Final

from attrs import frozen

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement, ChallengeReason
from ecf_core.model.school_cohort import SchoolCohort
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class ChallengeRequest:
    """Which partnership a school says is not right, and why.

    Guide: "Clarifying terms".
    """

    partnership_id: PartnershipId | None
    reason: str | None


@frozen(kw_only=True)
class ProposedChallenge:
    """The request, the partnership as it stands, and the school's standing in its cohort."""

    request: ChallengeRequest
    agreement: Agreement | None
    school_cohort: SchoolCohort | None


def partnership_not_found(p: ProposedChallenge) -> bool:
    return p.agreement is None


def partnership_is_already_challenged(p: ProposedChallenge) -> bool | None:
    return None if p.agreement is None else p.agreement.partnership.challenge is not None


def reason_not_specified(p: ProposedChallenge) -> bool:
    return not p.request.reason


def reason_not_known(p: ProposedChallenge) -> bool:
    return p.request.reason not in set(ChallengeReason)


CHALLENGING_A_PARTNERSHIP: Final[tuple[Rule[ProposedChallenge], ...]] = (
    Rule("partnership", "blank", "Enter a '#/partnership'.", partnership_not_found),
    Rule(
        "partnership",
        "already_challenged",
        "This partnership has already been challenged.",
        partnership_is_already_challenged,
    ),
    Rule("reason", "blank", "Enter a '#/reason'.", reason_not_specified),
    Rule(
        "reason",
        "invalid",
        f"The '#/reason' must be one of {', '.join(ChallengeReason)}.",
        reason_not_known,
    ),
)
