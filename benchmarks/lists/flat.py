"""The flat tables of the limit: a row is an answer's attributes, as they are shown."""

from typing import Final

from sqlalchemy import Engine, text

from ecf_adapters.sql.engine import WRITES

SHOWN: Final = {
    "postgresql": ("to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"),
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%SZ', {})",
}
_SHOWN_FINELY: Final = {
    "postgresql": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', {})",
}
ID: Final = {
    "postgresql": "{}::text",
    "sqlite": (
        "substr({0}, 1, 8) || '-' || substr({0}, 9, 4) || '-' || substr({0}, 13, 4)"
        " || '-' || substr({0}, 17, 4) || '-' || substr({0}, 21)"
    ),
}
_LATEST: Final = {"postgresql": "greatest", "sqlite": "max"}

# Text is compared letter by letter, so that instants and ids as they are shown are in order.
_TEXT: Final = {"postgresql": 'text COLLATE "C"', "sqlite": "text"}

PARTNERSHIP: Final = (
    "id",
    "cohort",
    "urn",
    "school_id",
    "delivery_partner_id",
    "delivery_partner_name",
    "status",
    "challenged_reason",
    "challenged_at",
    "induction_tutor_name",
    "induction_tutor_email",
    "created_at",
    "updated_at",
)
SCHOOL: Final = (
    "id",
    "name",
    "urn",
    "cohort",
    "in_partnership",
    "induction_programme_choice",
    "created_at",
    "updated_at",
)


def build(engine: Engine) -> None:
    """Makes the flat tables out of the model's."""
    kind = engine.dialect.name
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        for statement in (*_partnerships(kind), *_schools(kind)):
            connection.execute(text(statement))
        connection.commit()


def _table(name: str, columns: tuple[str, ...], key: str, kind: str) -> str:
    listed = ", ".join(
        f"{column} {'boolean' if column == 'in_partnership' else _TEXT[kind]}" for column in columns
    )
    return f"CREATE TABLE {name} ({listed}{key})"


def _partnerships(kind: str) -> tuple[str, ...]:
    shown, id_ = SHOWN[kind].format, ID[kind].format
    latest = (
        f"{_LATEST[kind]}(p.updated_at, s.updated_at, d.updated_at,"
        " coalesce(t.updated_at, p.updated_at))"
    )
    columns = (
        id_("p.id"),
        "cast(p.cohort AS text)",
        "s.urn",
        id_("s.id"),
        id_("d.id"),
        "CASE WHEN d.discarded_at IS NULL THEN d.name END",
        "CASE WHEN p.challenge_reason IS NULL THEN 'active' ELSE 'challenged' END",
        "p.challenge_reason",
        _SHOWN_FINELY[kind].format("p.challenged_at"),
        "t.name",
        (
            "coalesce(t.email, nullif(s.primary_contact_email, ''),"
            " nullif(s.secondary_contact_email, ''))"
        ),
        shown("p.created_at"),
        shown(latest),
        id_("p.lead_provider_id"),
    )
    return (
        _table("limit_partnerships", (*PARTNERSHIP, "lead_provider_id"), "", kind),
        (
            f"INSERT INTO limit_partnerships SELECT {', '.join(columns)}"  # noqa: S608 - no input
            " FROM partnerships p"
            " JOIN schools s ON s.id = p.school_id"
            " JOIN delivery_partners d ON d.id = p.delivery_partner_id"
            " LEFT JOIN induction_tutors t ON t.school_id = s.id"
            " WHERE NOT p.relationship ORDER BY p.lead_provider_id, p.created_at, p.id"
        ),
        "CREATE UNIQUE INDEX limit_partnerships_id ON limit_partnerships (id)",
        (
            "CREATE INDEX limit_partnerships_created"
            " ON limit_partnerships (lead_provider_id, created_at, id)"
        ),
        (
            "CREATE INDEX limit_partnerships_updated"
            " ON limit_partnerships (lead_provider_id, updated_at, id)"
        ),
        "ANALYZE limit_partnerships",
    )


def _schools(kind: str) -> tuple[str, ...]:
    shown, id_ = SHOWN[kind].format, ID[kind].format
    latest = f"{_LATEST[kind]}(s.updated_at, coalesce(c.updated_at, s.updated_at))"
    columns = (
        id_("s.id"),
        "s.name",
        "s.urn",
        "cast(y.start_year AS text)",
        "p.id IS NOT NULL",
        "coalesce(c.choice, 'not_yet_known')",
        shown("s.created_at"),
        shown(latest),
    )
    return (
        _table("limit_schools", SCHOOL, "", kind),
        (
            f"INSERT INTO limit_schools SELECT {', '.join(columns)}"  # noqa: S608 - no input
            " FROM schools s CROSS JOIN cohorts y"
            " LEFT JOIN school_cohorts c ON c.school_id = s.id AND c.cohort = y.start_year"
            " LEFT JOIN partnerships p ON p.school_id = s.id AND p.cohort = y.start_year"
            " AND p.challenged_at IS NULL AND NOT p.relationship"
            " WHERE s.eligible OR p.id IS NOT NULL ORDER BY y.start_year, s.created_at, s.id"
        ),
        "CREATE INDEX limit_schools_created ON limit_schools (cohort, created_at, id)",
        "CREATE INDEX limit_schools_updated ON limit_schools (cohort, updated_at, id)",
        "ANALYZE limit_schools",
    )
