"""What has happened."""

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, SmallInteger, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.types import UtcDateTime

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("name", String, nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("subject_id", Uuid),
    Column("payload", JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    Index(None, "subject_id", "id"),
)
