"""The tables, by subject."""

from ecf_adapters.sql.tables.answers import answers
from ecf_adapters.sql.tables.cohorts import (
    call_off_contracts,
    cohort_lead_providers,
    cohorts,
    contract_bands,
    mentor_call_off_contracts,
    milestones,
    schedules,
    statements,
)
from ecf_adapters.sql.tables.events import events
from ecf_adapters.sql.tables.induction import (
    appropriate_bodies,
    induction_records,
    is_open,
    participant_id_changes,
    participants,
    training_records,
    training_states,
)
from ecf_adapters.sql.tables.leases import leased_requests
from ecf_adapters.sql.tables.metadata import metadata
from ecf_adapters.sql.tables.partnerships import is_current, partnerships
from ecf_adapters.sql.tables.providers import (
    api_tokens,
    delivery_partners,
    lead_providers,
    provider_relationships,
)
from ecf_adapters.sql.tables.read_enrolments import read_enrolments
from ecf_adapters.sql.tables.read_tables import read_partnerships, read_schools
from ecf_adapters.sql.tables.schools import (
    induction_programmes,
    induction_tutors,
    school_cohorts,
    schools,
)

__all__ = [
    "answers",
    "api_tokens",
    "appropriate_bodies",
    "call_off_contracts",
    "cohort_lead_providers",
    "cohorts",
    "contract_bands",
    "delivery_partners",
    "events",
    "induction_programmes",
    "induction_records",
    "induction_tutors",
    "is_current",
    "is_open",
    "lead_providers",
    "leased_requests",
    "mentor_call_off_contracts",
    "metadata",
    "milestones",
    "participant_id_changes",
    "participants",
    "partnerships",
    "provider_relationships",
    "read_enrolments",
    "read_partnerships",
    "read_schools",
    "schedules",
    "school_cohorts",
    "schools",
    "statements",
    "training_records",
    "training_states",
]
