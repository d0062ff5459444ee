"""How many requests were let out of each bucket, in the present window of time."""

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table

from ecf_adapters.sql.tables.metadata import metadata

leased_requests = Table(
    "leased_requests",
    metadata,
    Column("bucket", String, nullable=False),
    Column("window_began", BigInteger, nullable=False),
    Column("leased", Integer, nullable=False),
    Column("latest", Integer, nullable=False),
    PrimaryKeyConstraint("bucket", "window_began"),
    Index(None, "window_began"),
)
