"""Partnerships, and what the database itself guarantees of them."""

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    and_,
    not_,
)

from ecf_adapters.sql.tables.metadata import created_and_updated, metadata, one_of
from ecf_adapters.sql.types import UtcDateTime
from ecf_core.model.partnership import ChallengeReason

partnerships = Table(
    "partnerships",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("cohort", ForeignKey("cohorts.start_year"), nullable=False),
    Column("lead_provider_id", ForeignKey("lead_providers.id"), nullable=False),
    Column("delivery_partner_id", ForeignKey("delivery_partners.id"), nullable=False),
    Column("relationship", Boolean, nullable=False),
    Column("challenge_reason", String),
    Column("challenged_at", UtcDateTime),
    Column("challenge_deadline", UtcDateTime),
    Column("version", Integer, nullable=False),
    *created_and_updated(),
    UniqueConstraint("school_id", "lead_provider_id", "delivery_partner_id", "cohort"),
    UniqueConstraint("id", "school_id", "cohort"),
    CheckConstraint(
        "(challenge_reason IS NULL) = (challenged_at IS NULL)", name="challenge_is_whole"
    ),
    CheckConstraint(one_of("challenge_reason", ChallengeReason), name="challenge_reason"),
    CheckConstraint(
        "NOT relationship OR challenge_deadline IS NULL", name="relationship_has_no_window"
    ),
    Index(None, "lead_provider_id", "created_at", "id"),
    Index(None, "delivery_partner_id"),
)

# One expression for both databases, and for every query that asks for the current partnership.
is_current: Final = and_(partnerships.c.challenged_at.is_(None), not_(partnerships.c.relationship))

Index(
    "uq_partnerships_one_current_per_school_and_cohort",
    partnerships.c.school_id,
    partnerships.c.cohort,
    unique=True,
    sqlite_where=is_current,
    postgresql_where=is_current,
)
