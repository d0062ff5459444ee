from collections.abc import Iterable
from datetime import datetime
from typing import Any

from attrs import asdict, field, frozen
from sqlalchemy import Connection, case, select, text, tuple_, update

from ecf_adapters.sql.read_tables.touched import Touched
from ecf_adapters.sql.tables import delivery_partners, lead_providers, provider_relationships
from ecf_adapters.sql.upsert import upsert
from ecf_core.model.ids import DeliveryPartnerId
from ecf_core.model.providers import DeliveryPartner, LeadProvider, ProviderRelationship


@frozen
class SqlProviders:
    _connection: Connection
    _touched: Touched = field(factory=Touched)
    _locks: bool = field(default=False, kw_only=True)

    def lead_providers(self) -> tuple[LeadProvider, ...]:
        c = lead_providers.c
        rows = self._connection.execute(select(c.id, c.name).order_by(c.name))
        return tuple(LeadProvider(id=id_, name=name) for id_, name in rows)

    def put_lead_providers(self, lead_providers_: Iterable[LeadProvider], *, at: datetime) -> None:
        upsert(
            self._connection,
            lead_providers,
            [{**asdict(lp), "created_at": at, "updated_at": at} for lp in lead_providers_],
            replacing=("name", "updated_at"),
        )

    def _hold(self) -> None:
        """Whoever else sets up delivery partners waits; on SQLite, whoever else writes does."""
        if self._locks and self._connection.dialect.name == "postgresql":
            self._connection.execute(
                text("LOCK TABLE delivery_partners IN SHARE ROW EXCLUSIVE MODE")
            )

    def delivery_partners(self) -> tuple[DeliveryPartner, ...]:
        self._hold()
        c = delivery_partners.c
        rows = self._connection.execute(
            select(c.id, c.name, c.created_at, c.updated_at, c.discarded_at).order_by(c.name)
        )
        return tuple(
            DeliveryPartner(
                id=id_, name=name, created_at=created, updated_at=updated, discarded_at=gone
            )
            for id_, name, created, updated, gone in rows
        )

    def put_delivery_partners(self, partners: Iterable[DeliveryPartner]) -> None:
        rows = [asdict(partner) for partner in partners]
        upsert(
            self._connection,
            delivery_partners,
            rows,
            replacing=("name", "discarded_at", "updated_at"),
        )
        self._touched.delivery_partners.update(row["id"] for row in rows)
        self._touched.participants.delivery_partners.update(row["id"] for row in rows)

    def relationships(
        self,
        *,
        cohort: int | None = None,
        delivery_partner_id: DeliveryPartnerId | None = None,
    ) -> frozenset[ProviderRelationship]:
        self._hold()
        c = provider_relationships.c
        wanted = select(c.lead_provider_id, c.delivery_partner_id, c.cohort).where(
            c.discarded_at.is_(None)
        )
        if cohort is not None:
            wanted = wanted.where(c.cohort == cohort)
        if delivery_partner_id is not None:
            wanted = wanted.where(c.delivery_partner_id == delivery_partner_id)
        return frozenset(
            ProviderRelationship(lead_provider_id=lp, delivery_partner_id=dp, cohort=year)
            for lp, dp, year in self._connection.execute(wanted)
        )

    def relate(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        upsert(
            self._connection,
            provider_relationships,
            [
                {**_key(r), "discarded_at": None, "created_at": at, "updated_at": at}
                for r in relationships
            ],
            replacing=("discarded_at",),
            advancing=("updated_at",),
        )

    def discard(self, relationships: Iterable[ProviderRelationship], *, at: datetime) -> None:
        keys = [tuple(_key(r).values()) for r in relationships]
        c = provider_relationships.c
        self._connection.execute(
            update(provider_relationships)
            .where(
                tuple_(c.lead_provider_id, c.delivery_partner_id, c.cohort).in_(keys),
                c.discarded_at.is_(None),
            )
            .values(discarded_at=at, updated_at=case((c.updated_at > at, c.updated_at), else_=at))
        )


def _key(relationship: ProviderRelationship) -> dict[str, Any]:
    return {
        "lead_provider_id": relationship.lead_provider_id,
        "delivery_partner_id": relationship.delivery_partner_id,
        "cohort": relationship.cohort,
    }
