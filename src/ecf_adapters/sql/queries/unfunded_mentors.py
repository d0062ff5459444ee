"""Unfunded mentors: of all whom a lead provider's latest records name, those it does not train.

Who they are is told by the flat table of participants; when they changed, by the partnerships.
"""

from datetime import datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Engine, Select, bindparam, func, select

from ecf_adapters.sql.facts.joins import of_school
from ecf_adapters.sql.induction_rows import latest_record_of
from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.ordering import in_order, within
from ecf_adapters.sql.read_tables.rendering import id_shown
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    is_mentored,
    participants,
    partnerships,
    read_enrolments,
    school_cohorts,
    training_records,
)
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import ParticipantType
from ecf_core.queries.order import Order
from ecf_core.queries.unfunded_mentors import UnfundedMentorRow
from ecf_core.queries.window import Page, Window

_record, _person, _enrolment = induction_records.c, participants.c, read_enrolments.c
_programme, _partnership, _standing = induction_programmes.c, partnerships.c, school_cohorts.c
_asks: Final = bindparam("lead_provider_id", type_=_partnership.lead_provider_id.type)

_trained: Final = read_enrolments.alias("trained")
_NAMED: Final = (
    select(id_shown(_enrolment.mentor_id).label("id"))
    .where(
        _enrolment.lead_provider_id == _asks,
        is_mentored,
        ~select(_trained.c.id)
        .where(
            _trained.c.id == _enrolment.mentor_id,
            _trained.c.lead_provider_id == _asks,
            _trained.c.type == ParticipantType.MENTOR.value,
        )
        .exists(),
    )
    .distinct()
)

_as_mentor: Final = training_records.alias("as_mentor")
_latest_as_mentor: Final = induction_records.alias("latest_as_mentor")
_own_email: Final = (
    select(_latest_as_mentor.c.email)
    .select_from(
        _as_mentor.join(
            _latest_as_mentor, _latest_as_mentor.c.id == latest_record_of(_as_mentor.c.id)
        )
    )
    .where(
        _as_mentor.c.participant_id == _person.id,
        _as_mentor.c.type == ParticipantType.MENTOR.value,
        _as_mentor.c.merged_into.is_(None),
    )
    .correlate(participants)
    .scalar_subquery()
)

_updated_at: Final = latest(
    _person.updated_at, func.max(_partnership.updated_at), func.max(_standing.updated_at)
)


@frozen
class SqlUnfundedMentorQueries:
    _engine: Engine

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        order: Order,
        window: Window,
    ) -> Page[UnfundedMentorRow]:
        listed = within(in_order(_listed(_NAMED, updated_since), order), window)
        return Page.of(self._rows(listed, lead_provider_id), window)

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        mentor_id: ParticipantId,
        updated_since: datetime | None,
    ) -> UnfundedMentorRow | None:
        named = _NAMED.where(_enrolment.mentor_id == str(mentor_id))
        listed = _listed(named, updated_since)
        rows = self._rows(listed, lead_provider_id)
        return rows[0] if rows else None

    def _rows(
        self, listed: Select[Any], lead_provider_id: LeadProviderId
    ) -> tuple[UnfundedMentorRow, ...]:
        with self._engine.connect() as connection:
            found = connection.execute(listed, {_asks.key: lead_provider_id})
            return tuple(UnfundedMentorRow(*row) for row in found)


def _listed(named: Select[Any], updated_since: datetime | None) -> Select[Any]:
    """Those who are named come first: they are few, and only of them is the rest looked up."""
    mentors = named.cte("mentors")
    listed = (
        select(
            _person.id,
            _person.full_name,
            func.coalesce(_own_email, _person.email).label("email"),
            _person.trn,
            _person.created_at,
            _updated_at.label("updated_at"),
        )
        .select_from(mentors)
        .join(participants, _person.id == mentors.c.id)
        .join(induction_records, _record.mentor_id == _person.id)
        .join(induction_programmes, _programme.id == _record.programme_id)
        .join(partnerships, _partnership.id == _programme.partnership_id)
        .join(school_cohorts, of_school(_programme.school_id, _programme.cohort))
        .where(_partnership.lead_provider_id == _asks)
        .group_by(_person.id)
    )
    return listed if updated_since is None else listed.having(_updated_at >= updated_since)
