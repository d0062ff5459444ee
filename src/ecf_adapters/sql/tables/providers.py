"""Who trains, who works with whom, and the keys to the API."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, String, Table, Uuid

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata
from ecf_adapters.sql.types import UtcDateTime

lead_providers = Table(
    "lead_providers",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    *created_and_updated(),
)

delivery_partners = Table(
    "delivery_partners",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("discarded_at", UtcDateTime),
    *created_and_updated(),
)

provider_relationships = Table(
    "provider_relationships",
    metadata,
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("delivery_partner_id", ForeignKey("delivery_partners.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("discarded_at", UtcDateTime),
    *created_and_updated(),
    PrimaryKeyConstraint("lead_provider_id", "delivery_partner_id", "cohort"),
    Index(None, "delivery_partner_id"),
    Index(None, "cohort"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_at", UtcDateTime),
    Column("expires_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
)
