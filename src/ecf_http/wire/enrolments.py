"""A row of the lists of participants: a training with its person, ready to be sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from ecf_core.queries.provider_participants import EnrolmentRow, ProviderParticipantRow
from ecf_http.cursor import Columns
from ecf_http.wire.documents import Row, shown_instant


class Enrolled(NamedTuple):
    """Ids and days are texts, and so are instants, to the microsecond.

    ``id_changes`` has a line for each change: from which id, to which, and when.
    """

    id: str
    full_name: str
    trn: str | None
    created_at: str
    updated_at: str
    id_changes: str | None
    training_record_id: str
    email: str
    mentor_id: str | None
    urn: str
    type: str
    cohort: int
    training_status: str
    induction_status: str
    start_date: str
    end_date: str | None
    trn_validated: bool | None
    eligible_for_funding: bool | None
    pupil_premium_uplift: bool
    sparsity_uplift: bool
    schedule: str
    delivery_partner_id: str | None
    stopped_reason: str | None
    stopped_at: str | None
    enrolled_at: str
    induction_end_date: str | None
    mentor_funding_end_date: str | None
    cohort_changed_after_payments_frozen: bool
    mentor_funding_end_reason: str | None
    record_created_at: str


COLUMNS: Final = Columns("participants", Enrolled._fields, kinds={})


def shown(row: ProviderParticipantRow) -> tuple[Enrolled, ...]:
    """A participant in the order of the columns, a row for each training."""
    return tuple(enrolled(row, enrolment) for enrolment in row.enrolments)


def enrolled(row: ProviderParticipantRow, enrolment: EnrolmentRow) -> Enrolled:
    """One training of a participant, in the order of the columns."""
    return Enrolled(
        id=str(row.id),
        full_name=row.full_name,
        trn=row.trn,
        created_at=shown_instant(row.created_at),
        updated_at=shown_instant(row.updated_at),
        id_changes="\n".join(
            f"{change.from_id} {change.to_id} {shown_instant(change.changed_at)}"
            for change in row.id_changes
        )
        or None,
        training_record_id=str(enrolment.training_record_id),
        email=enrolment.email,
        mentor_id=str(enrolment.mentor_id) if enrolment.mentor_id else None,
        urn=enrolment.urn,
        type=enrolment.type,
        cohort=enrolment.cohort,
        training_status=enrolment.training_status,
        induction_status=enrolment.induction_status,
        start_date=shown_instant(enrolment.start_date),
        end_date=_instant(enrolment.end_date),
        trn_validated=enrolment.trn_validated,
        eligible_for_funding=enrolment.eligible_for_funding,
        pupil_premium_uplift=enrolment.pupil_premium_uplift,
        sparsity_uplift=enrolment.sparsity_uplift,
        schedule=enrolment.schedule,
        delivery_partner_id=str(enrolment.delivery_partner_id)
        if enrolment.delivery_partner_id
        else None,
        stopped_reason=enrolment.stopped_reason,
        stopped_at=_instant(enrolment.stopped_at),
        enrolled_at=shown_instant(enrolment.created_at),
        induction_end_date=_day(enrolment.induction_end_date),
        mentor_funding_end_date=_day(enrolment.mentor_funding_end_date),
        cohort_changed_after_payments_frozen=enrolment.cohort_changed_after_payments_frozen,
        mentor_funding_end_reason=enrolment.mentor_funding_end_reason,
        record_created_at=shown_instant(enrolment.record_created_at),
    )


def first_recorded(rows: Sequence[Row]) -> tuple[str, str]:
    """When the first of a person's records was made; the id decides among equals."""
    trainings = [Enrolled._make(row) for row in rows]
    return min(training.record_created_at for training in trainings), trainings[0].id


def id_changes_of(row: Enrolled) -> list[tuple[str, str, str]]:
    """Each with the id that was given up, the one that was taken, and when; newest first."""
    if not row.id_changes:
        return []
    changes = [line.split() for line in row.id_changes.splitlines()]
    return sorted(
        ((from_id, to_id, at) for from_id, to_id, at in changes),
        key=lambda change: (change[2], change[0]),
        reverse=True,
    )


def known(value: Any) -> bool | None:
    """SQLite has numbers for it."""
    return None if value is None else bool(value)


def _instant(at: datetime | None) -> str | None:
    return shown_instant(at) if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
