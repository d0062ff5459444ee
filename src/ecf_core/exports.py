"""What ``ecf_core`` exports: loaded when a name of it is first asked for."""

from ecf_core.errors import (
    AlreadyAnswered,
    EcfError,
    KeyReused,
    NotFound,
    Refused,
    RowProblem,
    RowsRefused,
    StaleWrite,
    Violation,
)
from ecf_core.model.actor import Actor, ActorKind
from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    ParticipantId,
    PartnershipId,
    SchoolId,
    TrainingRecordId,
)
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment, IdChange, ParticipantType, Person
from ecf_core.model.partnership import Agreement, Challenge, ChallengeReason, Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school import School
from ecf_core.model.school_cohort import ProgrammeChoice, SchoolCohort
from ecf_core.ports.answers import AnswerKey
from ecf_core.ports.clock import Clock
from ecf_core.ports.storage import Storage
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.queries import Queries
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.changing_a_schedule import ScheduleRequest
from ecf_core.rules.changing_the_partnership import PartnershipChangeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.migrating_participants import MigrationRequest, Moved
from ecf_core.rules.profile import DOCUMENTED, ECF1, RuleProfile
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.explain_partnership import Explanation
from ecf_core.use_cases.once import Once
from ecf_core.use_cases.training_action import ActedOn

__all__ = [
    "DOCUMENTED",
    "ECF1",
    "ActedOn",
    "Actor",
    "ActorKind",
    "Agreement",
    "AlreadyAnswered",
    "AmendmentRequest",
    "AnswerKey",
    "Challenge",
    "ChallengeReason",
    "ChallengeRequest",
    "Clock",
    "DeliveryPartner",
    "DeliveryPartnerId",
    "EcfError",
    "Enrolment",
    "EnrolmentRequest",
    "Explanation",
    "IdChange",
    "InductionHistory",
    "InductionProgrammeId",
    "InductionRecord",
    "KeyReused",
    "LeadProvider",
    "LeadProviderId",
    "MergeRequest",
    "MigrationRequest",
    "Moved",
    "NotFound",
    "Once",
    "ParticipantId",
    "ParticipantType",
    "Partnership",
    "PartnershipChangeRequest",
    "PartnershipId",
    "PartnershipRequest",
    "Person",
    "ProgrammeChoice",
    "ProgrammeRequest",
    "Queries",
    "Refused",
    "RemovalRequest",
    "RowProblem",
    "RowsRefused",
    "RuleProfile",
    "ScheduleRequest",
    "School",
    "SchoolCohort",
    "SchoolId",
    "StaleWrite",
    "Storage",
    "TrainingActionRequest",
    "TrainingRecordId",
    "TransferRequest",
    "UnitOfWork",
    "UpdateRequest",
    "UseCases",
    "Violation",
]
