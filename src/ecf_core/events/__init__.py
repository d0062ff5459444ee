"""What has happened: written in the transaction of the change, and never changed again.

``name`` and ``version`` identify the shape of an event for ever; a different shape is a new
version. ``subject`` names the field that holds whom the event happened to.
"""

from ecf_core.events.cohorts import CohortOpened, Step
from ecf_core.events.event import Event, subject_id
from ecf_core.events.participants import (
    AppropriateBodiesImported,
    ParticipantEnrolled,
    ParticipantsImported,
    ParticipantsMigrated,
    ParticipantTransferred,
)
from ecf_core.events.partnerships import (
    ChallengeLifted,
    PartnershipChallenged,
    PartnershipReported,
    PartnershipTerms,
    PartnershipUpdated,
    ProgrammeChanged,
    ProgrammeConfirmed,
    ProgrammeTerms,
    RelationshipPartnershipMade,
)
from ecf_core.events.providers import (
    DeliveryPartnerDiscarded,
    DeliveryPartnerSetUp,
    DeliveryPartnersImported,
    LeadProvidersImported,
    ProviderRelationshipDiscarded,
    ProviderRelationshipsImported,
    TokenIssued,
    TokenRevoked,
)
from ecf_core.events.schools import InductionTutorSet, SchoolEligibilityChanged, SchoolsImported
from ecf_core.events.support import (
    KnownOfTraining,
    ParticipantAmended,
    ParticipantRemoved,
    ParticipantsMerged,
    TrainingAmended,
)
from ecf_core.events.training import (
    ScheduleChanged,
    TrainingDeferred,
    TrainingResumed,
    TrainingWithdrawn,
)

__all__ = [
    "AppropriateBodiesImported",
    "ChallengeLifted",
    "CohortOpened",
    "DeliveryPartnerDiscarded",
    "DeliveryPartnerSetUp",
    "DeliveryPartnersImported",
    "Event",
    "InductionTutorSet",
    "KnownOfTraining",
    "LeadProvidersImported",
    "ParticipantAmended",
    "ParticipantEnrolled",
    "ParticipantRemoved",
    "ParticipantTransferred",
    "ParticipantsImported",
    "ParticipantsMerged",
    "ParticipantsMigrated",
    "PartnershipChallenged",
    "PartnershipReported",
    "PartnershipTerms",
    "PartnershipUpdated",
    "ProgrammeChanged",
    "ProgrammeConfirmed",
    "ProgrammeTerms",
    "ProviderRelationshipDiscarded",
    "ProviderRelationshipsImported",
    "RelationshipPartnershipMade",
    "ScheduleChanged",
    "SchoolEligibilityChanged",
    "SchoolsImported",
    "Step",
    "TokenIssued",
    "TokenRevoked",
    "TrainingAmended",
    "TrainingDeferred",
    "TrainingResumed",
    "TrainingWithdrawn",
    "subject_id",
]
