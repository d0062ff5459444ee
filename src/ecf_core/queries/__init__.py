"""What can be read: lists and single things, as they are shown. Reading changes nothing."""

from attrs import frozen

from ecf_core.queries.cohorts import CohortQueries
from ecf_core.queries.delivery_partners import DeliveryPartnerQueries
from ecf_core.queries.participants import ParticipantQueries
from ecf_core.queries.partnerships import PartnershipQueries
from ecf_core.queries.provider_participant_lists import ProviderParticipantQueries
from ecf_core.queries.providers import ProviderQueries
from ecf_core.queries.schools import SchoolQueries
from ecf_core.queries.tokens import TokenQueries


@frozen(kw_only=True)
class Queries:
    """Every query, over one storage."""

    partnerships: PartnershipQueries
    delivery_partners: DeliveryPartnerQueries
    cohorts: CohortQueries
    schools: SchoolQueries
    providers: ProviderQueries
    tokens: TokenQueries
    participants: ParticipantQueries
    provider_participants: ProviderParticipantQueries
