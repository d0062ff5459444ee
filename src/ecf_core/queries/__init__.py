"""What can be read: lists and single things, as they are shown. Reading changes nothing."""

from attrs import frozen

from ecf_core.queries.cohorts import CohortQueries, CohortRow
from ecf_core.queries.delivery_partners import DeliveryPartnerQueries, DeliveryPartnerRow
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.participants import (
    InductionRecordRow,
    ParticipantQueries,
    ParticipantRow,
    ParticipantsFilter,
)
from ecf_core.queries.partnerships import (
    HistoryEntry,
    PartnershipQueries,
    PartnershipRow,
    PartnershipsFilter,
)
from ecf_core.queries.provider_participant_lists import (
    ProviderParticipantQueries,
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.provider_participants import (
    EnrolmentRow,
    ProviderParticipantRow,
    TrainingRow,
)
from ecf_core.queries.providers import ProviderQueries
from ecf_core.queries.schools import (
    InductionProgrammeRow,
    ListedSchool,
    SchoolCohortRow,
    SchoolQueries,
    SchoolRow,
    SchoolsFilter,
)
from ecf_core.queries.tokens import Caller, TokenQueries, TokenRow
from ecf_core.queries.transfers import (
    ParticipantTransfersRow,
    TransferEnd,
    TransferQueries,
    TransferRecord,
    TransferRow,
)
from ecf_core.queries.unfunded_mentors import UnfundedMentorQueries, UnfundedMentorRow
from ecf_core.queries.window import Page, Window

__all__ = [
    "Caller",
    "CohortQueries",
    "CohortRow",
    "DeliveryPartnerQueries",
    "DeliveryPartnerRow",
    "EnrolmentRow",
    "HistoryEntry",
    "InductionProgrammeRow",
    "InductionRecordRow",
    "ListedSchool",
    "Order",
    "Page",
    "ParticipantQueries",
    "ParticipantRow",
    "ParticipantTransfersRow",
    "ParticipantsFilter",
    "PartnershipQueries",
    "PartnershipRow",
    "PartnershipsFilter",
    "ProviderParticipantQueries",
    "ProviderParticipantRow",
    "ProviderParticipantsFilter",
    "ProviderQueries",
    "Queries",
    "SchoolCohortRow",
    "SchoolQueries",
    "SchoolRow",
    "SchoolsFilter",
    "Sort",
    "TokenQueries",
    "TokenRow",
    "TrainingRow",
    "TrainingsFilter",
    "TransferEnd",
    "TransferQueries",
    "TransferRecord",
    "TransferRow",
    "UnfundedMentorQueries",
    "UnfundedMentorRow",
    "Window",
]


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
    transfers: TransferQueries
    unfunded_mentors: UnfundedMentorQueries
