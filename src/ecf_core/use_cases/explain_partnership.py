from attrs import frozen

from ecf_core.ports.facts import Look
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import Judgement, judged


@frozen(kw_only=True)
class Explanation:
    """How every rule of forming a partnership judges one request."""

    proposal: Proposal
    judgements: tuple[Judgement[Proposal], ...]

    @property
    def allowed(self) -> bool:
        """The partnership could be formed now: every rule was judged, and passed."""
        return all(judgement.passed for judgement in self.judgements)


@frozen(kw_only=True)
class ExplainPartnership:
    """Tells whether a partnership could be formed, rule by rule, and changes nothing."""

    look: Look
    rules: RuleProfile

    def __call__(self, request: PartnershipRequest) -> Explanation:
        with self.look() as facts:
            proposal = facts.proposal(request)
        return Explanation(
            proposal=proposal,
            judgements=judged(self.rules.creating_a_partnership, proposal),
        )
