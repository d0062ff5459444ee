"""The identifiers of the nouns: UUIDs that cannot be mistaken for one another.

A cohort has no identifier of its own: it is named by the year in which it starts.
"""

from typing import Final, NewType
from uuid import UUID, uuid5

SchoolId = NewType("SchoolId", UUID)
LeadProviderId = NewType("LeadProviderId", UUID)
DeliveryPartnerId = NewType("DeliveryPartnerId", UUID)
PartnershipId = NewType("PartnershipId", UUID)
InductionProgrammeId = NewType("InductionProgrammeId", UUID)
StatementId = NewType("StatementId", UUID)
TokenId = NewType("TokenId", UUID)
AppropriateBodyId = NewType("AppropriateBodyId", UUID)
ParticipantId = NewType("ParticipantId", UUID)
TrainingRecordId = NewType("TrainingRecordId", UUID)
InductionRecordId = NewType("InductionRecordId", UUID)
TrainingStateId = NewType("TrainingStateId", UUID)

NOTHING: Final = UUID(int=0)
"""The id of nothing: what a text that is not a UUID names."""

_SCHOOLS: Final = UUID("6d0a4a3e-3c0f-5d52-9a55-6f1a1f8f7d0b")


def school_id_of(urn: str) -> SchoolId:
    """The id of the school with this URN, the same in every deployment (decision D-22)."""
    return SchoolId(uuid5(_SCHOOLS, urn))
