"""What has happened: written in the transaction of the change, and never changed again.

``name`` and ``version`` identify the shape of an event for ever; a different shape is a new
version. ``subject`` names the field that holds whom the event happened to.
"""

from ecf_core.events.cohorts import CohortOpened, Step
from ecf_core.events.event import Event, subject_id
from ecf_core.events.partnerships import (
    ChallengeLifted,
    PartnershipChallenged,
    PartnershipReported,
    PartnershipTerms,
    PartnershipUpdated,
    ProgrammeConfirmed,
    ProgrammeTerms,
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

__all__ = [
    "ChallengeLifted",
    "CohortOpened",
    "DeliveryPartnerDiscarded",
    "DeliveryPartnerSetUp",
    "DeliveryPartnersImported",
    "Event",
    "InductionTutorSet",
    "LeadProvidersImported",
    "PartnershipChallenged",
    "PartnershipReported",
    "PartnershipTerms",
    "PartnershipUpdated",
    "ProgrammeConfirmed",
    "ProgrammeTerms",
    "ProviderRelationshipDiscarded",
    "ProviderRelationshipsImported",
    "SchoolEligibilityChanged",
    "SchoolsImported",
    "Step",
    "TokenIssued",
    "TokenRevoked",
    "subject_id",
]
