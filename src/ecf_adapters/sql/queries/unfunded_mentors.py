"""Unfunded mentors: of all whom a lead provider's records name, those that it does not train."""

from datetime import datetime
from typing import Any, Final

from attrs import frozen
from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    tuple_,
)

from ecf_adapters.sql.induction_rows import latest_record_of
from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.queries.lists import in_order, within
from ecf_adapters.sql.tables import (
    induction_programmes,
    induction_records,
    participants,
    partnerships,
    school_cohorts,
    training_records,
)
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import ParticipantType
from ecf_core.queries.order import Order
from ecf_core.queries.unfunded_mentors import UnfundedMentorRow
from ecf_core.queries.window import Page, Window

_record, _training, _person = induction_records.c, training_records.c, participants.c
_programme, _partnership, _standing = induction_programmes.c, partnerships.c, school_cohorts.c
_asks: Final = bindparam("lead_provider_id", type_=_partnership.lead_provider_id.type)
_is_asking: Final = _partnership.lead_provider_id == _asks
_is_unchallenged: Final = _partnership.challenged_at.is_(None)


def _age(record: Any) -> ColumnElement[Any]:
    """The greatest is the latest record, for whoever looks from outside."""
    return tuple_(record.end_date.is_(None), record.start_date, record.created_at, record.id)


def _own(of_what: Any) -> Select[Any]:
    """The training records of whose records, which ``of_what`` are, the lead provider sees one."""
    programmes, theirs = induction_programmes.alias(), partnerships.alias()
    return (
        select(of_what.c.training_record_id)
        .select_from(
            of_what.join(programmes, programmes.c.id == of_what.c.programme_id).join(
                theirs, theirs.c.id == programmes.c.partnership_id
            )
        )
        .where(theirs.c.lead_provider_id == _asks, theirs.c.challenged_at.is_(None))
    )


_later: Final = induction_records.alias("later")
_is_latest: Final = ~(
    _own(_later)
    .where(
        _later.c.training_record_id == _record.training_record_id, _age(_later.c) > _age(_record)
    )
    .correlate(induction_records)
    .exists()
)
_is_of_an_ect: Final = _training.type == ParticipantType.ECT.value

_trained: Final = training_records.alias("trained")
_trained_by_it: Final = select(_trained.c.participant_id).where(
    _trained.c.type == ParticipantType.MENTOR.value,
    _trained.c.id.in_(_own(induction_records.alias())),
)

_as_mentor: Final = training_records.alias("as_mentor")
_latest_as_mentor: Final = induction_records.alias("latest_as_mentor")
_own_email: Final = (
    select(_latest_as_mentor.c.email)
    .where(
        _latest_as_mentor.c.id == latest_record_of(_as_mentor.c.id),
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
_LISTED: Final[Select[Any]] = (
    select(
        _person.id,
        _person.full_name,
        func.coalesce(_own_email, _person.email).label("email"),
        _person.trn,
        _person.created_at,
        _updated_at.label("updated_at"),
    )
    .select_from(induction_records)
    .join(training_records, _training.id == _record.training_record_id)
    .join(induction_programmes, _programme.id == _record.programme_id)
    .join(partnerships, _partnership.id == _programme.partnership_id)
    .join(
        school_cohorts,
        and_(_standing.school_id == _programme.school_id, _standing.cohort == _programme.cohort),
    )
    .join(participants, _person.id == _record.mentor_id)
    .where(_is_asking, _person.id.not_in(_trained_by_it))
    .group_by(_person.id)
    .having(func.count(case((and_(_is_of_an_ect, _is_unchallenged, _is_latest), 1))) > 0)
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
        listed = within(in_order(_since(_LISTED, updated_since), order), window)
        return Page.of(self._rows(listed, lead_provider_id), window)

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        mentor_id: ParticipantId,
        updated_since: datetime | None,
    ) -> UnfundedMentorRow | None:
        listed = _since(_LISTED.where(_person.id == mentor_id), updated_since)
        rows = self._rows(listed, lead_provider_id)
        return rows[0] if rows else None

    def _rows(
        self, listed: Select[Any], lead_provider_id: LeadProviderId
    ) -> tuple[UnfundedMentorRow, ...]:
        with self._engine.connect() as connection:
            found = connection.execute(listed, {_asks.key: lead_provider_id})
            return tuple(UnfundedMentorRow(*row) for row in found)


def _since(listed: Select[Any], updated_since: datetime | None) -> Select[Any]:
    return listed if updated_since is None else listed.having(_updated_at >= updated_since)
