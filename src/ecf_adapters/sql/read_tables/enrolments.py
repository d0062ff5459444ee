"""Participants of lead providers: what the model says that lists show.

It is said by ``ecf_core.queries.provider_participants.shown_to``; the contract suite holds the two
equal.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select

from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.read_tables.rendering import shown_day, shown_id, shown_instant
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    induction_records,
    participant_id_changes,
    participants,
    partnerships,
    schools,
    training_records,
    training_states,
)
from ecf_core.model.induction_record import TrainingStatus

_person: Final = participants.c
_training: Final = training_records.c
_record: Final = induction_records.c
_programme: Final = induction_programmes.c
_partnership: Final = partnerships.c
_partner: Final = delivery_partners.c
_SIDE: Final = (_training.participant_id, _partnership.lead_provider_id)


def _latest_of(moment: Any, *whose: Any) -> ColumnElement[Any]:
    return func.max(moment).over(partition_by=whose)


_HELD: Final[Select[Any]] = (
    select(
        _training.participant_id,
        _training.id.label("training_record_id"),
        _record.id,
        _record.start_date,
        _record.end_date,
        _record.created_at,
        _programme.cohort,
        _partnership.lead_provider_id,
        _partnership.challenged_at,
        _latest_of(_training.updated_at, _training.participant_id).label("training_updated_at"),
        _latest_of(_record.updated_at, _training.participant_id).label("record_updated_at"),
        _latest_of(_partnership.updated_at, *_SIDE).label("partnership_updated_at"),
        _latest_of(_partner.updated_at, *_SIDE).label("partner_updated_at"),
    )
    .select_from(training_records)
    .join(induction_records, _record.training_record_id == _training.id)
    .join(induction_programmes, _programme.id == _record.programme_id)
    .outerjoin(partnerships, _partnership.id == _programme.partnership_id)
    .outerjoin(delivery_partners, _partner.id == _partnership.delivery_partner_id)
)
"""Every induction record, with when anything changed last of what is seen with it.

Nothing else is carried along until the latest are found: it would be sorted several times.
"""


def shown_enrolments(*which: ColumnElement[bool]) -> Select[Any]:
    """The rows of the read table as they should be, of training records that conditions say.

    They must say all those of a person, or none.
    """
    held = _HELD.where(*which).subquery("held")
    placed = (
        select(*held.c, _nth(held.c, held.c.cohort).label("place"))
        .where(held.c.lead_provider_id.is_not(None), held.c.challenged_at.is_(None))
        .subquery("placed")
    )
    seen = (
        select(*placed.c, _nth(placed.c).label("nth")).where(placed.c.place == 1).subquery("seen").c
    )
    return (
        select(
            seen.lead_provider_id,
            (seen.nth - 1).label("overtaken"),
            shown_id(_person.id).label("id"),
            _person.full_name,
            _person.trn,
            shown_instant(_person.created_at).label("created_at"),
            shown_instant(
                latest(
                    _person.updated_at,
                    seen.training_updated_at,
                    seen.record_updated_at,
                    seen.partnership_updated_at,
                    seen.partner_updated_at,
                )
            ).label("updated_at"),
            _id_changes().label("id_changes"),
            shown_id(_training.id).label("training_record_id"),
            func.coalesce(func.nullif(_record.email, ""), _person.email).label("email"),
            shown_id(_record.mentor_id).label("mentor_id"),
            schools.c.urn,
            _training.type,
            _programme.cohort,
            _record.training_status,
            _record.induction_status,
            shown_instant(_record.start_date).label("start_date"),
            shown_instant(_record.end_date).label("end_date"),
            case((_person.trn.is_not(None), _training.trn_validated)).label("trn_validated"),
            _training.eligible_for_funding,
            _training.pupil_premium_uplift,
            _training.sparsity_uplift,
            _record.schedule,
            case((_partner.discarded_at.is_(None), shown_id(_partner.id))).label(
                "delivery_partner_id"
            ),
            _stopped(training_states.c.reason).label("stopped_reason"),
            shown_instant(_stopped(training_states.c.at)).label("stopped_at"),
            shown_instant(_training.created_at).label("enrolled_at"),
            shown_day(_training.induction_end_date).label("induction_end_date"),
            shown_day(_training.mentor_funding_end_date).label("mentor_funding_end_date"),
            _training.cohort_changed_after_payments_frozen,
            _training.mentor_funding_end_reason,
            shown_instant(_record.created_at).label("record_created_at"),
        )
        .select_from(seen.id.table)
        .join(induction_records, _record.id == seen.id)
        .join(training_records, _training.id == _record.training_record_id)
        .join(participants, _person.id == _training.participant_id)
        .join(induction_programmes, _programme.id == _record.programme_id)
        .join(schools, schools.c.id == _programme.school_id)
        .join(partnerships, _partnership.id == _programme.partnership_id)
        .join(delivery_partners, _partner.id == _partnership.delivery_partner_id)
    )


def _nth(c: Any, *among: ColumnElement[Any]) -> ColumnElement[int]:
    """The place of a record among those of its training, the latest first."""
    return func.row_number().over(
        partition_by=(c.lead_provider_id, c.training_record_id, *among),
        # One that has no end comes first, then the one that starts last.
        order_by=(c.end_date.is_not(None), c.start_date.desc(), c.created_at.desc(), c.id.desc()),
    )


def _stopped(said: ColumnElement[Any]) -> ColumnElement[Any]:
    """What the lead provider said last when it put the training off, or gave it up."""
    state = training_states.c
    last = (
        select(said)
        .where(
            state.training_record_id == _training.id,
            state.lead_provider_id == _partnership.lead_provider_id,
            state.state == _record.training_status,
        )
        .order_by(state.at.desc(), state.id.desc())
        .limit(1)
        .correlate(training_records, partnerships, induction_records)
        .scalar_subquery()
    )
    return case((_record.training_status != TrainingStatus.ACTIVE.value, last))


def _id_changes() -> ColumnElement[Any]:
    """A line for each, newest first."""
    c = participant_id_changes.c
    at = shown_instant(c.changed_at)
    line = shown_id(c.from_id) + " " + shown_id(c.to_id) + " " + at
    lines = (
        select(line.label("line"))
        .where(c.participant_id == _person.id)
        .order_by(c.changed_at.desc(), c.from_id.desc())
        .correlate(participants)
        .subquery("lines")
    )
    return select(func.aggregate_strings(lines.c.line, "\n")).scalar_subquery()
