"""The identifiers of the nouns: UUIDs that cannot be mistaken for one another.

A cohort has no identifier of its own: it is named by the year in which it starts.
"""

from typing import Final, NewType
from uuid import UUID, uuid5

SchoolId = NewType("SchoolId", UUID)
"""Names a school: made of its URN, or the one that lead providers hold already (decision D-22)."""

LeadProviderId = NewType("LeadProviderId", UUID)
"""Names a lead provider."""

DeliveryPartnerId = NewType("DeliveryPartnerId", UUID)
"""Names a delivery partner."""

PartnershipId = NewType("PartnershipId", UUID)
"""Names a partnership, for good: also while it is challenged, and when it is used again."""

InductionProgrammeId = NewType("InductionProgrammeId", UUID)
"""Names an induction programme of a school cohort."""

StatementId = NewType("StatementId", UUID)
"""Names a statement."""

TokenId = NewType("TokenId", UUID)
"""Names a key to the API; it is not the secret."""

AppropriateBodyId = NewType("AppropriateBodyId", UUID)
"""Names an appropriate body."""

ParticipantId = NewType("ParticipantId", UUID)
"""Names a person who is trained, as an early career teacher, as a mentor or as both."""

TrainingRecordId = NewType("TrainingRecordId", UUID)
"""Names one person's training as an early career teacher, or as a mentor."""

InductionRecordId = NewType("InductionRecordId", UUID)
"""Names an induction record."""

TrainingStateId = NewType("TrainingStateId", UUID)
"""Names what a lead provider said of a training at an instant."""

NOTHING: Final = UUID(int=0)
"""The id of nothing: what a text that is not a UUID names."""

_SCHOOLS: Final = UUID("6d0a4a3e-3c0f-5d52-9a55-6f1a1f8f7d0b")


def school_id_of(urn: str) -> SchoolId:
    """The id of the school with this URN, the same in every deployment (decision D-22)."""
    return SchoolId(uuid5(_SCHOOLS, urn))
