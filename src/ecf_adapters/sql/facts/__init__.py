"""What decisions are taken on: each in one statement, or in a number that does not grow."""

from collections.abc import Sequence
from datetime import datetime

from attrs import field, frozen
from sqlalchemy import Connection, text

from ecf_adapters.sql.facts.challenging import proposed_challenge
from ecf_adapters.sql.facts.changing import proposed_partnership_change
from ecf_adapters.sql.facts.cohorts import cohort_standing
from ecf_adapters.sql.facts.confirming import proposed_programme
from ecf_adapters.sql.facts.creating import proposal
from ecf_adapters.sql.facts.enrolling import proposed_enrolments
from ecf_adapters.sql.facts.migrating import proposed_migration
from ecf_adapters.sql.facts.participants import (
    proposed_amendment,
    proposed_merge,
    proposed_removal,
)
from ecf_adapters.sql.facts.training import proposed_schedule_change, proposed_training_action
from ecf_adapters.sql.facts.transferring import proposed_transfer
from ecf_adapters.sql.facts.updating import proposed_update
from ecf_adapters.sql.moving import movable
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


@frozen
class SqlFacts:
    """Facts over one connection; in a unit of work they are locked until it ends.

    On PostgreSQL a school's standing in a cohort is locked by its school cohort: for a transfer,
    an import and an action on training several, in a fixed order. Whom an enrolment meets, and whom
    support amends, merges or removes, are locked after all school cohorts, by id: nobody who holds
    a person waits for a school cohort. The school is kept from closing by an import, and a provider
    relationship from being discarded, while a partnership is formed. A school cohort that does not
    exist yet is guarded by its primary key.
    """

    _connection: Connection
    _locks: bool = field(kw_only=True)

    def proposal(self, request: PartnershipRequest) -> Proposal:
        return proposal(self._connection, request, locks=self._locks)

    def proposed_update(self, request: UpdateRequest) -> ProposedUpdate:
        return proposed_update(self._connection, request, locks=self._locks)

    def proposed_challenge(self, request: ChallengeRequest) -> ProposedChallenge:
        return proposed_challenge(self._connection, request, locks=self._locks)

    def proposed_programme(self, request: ProgrammeRequest) -> ProposedProgramme:
        return proposed_programme(self._connection, request, locks=self._locks)

    def proposed_partnership_change(
        self, request: PartnershipChangeRequest
    ) -> ProposedPartnershipChange:
        return proposed_partnership_change(self._connection, request, locks=self._locks)

    def proposed_migration(self, request: MigrationRequest) -> ProposedMigration:
        return proposed_migration(self._connection, request, locks=self._locks)

    def proposed_enrolments(
        self, requests: Sequence[EnrolmentRequest], *, at: datetime
    ) -> tuple[ProposedEnrolment, ...]:
        return proposed_enrolments(self._connection, requests, at=at, locks=self._locks)

    def proposed_transfer(self, request: TransferRequest, *, at: datetime) -> ProposedTransfer:
        return proposed_transfer(self._connection, request, at=at, locks=self._locks)

    def proposed_amendment(self, request: AmendmentRequest) -> ProposedAmendment:
        return proposed_amendment(self._connection, request, locks=self._locks)

    def proposed_merge(self, request: MergeRequest) -> ProposedMerge:
        return proposed_merge(self._connection, request, locks=self._locks)

    def proposed_removal(self, request: RemovalRequest) -> ProposedRemoval:
        return proposed_removal(self._connection, request, locks=self._locks)

    def proposed_training_action(self, request: TrainingActionRequest) -> ProposedTrainingAction:
        return proposed_training_action(self._connection, request, locks=self._locks)

    def proposed_schedule_change(self, request: ScheduleRequest) -> ProposedScheduleChange:
        return proposed_schedule_change(self._connection, request, locks=self._locks)

    def movable(self, move: Move, *, at: datetime) -> int:
        return movable(self._connection, move, at=at)

    def cohort_standing(self, start_year: int) -> CohortStanding:
        if self._locks and self._connection.dialect.name == "postgresql":
            # Whoever opens a cohort at the same time waits.
            self._connection.execute(text("LOCK TABLE cohorts IN SHARE ROW EXCLUSIVE MODE"))
        return cohort_standing(self._connection, start_year)
