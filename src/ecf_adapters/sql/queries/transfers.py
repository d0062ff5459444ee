"""Transfers: whose they are is found by the few records that leave a school, or came from one."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from attrs import frozen
from sqlalchemy import Engine, Row, Select, and_, bindparam, func, select

from ecf_adapters.sql.facts.joins import of_school
from ecf_adapters.sql.latest import latest
from ecf_adapters.sql.ordering import in_order, within
from ecf_adapters.sql.tables import (
    has_moved,
    induction_programmes,
    induction_records,
    is_leaving,
    lead_providers,
    participants,
    partnerships,
    school_cohorts,
    schools,
    training_records,
)
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.queries.order import OLDEST_FIRST
from ecf_core.queries.transfers import (
    ParticipantTransfersRow,
    TransferRecord,
    TransferRow,
    transfers,
)
from ecf_core.queries.window import Page, Window

_record, _training, _person = induction_records.c, training_records.c, participants.c
_programme, _partnership, _standing = induction_programmes.c, partnerships.c, school_cohorts.c
_asks: Final = bindparam("lead_provider_id", type_=_partnership.lead_provider_id.type)
_is_own: Final = and_(_partnership.lead_provider_id == _asks, _partnership.challenged_at.is_(None))

_of_training: Final = induction_records.alias("of_training")
_own: Final = (
    select(_of_training.c.id)
    .join(induction_programmes, _programme.id == _of_training.c.programme_id)
    .join(partnerships, _partnership.id == _programme.partnership_id)
    .where(_of_training.c.training_record_id == _training.id, has_moved(_of_training), _is_own)
    .correlate(training_records)
)
_SEEN: Final = (
    select(_training.participant_id)
    .join(induction_records, _record.training_record_id == _training.id)
    .where(is_leaving(induction_records), _own.exists())
)
_updated_at: Final = latest(
    _person.updated_at,
    func.max(_record.updated_at),
    func.max(_standing.updated_at),
    func.coalesce(func.max(_partnership.updated_at), _person.updated_at),
)


@frozen
class SqlTransferQueries:
    _engine: Engine

    def of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        updated_since: datetime | None,
        window: Window,
        *,
        at: datetime,
    ) -> Page[ParticipantTransfersRow]:
        wanted = within(in_order(_people(_SEEN, updated_since), OLDEST_FIRST), window)
        return Page.of(self._rows(wanted, lead_provider_id, at), window)

    def one_of_lead_provider(
        self,
        lead_provider_id: LeadProviderId,
        participant_id: ParticipantId,
        updated_since: datetime | None,
        *,
        at: datetime,
    ) -> ParticipantTransfersRow | None:
        seen = _SEEN.where(_training.participant_id == participant_id)
        wanted = _people(seen, updated_since)
        rows = self._rows(wanted, lead_provider_id, at)
        return rows[0] if rows else None

    def _rows(
        self, wanted: Select[Any], lead_provider_id: LeadProviderId, at: datetime
    ) -> list[ParticipantTransfersRow]:
        """The people, and their records that tell of transfers, in one statement."""
        with self._engine.connect() as connection:
            found = connection.execute(_told(wanted), {_asks.key: lead_provider_id})
            return [
                ParticipantTransfersRow(
                    id_, created_at, updated_at, tuple(_transfers(records, at=at))
                )
                for (id_, created_at, updated_at), records in groupby(
                    found, key=itemgetter(0, 1, 2)
                )
            ]


def _people(seen: Select[Any], updated_since: datetime | None) -> Select[Any]:
    """Those who are seen come first: they are few, and only of them is the rest looked up."""
    whose = seen.distinct().cte("seen")
    people = (
        select(_person.id, _person.created_at, _updated_at.label("updated_at"))
        .select_from(whose)
        .join(participants, _person.id == whose.c.participant_id)
        .join(training_records, _training.participant_id == _person.id)
        .join(induction_records, _record.training_record_id == _training.id)
        .join(induction_programmes, _programme.id == _record.programme_id)
        .join(school_cohorts, of_school(_programme.school_id, _programme.cohort))
        .outerjoin(partnerships, _partnership.id == _programme.partnership_id)
        .group_by(_person.id)
    )
    return people if updated_since is None else people.having(_updated_at >= updated_since)


def _told(wanted: Select[Any]) -> Select[Any]:
    page = wanted.subquery("page")
    return (
        select(
            *page.c,
            _training.id,
            _record.id,
            schools.c.urn,
            lead_providers.c.name,
            func.coalesce(_is_own, False),
            is_leaving(induction_records),
            _record.start_date,
            _record.end_date,
            _record.created_at,
        )
        .select_from(page)
        .join(training_records, _training.participant_id == page.c.id)
        .join(induction_records, _record.training_record_id == _training.id)
        .join(induction_programmes, _programme.id == _record.programme_id)
        .join(schools, schools.c.id == _programme.school_id)
        .outerjoin(partnerships, _partnership.id == _programme.partnership_id)
        .outerjoin(lead_providers, lead_providers.c.id == _partnership.lead_provider_id)
        .where(has_moved(induction_records))
        .order_by(page.c.created_at, page.c.id, _training.created_at, _training.id)
    )


def _transfers(rows: Iterable[Row[tuple[Any, ...]]], *, at: datetime) -> Iterator[TransferRow]:
    for training_record_id, of_training in groupby(rows, key=itemgetter(3)):
        yield from transfers(training_record_id, map(_transfer_record, of_training), at=at)


def _transfer_record(row: Row[tuple[Any, ...]]) -> TransferRecord:
    told: tuple[Any, ...] = tuple(row)[4:]
    id_, urn, lead_provider, own, leaving, start_date, end_date, created_at = told
    return TransferRecord(
        id=id_,
        urn=urn,
        lead_provider=lead_provider,
        own=bool(own),
        leaving=bool(leaving),
        start_date=start_date,
        end_date=end_date,
        created_at=created_at,
    )
