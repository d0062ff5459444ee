from ecf_core.testing.contracts.queries_of_delivery_partners import DeliveryPartnerQueriesContract
from ecf_core.testing.contracts.queries_of_mentors_changes import MentorsChangesContract
from ecf_core.testing.contracts.queries_of_participants import ParticipantQueriesContract
from ecf_core.testing.contracts.queries_of_partnership_lists import PartnershipListsContract
from ecf_core.testing.contracts.queries_of_partnerships import PartnershipQueriesContract
from ecf_core.testing.contracts.queries_of_provider_participant_lists import (
    ProviderParticipantListsContract,
)
from ecf_core.testing.contracts.queries_of_provider_participants import (
    ProviderParticipantQueriesContract,
)
from ecf_core.testing.contracts.queries_of_school_lists import SchoolListsContract
from ecf_core.testing.contracts.queries_of_schools import SchoolQueriesContract
from ecf_core.testing.contracts.queries_of_tokens import TokenQueriesContract
from ecf_core.testing.contracts.queries_of_transfer_lists import TransferListsContract
from ecf_core.testing.contracts.queries_of_transfers import TransferQueriesContract
from ecf_core.testing.contracts.queries_of_unfunded_mentors import UnfundedMentorQueriesContract


class QueriesContract(
    PartnershipQueriesContract,
    PartnershipListsContract,
    DeliveryPartnerQueriesContract,
    SchoolQueriesContract,
    SchoolListsContract,
    TokenQueriesContract,
    ParticipantQueriesContract,
    TransferQueriesContract,
    TransferListsContract,
    UnfundedMentorQueriesContract,
    MentorsChangesContract,
    ProviderParticipantQueriesContract,
    ProviderParticipantListsContract,
):
    """What every storage shows of what was stored."""
