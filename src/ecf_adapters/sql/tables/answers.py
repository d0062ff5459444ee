"""What commands that may be sent again were answered."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
)

from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.types import UtcDateTime

answers = Table(
    "answers",
    metadata,
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("operation", String, nullable=False),
    Column("name", String, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("lead_provider_id", "operation", "name"),
    Index(None, "answered_at"),
)
