from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.opening_a_cohort import CohortStanding
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest


class Facts(Protocol):
    """Looks up, once and all together, what a decision is taken on."""

    def proposal(self, request: PartnershipRequest) -> Proposal: ...

    def proposed_update(self, request: UpdateRequest) -> ProposedUpdate: ...

    def proposed_challenge(self, request: ChallengeRequest) -> ProposedChallenge: ...

    def proposed_programme(self, request: ProgrammeRequest) -> ProposedProgramme: ...

    def cohort_standing(self, start_year: int) -> CohortStanding: ...


Look = Callable[[], AbstractContextManager[Facts]]
"""Opens a look at the facts as they are, for a judgement that changes nothing."""
