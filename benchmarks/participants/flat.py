"""The flat table of the limit: a row is a participant's attributes, as they are shown."""

from typing import Final

from sqlalchemy import Engine, text

from benchmarks.lists.flat import ID
from ecf_adapters.sql.engine import WRITES

PARTICIPANT: Final = ("id", "full_name", "trn", "updated_at", "id_changes")
ENROLMENT: Final = (
    "training_record_id",
    "email",
    "mentor_id",
    "urn",
    "type",
    "cohort",
    "training_status",
    "participant_status",
    "trn_validated",
    "eligible_for_funding",
    "pupil_premium_uplift",
    "sparsity_uplift",
    "schedule",
    "delivery_partner_id",
    "stopped_reason",
    "stopped_at",
    "enrolled_at",
    "induction_end_date",
    "mentor_funding_end_date",
    "cohort_changed_after_payments_frozen",
    "mentor_funding_end_reason",
)
_MOMENTS: Final = ("updated_at", "stopped_at", "enrolled_at")
# Nobody is still to come, and nobody is still to go.
_STATUS: Final = (
    "CASE WHEN end_date IS NOT NULL THEN 'left'"
    " WHEN induction_status IN ('active', 'completed') THEN 'active' ELSE 'withdrawn' END"
)


def build(engine: Engine) -> None:
    """Makes it out of the read table, once that is there: everyone has one training."""
    own = ID[engine.dialect.name].format("lead_provider_id")
    columns = ", ".join(_shown(name) for name in (*PARTICIPANT, *ENROLMENT))
    statements = (
        (
            f"CREATE TABLE limit_participants AS SELECT {columns}, created_at, record_created_at,"  # noqa: S608 - no input
            f" {own} AS lead_provider_id FROM read_enrolments WHERE overtaken = 0"
            " ORDER BY lead_provider_id, created_at, id"
        ),
        (
            "CREATE INDEX limit_participants_created"
            " ON limit_participants (lead_provider_id, created_at, id)"
        ),
        (
            "CREATE INDEX limit_participants_updated"
            " ON limit_participants (lead_provider_id, updated_at, id)"
        ),
        "ANALYZE limit_participants",
    )
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        for statement in statements:
            connection.execute(text(statement))
        connection.commit()


def _shown(name: str) -> str:
    if name in _MOMENTS:
        return f"substr({name}, 1, 19) || 'Z' AS {name}"
    if name == "cohort":
        return "cast(cohort AS text) AS cohort"
    return f"{_STATUS} AS {name}" if name == "participant_status" else name


def place_before(engine: Engine, lead_provider: str, number: int) -> dict[str, str]:
    """The row that comes right before a number of them."""
    statement = text(
        "SELECT created_at, id FROM limit_participants WHERE lead_provider_id = :own"
        " ORDER BY created_at, id LIMIT 1 OFFSET :number"
    )
    with engine.connect() as connection:
        found = connection.execute(statement, {"own": lead_provider, "number": number - 1})
        return dict(found.mappings().one())
