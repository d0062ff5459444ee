from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from attrs import frozen
from sqlalchemy import ColumnElement, Engine, RowMapping, Select, and_, or_, select

from ecf_adapters.sql.induction_rows import latest_record_of, oldest_first
from ecf_adapters.sql.participants_in_training import now
from ecf_adapters.sql.tables import (
    appropriate_bodies,
    delivery_partners,
    induction_programmes,
    induction_records,
    lead_providers,
    participants,
    partnerships,
    schools,
    training_records,
)
from ecf_core.queries.participants import InductionRecordRow, ParticipantRow, ParticipantsFilter

_training: Final = training_records.c
_record: Final = induction_records.c
_programme: Final = induction_programmes.c

# The providers of a partnership that is challenged are not told.
_unchallenged: Final = partnerships.c.challenged_at.is_(None)

_OF_A_RECORD: Final = (
    "id",
    "programme_id",
    "training_programme",
    "partnership_id",
    "lead_provider",
    "delivery_partner",
    "urn",
    "cohort",
    "schedule",
    "appropriate_body",
    "start_date",
    "end_date",
    "induction_status",
    "training_status",
    "school_transfer",
    "mentor_id",
)


@frozen
class SqlParticipantQueries:
    _engine: Engine

    def all(self, wanted: ParticipantsFilter) -> tuple[ParticipantRow, ...]:
        with self._engine.connect() as connection:
            rows = connection.execute(_shown(*_wanted(wanted))).mappings()
            return tuple(
                _participant(list(of_one))
                for _, of_one in groupby(rows, lambda row: row["training_record_id"])
            )


def _participant(rows: list[RowMapping]) -> ParticipantRow:
    row = rows[0]
    return ParticipantRow(
        id=row["participant_id"],
        training_record_id=row["training_record_id"],
        type=row["type"],
        full_name=row["full_name"],
        email=row["email"],
        trn=row["trn"],
        created_at=row["created_at"],
        induction_records=tuple(
            InductionRecordRow(**{name: row[name] for name in _OF_A_RECORD}) for row in rows
        ),
    )


def _wanted(wanted: ParticipantsFilter) -> Iterable[ColumnElement[bool]]:
    """By the latest record, and those yet to end; and by any record, for a lead provider."""
    if wanted.id is not None:
        yield or_(_training.id == wanted.id, _training.participant_id.in_(now(wanted.id)))
    at_last = []
    if wanted.urn is not None:
        of_school = select(schools.c.id).where(schools.c.urn == wanted.urn).scalar_subquery()
        at_last.append(_programme.school_id == of_school)
    if wanted.cohort is not None:
        at_last.append(_programme.cohort == wanted.cohort)
    if wanted.programme_id is not None:
        at_last.append(_programme.id == wanted.programme_id)
    in_programme = select(_record.training_record_id).join(
        induction_programmes, _programme.id == _record.programme_id
    )
    if at_last:
        there = _record.id == latest_record_of(_record.training_record_id)
        if wanted.at is not None:
            there = or_(_record.end_date.is_(None), _record.end_date > wanted.at, there)
        yield _training.id.in_(in_programme.where(*at_last, there))
    if wanted.lead_provider_id is not None:
        seen = in_programme.join(partnerships, partnerships.c.id == _programme.partnership_id)
        own = partnerships.c.lead_provider_id == wanted.lead_provider_id
        yield _training.id.in_(seen.where(own, _unchallenged))


def _shown(*which: ColumnElement[bool]) -> Select[Any]:
    """A row for each induction record, with what is shown of the participant in every one.

    Those who are wanted come first: PostgreSQL keeps to the order of so many joins.
    """
    goes_on = _training.merged_into.is_(None)
    wanted = select(training_records).where(*which, goes_on).subquery("wanted").c
    return (
        select(
            wanted.id.label("training_record_id"),
            wanted.type,
            wanted.created_at,
            participants.c.id.label("participant_id"),
            participants.c.full_name,
            participants.c.email,
            participants.c.trn,
            _record.id,
            _record.programme_id,
            _programme.training_programme,
            _programme.partnership_id,
            lead_providers.c.name.label("lead_provider"),
            delivery_partners.c.name.label("delivery_partner"),
            schools.c.urn,
            _programme.cohort,
            _record.schedule,
            appropriate_bodies.c.name.label("appropriate_body"),
            _record.start_date,
            _record.end_date,
            _record.induction_status,
            _record.training_status,
            _record.school_transfer,
            _record.mentor_id,
        )
        .select_from(wanted.id.table)
        .join(participants, participants.c.id == wanted.participant_id)
        .join(induction_records, _record.training_record_id == wanted.id)
        .join(induction_programmes, _programme.id == _record.programme_id)
        .join(schools, schools.c.id == _programme.school_id)
        .outerjoin(
            partnerships, and_(partnerships.c.id == _programme.partnership_id, _unchallenged)
        )
        .outerjoin(lead_providers, lead_providers.c.id == partnerships.c.lead_provider_id)
        .outerjoin(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
        .outerjoin(appropriate_bodies, appropriate_bodies.c.id == _record.appropriate_body_id)
        .order_by(wanted.created_at, wanted.id, *oldest_first())
    )
