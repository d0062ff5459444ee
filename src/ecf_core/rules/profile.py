"""The two rule profiles, side by side: the guide to the letter, and the live service as it is."""

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ecf_core.rules.amending_a_participant import AMENDING_A_PARTICIPANT
from ecf_core.rules.challenge_deadline import DOCUMENTED_WINDOW, ECF1_WINDOW, ChallengeWindow
from ecf_core.rules.challenging_a_partnership import CHALLENGING_A_PARTNERSHIP, ProposedChallenge
from ecf_core.rules.changing_a_schedule import CHANGING_A_SCHEDULE, ProposedScheduleChange
from ecf_core.rules.changing_the_partnership import (
    CHANGING_THE_PARTNERSHIP,
    ProposedPartnershipChange,
)
from ecf_core.rules.confirming_a_programme import CONFIRMING_A_PROGRAMME, ProposedProgramme
from ecf_core.rules.creating_a_partnership import (
    CREATING_A_PARTNERSHIP,
    CREATING_A_PARTNERSHIP_AS_ECF1,
    Proposal,
)
from ecf_core.rules.enrolling_a_participant import ENROLLING_A_PARTICIPANT
from ecf_core.rules.merging_participants import MERGING_PARTICIPANTS, ProposedMerge
from ecf_core.rules.migrating_participants import MIGRATING_PARTICIPANTS, ProposedMigration
from ecf_core.rules.proposed_amendment import ProposedAmendment
from ecf_core.rules.proposed_enrolment import ProposedEnrolment
from ecf_core.rules.proposed_transfer import ProposedTransfer
from ecf_core.rules.removing_a_participant import REMOVING_A_PARTICIPANT, ProposedRemoval
from ecf_core.rules.rule import Rule
from ecf_core.rules.stopping_training import (
    DEFERRING_TRAINING,
    RESUMING_TRAINING,
    WITHDRAWING_TRAINING,
)
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.rules.transferring_a_participant import TRANSFERRING_A_PARTICIPANT
from ecf_core.rules.updating_a_partnership import UPDATING_A_PARTNERSHIP, ProposedUpdate


@frozen(kw_only=True)
class RuleProfile:
    """The rules that a deployment runs by, as data."""

    name: str
    challenge_window: ChallengeWindow
    creating_a_partnership: tuple[Rule[Proposal], ...]
    updating_a_partnership: tuple[Rule[ProposedUpdate], ...] = UPDATING_A_PARTNERSHIP
    challenging_a_partnership: tuple[Rule[ProposedChallenge], ...] = CHALLENGING_A_PARTNERSHIP
    confirming_a_programme: tuple[Rule[ProposedProgramme], ...] = CONFIRMING_A_PROGRAMME
    changing_the_partnership: tuple[Rule[ProposedPartnershipChange], ...] = CHANGING_THE_PARTNERSHIP
    enrolling_a_participant: tuple[Rule[ProposedEnrolment], ...] = ENROLLING_A_PARTICIPANT
    transferring_a_participant: tuple[Rule[ProposedTransfer], ...] = TRANSFERRING_A_PARTICIPANT
    migrating_participants: tuple[Rule[ProposedMigration], ...] = MIGRATING_PARTICIPANTS
    amending_a_participant: tuple[Rule[ProposedAmendment], ...] = AMENDING_A_PARTICIPANT
    merging_participants: tuple[Rule[ProposedMerge], ...] = MERGING_PARTICIPANTS
    removing_a_participant: tuple[Rule[ProposedRemoval], ...] = REMOVING_A_PARTICIPANT
    deferring_training: tuple[Rule[ProposedTrainingAction], ...] = DEFERRING_TRAINING
    resuming_training: tuple[Rule[ProposedTrainingAction], ...] = RESUMING_TRAINING
    withdrawing_training: tuple[Rule[ProposedTrainingAction], ...] = WITHDRAWING_TRAINING
    changing_a_schedule: tuple[Rule[ProposedScheduleChange], ...] = CHANGING_A_SCHEDULE


DOCUMENTED: Final = RuleProfile(
    name="documented",
    challenge_window=DOCUMENTED_WINDOW,
    creating_a_partnership=CREATING_A_PARTNERSHIP,
)
"""The guide to the letter."""

ECF1: Final = RuleProfile(
    name="ecf1",
    challenge_window=ECF1_WINDOW,
    creating_a_partnership=CREATING_A_PARTNERSHIP_AS_ECF1,
)
"""The live service as it is (decisions D-01 and D-03)."""

PROFILES: Final[Mapping[str, RuleProfile]] = {p.name: p for p in (DOCUMENTED, ECF1)}
