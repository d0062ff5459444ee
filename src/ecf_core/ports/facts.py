from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from ecf_core.rules.challenging_a_partnership import ChallengeRequest, ProposedChallenge
from ecf_core.rules.changing_a_schedule import ProposedScheduleChange, ScheduleRequest
from ecf_core.rules.changing_the_partnership import (
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme
from ecf_core.rules.creating_a_partnership import PartnershipRequest, Proposal
from ecf_core.rules.merging_participants import MergeRequest, ProposedMerge
from ecf_core.rules.migrating_participants import MigrationRequest, Move, ProposedMigration
from ecf_core.rules.opening_a_cohort import CohortStanding
from ecf_core.rules.proposed_amendment import AmendmentRequest, ProposedAmendment
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, ProposedEnrolment
from ecf_core.rules.proposed_transfer import ProposedTransfer, TransferRequest
from ecf_core.rules.removing_a_participant import ProposedRemoval, RemovalRequest
from ecf_core.rules.training_action import ProposedTrainingAction, TrainingActionRequest
from ecf_core.rules.updating_a_partnership import ProposedUpdate, UpdateRequest


class Facts(Protocol):
    """Looks up, once and all together, what a decision is taken on."""

    def proposal(self, request: PartnershipRequest) -> Proposal: ...

    def proposed_update(self, request: UpdateRequest) -> ProposedUpdate: ...

    def proposed_challenge(self, request: ChallengeRequest) -> ProposedChallenge: ...

    def proposed_programme(self, request: ProgrammeRequest) -> ProposedProgramme: ...

    def proposed_partnership_change(
        self, request: PartnershipChangeRequest
    ) -> ProposedPartnershipChange: ...

    def proposed_migration(self, request: MigrationRequest) -> ProposedMigration: ...

    def proposed_enrolments(
        self, requests: Sequence[EnrolmentRequest], *, at: datetime
    ) -> tuple[ProposedEnrolment, ...]:
        """One for each request, in their order; of what is stored, whatever they say together."""
        ...

    def proposed_transfer(self, request: TransferRequest, *, at: datetime) -> ProposedTransfer:
        """In a unit of work it holds for both school cohorts, the one left and the one joined."""
        ...

    def proposed_amendment(self, request: AmendmentRequest) -> ProposedAmendment: ...

    def proposed_merge(self, request: MergeRequest) -> ProposedMerge: ...

    def proposed_removal(self, request: RemovalRequest) -> ProposedRemoval: ...
    def proposed_training_action(self, request: TrainingActionRequest) -> ProposedTrainingAction:
        """In a unit of work it holds for every school cohort that the participant has been in."""
        ...

    def proposed_schedule_change(self, request: ScheduleRequest) -> ProposedScheduleChange:
        """Likewise, and for the cohort that is asked for."""
        ...

    def movable(self, move: Move, *, at: datetime) -> int:
        """How many records the move would take along."""
        ...

    def cohort_standing(self, start_year: int) -> CohortStanding: ...


Look = Callable[[], AbstractContextManager[Facts]]
"""Opens a look at the facts as they are, for a judgement that changes nothing."""
