from attrs import frozen
from sqlalchemy import Engine

from ecf_adapters.sql.providers import SqlProviders
from ecf_core.model.providers import DeliveryPartner, LeadProvider


@frozen
class SqlProviderQueries:
    _engine: Engine

    def lead_providers(self) -> tuple[LeadProvider, ...]:
        with self._engine.connect() as connection:
            return SqlProviders(connection).lead_providers()

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        with self._engine.connect() as connection:
            known = SqlProviders(connection).delivery_partners()
        return tuple(partner for partner in known if partner.discarded_at is None)
