"""What is read from memory."""

from ecf_adapters.memory.queries.cohorts import MemoryCohortQueries
from ecf_adapters.memory.queries.delivery_partners import MemoryDeliveryPartnerQueries
from ecf_adapters.memory.queries.participants import MemoryParticipantQueries
from ecf_adapters.memory.queries.partnerships import MemoryPartnershipQueries
from ecf_adapters.memory.queries.provider_participants import MemoryProviderParticipantQueries
from ecf_adapters.memory.queries.providers import MemoryProviderQueries
from ecf_adapters.memory.queries.schools import MemorySchoolQueries
from ecf_adapters.memory.queries.tokens import MemoryTokenQueries
from ecf_adapters.memory.storage import MemoryStorage
from ecf_core.queries import Queries


def memory_queries(storage: MemoryStorage) -> Queries:
    return Queries(
        partnerships=MemoryPartnershipQueries(storage),
        delivery_partners=MemoryDeliveryPartnerQueries(storage),
        cohorts=MemoryCohortQueries(storage),
        schools=MemorySchoolQueries(storage),
        providers=MemoryProviderQueries(storage),
        participants=MemoryParticipantQueries(storage),
        provider_participants=MemoryProviderParticipantQueries(storage),
        tokens=MemoryTokenQueries(storage),
    )
