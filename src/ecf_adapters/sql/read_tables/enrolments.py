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


def _latest_first(c: Any) -> tuple[ColumnElement[Any], ...]:
    """One that has no end comes first, then the one that starts last."""
    return c.end_date.is_not(None), c.start_date.desc(), c.created_at.desc(), c.id.desc()


def _latest_of(moment: Any, *whose: Any) -> ColumnElement[Any]:
    return func.max(moment).over(partition_by=whose)


_HELD: Final[Select[Any]] = (
    select(
        _partnership.lead_provider_id,
        _partnership.challenged_at,
        *(_person[name].label(f"person_{name}") for name in ("id", "full_name", "trn")),
        _person.created_at.label("person_created_at"),
        _person.updated_at.label("person_updated_at"),
        _latest_of(_training.updated_at, _person.id).label("training_updated_at"),
        _latest_of(_record.updated_at, _person.id).label("record_updated_at"),
        _latest_of(_partnership.updated_at, _person.id, _partnership.lead_provider_id).label(
            "partnership_updated_at"
        ),
        _latest_of(_partner.updated_at, _person.id, _partnership.lead_provider_id).label(
            "partner_updated_at"
        ),
        func.row_number()
        .over(
            partition_by=(
                _partnership.lead_provider_id,
                _training.id,
                _programme.cohort,
                _partnership.challenged_at.is_(None),
            ),
            order_by=_latest_first(_record),
        )
        .label("place"),
        func.coalesce(func.nullif(_record.email, ""), _person.email).label("email"),
        *(
            _training[name].label(f"training_{name}")
            for name in (
                "id",
                "type",
                "trn_validated",
                "eligible_for_funding",
                "pupil_premium_uplift",
                "sparsity_uplift",
                "induction_end_date",
                "mentor_funding_end_date",
                "cohort_changed_after_payments_frozen",
                "mentor_funding_end_reason",
                "created_at",
            )
        ),
        *(
            _record[name]
            for name in (
                "id",
                "mentor_id",
                "training_status",
                "induction_status",
                "start_date",
                "end_date",
                "schedule",
                "created_at",
            )
        ),
        schools.c.urn,
        _programme.cohort,
        case((_partner.discarded_at.is_(None), _partner.id)).label("delivery_partner_id"),
    )
    .select_from(participants)
    .join(training_records, _training.participant_id == _person.id)
    .join(induction_records, _record.training_record_id == _training.id)
    .join(induction_programmes, _programme.id == _record.programme_id)
    .join(schools, schools.c.id == _programme.school_id)
    .outerjoin(partnerships, _partnership.id == _programme.partnership_id)
    .outerjoin(delivery_partners, _partner.id == _partnership.delivery_partner_id)
)
"""Every induction record, with all that is shown of it, and when each part of that changed last."""


def shown_enrolments(*which: ColumnElement[bool]) -> Select[Any]:
    """The rows of the read table as they should be, of the people that conditions say."""
    held = _HELD.where(*which).subquery("held").c
    seen = (
        select(
            *held,
            func.row_number()
            .over(
                partition_by=(held.lead_provider_id, held.training_id),
                order_by=_latest_first(held),
            )
            .label("nth"),
        )
        .where(held.lead_provider_id.is_not(None), held.challenged_at.is_(None), held.place == 1)
        .subquery("seen")
    )
    c = seen.c
    return select(
        c.lead_provider_id,
        (c.nth - 1).label("overtaken"),
        shown_id(c.person_id).label("id"),
        c.person_full_name.label("full_name"),
        c.person_trn.label("trn"),
        shown_instant(c.person_created_at).label("created_at"),
        shown_instant(
            latest(
                c.person_updated_at,
                c.training_updated_at,
                c.record_updated_at,
                c.partnership_updated_at,
                c.partner_updated_at,
            )
        ).label("updated_at"),
        _id_changes(seen).label("id_changes"),
        shown_id(c.training_id).label("training_record_id"),
        c.email,
        shown_id(c.mentor_id).label("mentor_id"),
        c.urn,
        c.training_type.label("type"),
        c.cohort,
        c.training_status,
        c.induction_status,
        shown_instant(c.start_date).label("start_date"),
        shown_instant(c.end_date).label("end_date"),
        case((c.person_trn.is_not(None), c.training_trn_validated)).label("trn_validated"),
        c.training_eligible_for_funding.label("eligible_for_funding"),
        c.training_pupil_premium_uplift.label("pupil_premium_uplift"),
        c.training_sparsity_uplift.label("sparsity_uplift"),
        c.schedule,
        shown_id(c.delivery_partner_id).label("delivery_partner_id"),
        _stopped(c, training_states.c.reason).label("stopped_reason"),
        shown_instant(_stopped(c, training_states.c.at)).label("stopped_at"),
        shown_instant(c.training_created_at).label("enrolled_at"),
        shown_day(c.training_induction_end_date).label("induction_end_date"),
        shown_day(c.training_mentor_funding_end_date).label("mentor_funding_end_date"),
        c.training_cohort_changed_after_payments_frozen.label(
            "cohort_changed_after_payments_frozen"
        ),
        c.training_mentor_funding_end_reason.label("mentor_funding_end_reason"),
        shown_instant(c.created_at).label("record_created_at"),
    )


def _stopped(c: Any, said: ColumnElement[Any]) -> ColumnElement[Any]:
    """What the lead provider said last when it put the training off, or gave it up."""
    state = training_states.c
    last = (
        select(said)
        .where(
            state.training_record_id == c.training_id,
            state.lead_provider_id == c.lead_provider_id,
            state.state == c.training_status,
        )
        .order_by(state.at.desc(), state.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return case((c.training_status != TrainingStatus.ACTIVE.value, last))


def _id_changes(seen: Any) -> ColumnElement[Any]:
    """A line for each, newest first."""
    c = participant_id_changes.c
    at = shown_instant(c.changed_at)
    line = shown_id(c.from_id) + " " + shown_id(c.to_id) + " " + at
    lines = (
        select(line.label("line"))
        .where(c.participant_id == seen.c.person_id)
        .order_by(c.changed_at.desc(), c.from_id.desc())
        .correlate(seen)
        .subquery("lines")
    )
    return select(func.aggregate_strings(lines.c.line, "\n")).scalar_subquery()
