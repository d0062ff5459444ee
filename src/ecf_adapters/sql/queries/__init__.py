"""What is read, each list in one statement."""

from sqlalchemy import Engine

from ecf_adapters.sql.queries.cohorts import SqlCohortQueries
from ecf_adapters.sql.queries.delivery_partners import SqlDeliveryPartnerQueries
from ecf_adapters.sql.queries.participants import SqlParticipantQueries
from ecf_adapters.sql.queries.partnerships import SqlPartnershipQueries
from ecf_adapters.sql.queries.provider_participants import SqlProviderParticipantQueries
from ecf_adapters.sql.queries.providers import SqlProviderQueries
from ecf_adapters.sql.queries.schools import SqlSchoolQueries
from ecf_adapters.sql.queries.tokens import SqlTokenQueries
from ecf_core.queries import Queries


def sql_queries(engine: Engine, reading: Engine | None = None) -> Queries:
    """The queries; the one that every request makes goes over connections that only read."""
    return Queries(
        partnerships=SqlPartnershipQueries(engine),
        delivery_partners=SqlDeliveryPartnerQueries(engine),
        cohorts=SqlCohortQueries(engine),
        schools=SqlSchoolQueries(engine),
        providers=SqlProviderQueries(engine),
        participants=SqlParticipantQueries(engine),
        provider_participants=SqlProviderParticipantQueries(engine),
        tokens=SqlTokenQueries(reading or engine),
    )
