"""The least that could be done: a statement over one flat table, and its rows as JSON.

As :mod:`benchmarks.lists.limit`, whose connection it uses.
"""

from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from benchmarks.lists.limit import (
    Message,
    Receive,
    Send,
    answer,
    as_the_driver_s,
    by,
    encode,
    execute,
)
from benchmarks.participants.flat import ENROLMENT, PARTICIPANT

_COLUMNS: Final = ", ".join((*PARTICIPANT, "record_created_at", *ENROLMENT))
_P: Final = f"SELECT {_COLUMNS} FROM limit_participants"  # noqa: S608 - no input
_OWN: Final = "WHERE lead_provider_id = %(lead_provider)s"
_ORDER: Final = "ORDER BY created_at, id LIMIT CAST(%(rows)s AS integer)"
_CREATED: Final = f"{_P}{by('limit_participants_created')} {_OWN}"
_STATEMENTS: Final = {
    "/participants": f"{_CREATED} {_ORDER}",
    "/participants/after": f"{_CREATED} AND (created_at, id) > (%(created_at)s, %(id)s) {_ORDER}",
    "/participants/since": f"{_P}{by('limit_participants_updated')} {_OWN}"
    f" AND updated_at >= %(since)s {_ORDER}",
}
_READS: Final = {path: as_the_driver_s(statement) for path, statement in _STATEMENTS.items()}
_PERSON: Final = len(PARTICIPANT)


class Stopped(msgspec.Struct):
    """Why training was put off or given up, and when."""

    reason: str
    date: str


class Enrolment(msgspec.Struct):
    """A training, as it is sent."""

    training_record_id: str
    email: str
    mentor_id: str | None
    school_urn: str
    participant_type: str
    cohort: str
    training_status: str
    participant_status: str
    teacher_reference_number_validated: bool | None
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule_identifier: str
    delivery_partner_id: str | None
    withdrawal: Stopped | None
    deferral: Stopped | None
    created_at: str
    induction_end_date: str | None
    mentor_funding_end_date: str | None
    cohort_changed_after_payments_frozen: bool
    mentor_ineligible_for_funding_reason: str | None


class IdChange(msgspec.Struct):
    """An id that was given up."""

    from_participant_id: str
    to_participant_id: str
    changed_at: str


class Attributes(msgspec.Struct):
    """A participant, as it is sent."""

    full_name: str
    teacher_reference_number: str | None
    updated_at: str
    ecf_enrolments: tuple[Enrolment]
    participant_id_changes: list[IdChange]


class Resource(msgspec.Struct):
    """A row, as it is sent."""

    id: str
    type: str
    attributes: Attributes


def _participant(row: Any) -> Resource:
    id_, name, trn, updated_at, changes = row[:_PERSON]
    enrolment = _enrolment(*row[_PERSON + 1 :])
    attributes = Attributes(name, trn, updated_at, (enrolment,), _id_changes(changes))
    return Resource(id_, "participant", attributes)


def _enrolment(*row: Any) -> Enrolment:
    validated, eligible, premium, sparsity, schedule, partner, reason, at, *rest = row[8:]
    enrolled_at, induction_end, funding_end, cohort_changed, why = rest
    stopped = Stopped(reason, at) if at else None
    values = (
        *row[:8],
        None if validated is None else bool(validated),
        None if eligible is None else bool(eligible),
        bool(premium),
        bool(sparsity),
        schedule,
        partner,
        stopped if row[6] == "withdrawn" else None,
        stopped if row[6] == "deferred" else None,
        enrolled_at,
        induction_end,
        funding_end,
        bool(cohort_changed),
        why,
    )
    return Enrolment(*values)


def _id_changes(lines: str | None) -> list[IdChange]:
    """There are none of most, and one of the others."""
    if lines is None:
        return []
    from_id, to_id, at = lines.split()
    return [IdChange(from_id, to_id, f"{at[:19]}Z")]


def _first_recorded(row: Any) -> tuple[str, str]:
    return row[_PERSON], row[0]


async def app(scope: Message, _: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    if scope["path"] == "/healthz":
        await answer(send, b"{}")
        return
    found = execute(_READS[scope["path"]], dict(parse_qsl(scope["query_string"].decode())))
    rows = sorted(found.fetchall(), key=_first_recorded)
    await answer(send, encode({"data": [_participant(row) for row in rows]}))
