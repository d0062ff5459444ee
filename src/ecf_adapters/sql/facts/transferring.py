from datetime import datetime
from itertools import groupby
from typing import TypeAlias

from sqlalchemy import Connection, RowMapping, ScalarSelect, or_, select, true

from ecf_adapters.sql.facts.joins import (
    held,
    in_fixed_order,
    lock,
    nothing_but_a_row,
    of_school,
    related,
)
from ecf_adapters.sql.facts.migrating import placed_programme_from
from ecf_adapters.sql.facts.standing import (
    every_partnership,
    oldest_first,
    partnerships_among,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.induction_rows import oldest_first as records_oldest_first
from ecf_adapters.sql.induction_rows import person_from, record_from, training_record_from
from ecf_adapters.sql.participants_in_training import now
from ecf_adapters.sql.rows import cohort_from, school_from
from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_records,
    induction_tutors,
    participants,
    partnerships,
    provider_relationships,
    school_cohorts,
    schools,
    training_records,
)
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import SchoolId
from ecf_core.rules.proposed_transfer import (
    InTraining,
    ProposedTransfer,
    TransferRequest,
    in_training,
)

Place: TypeAlias = tuple[SchoolId, int] | None
"""The school cohort that a participant is in, if there is such a one."""


def proposed_transfer(
    connection: Connection, request: TransferRequest, *, at: datetime, locks: bool
) -> ProposedTransfer:
    """The participant in one statement, and the new school's standing in another.

    To lock both school cohorts takes to know where the participant is: who goes elsewhere while the
    locks are waited for is looked for there anew, in another transaction.
    """
    named = _named(connection, request, at)
    participant = named[0] if len(named) == 1 else None
    if locks:
        _lock(connection, request, participant)
        before, named = participant, _named(connection, request, at)
        participant = named[0] if len(named) == 1 else None
        if _place(before) != _place(participant):
            raise StaleWrite(f"participant {request.participant_id}")
    leaves = participant.at if participant else None
    current = leaves.partnership if leaves else None
    cohort = leaves.cohort if leaves else None
    everything = (
        nothing_but_a_row()
        .outerjoin(cohorts, cohorts.c.start_year == cohort)
        .outerjoin(schools, schools.c.urn == request.to_urn)
        .outerjoin(induction_tutors, induction_tutors.c.school_id == schools.c.id)
        .outerjoin(
            provider_relationships,
            related(
                current.lead_provider_id if current else None,
                current.delivery_partner_id if current else None,
                cohort,
            ),
        )
        .outerjoin(school_cohorts, of_school(schools.c.id, cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(every_partnership, partnerships_of(schools.c.id, cohort, every_partnership))
    )
    rows = (
        connection.execute(
            select(
                *cohorts.c,
                *schools.c,
                *induction_tutors.c,
                *provider_relationships.c,
                *school_cohorts.c,
                *induction_programmes.c,
                *every_partnership.c,
            )
            .select_from(everything)
            .order_by(*oldest_first(every_partnership))
        )
        .mappings()
        .all()
    )
    row = rows[0]
    return ProposedTransfer(
        request=request,
        participant=participant,
        trains_as_both=len(named) > 1,
        cohort=cohort_from(row),
        school=school_from(row),
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
        partnerships=partnerships_among(rows, every_partnership),
        provider_relationship=row[provider_relationships.c.cohort] is not None,
    )


def _named(connection: Connection, request: TransferRequest, at: datetime) -> list[InTraining]:
    """Every training of who is named, or the one whose own id it is."""
    c = training_records.c
    which = or_(c.participant_id.in_(now(request.participant_id)), c.id == request.participant_id)
    rows = connection.execute(
        select(
            *participants.c,
            *c,
            *induction_records.c,
            *induction_programmes.c,
            *partnerships.c,
            _school_named(request).label("to"),
        )
        .select_from(training_records)
        .join(participants, participants.c.id == c.participant_id)
        .join(induction_records, induction_records.c.training_record_id == c.id)
        .join(induction_programmes, induction_programmes.c.id == induction_records.c.programme_id)
        .outerjoin(partnerships, partnerships.c.id == induction_programmes.c.partnership_id)
        .where(
            which,
            c.merged_into.is_(None),
            true() if request.type is None else c.type == request.type,
        )
        .order_by(c.id, *records_oldest_first())
    ).mappings()
    return [_in_training(list(of_one), at) for _, of_one in groupby(rows, lambda row: row[c.id])]


def _in_training(rows: list[RowMapping], at: datetime) -> InTraining:
    row = rows[0]
    return in_training(
        person_from(row),
        training_record_from(row),
        [(record_from(each), placed_programme_from(each)) for each in rows],
        to=row["to"],
        at=at,
    )


def _school_named(request: TransferRequest) -> ScalarSelect[SchoolId]:
    return select(schools.c.id).where(schools.c.urn == request.to_urn).scalar_subquery()


def _place(participant: InTraining | None) -> Place:
    return (participant.at.school_id, participant.at.cohort) if participant else None


def _lock(connection: Connection, request: TransferRequest, participant: InTraining | None) -> None:
    """The school cohort that is left and the one that is joined, and what is joined with."""
    if participant is None:
        return
    at = participant.at
    current, cohort = at.partnership, at.cohort
    lead_provider = current.lead_provider_id if current else None
    partner = current.delivery_partner_id if current else None
    lock(
        connection,
        in_fixed_order(
            or_(of_school(at.school_id, cohort), of_school(_school_named(request), cohort))
        ),
        held(schools, schools.c.urn == request.to_urn),
        held(delivery_partners, delivery_partners.c.id == partner),
        select(provider_relationships.c.cohort)
        .where(related(lead_provider, partner, cohort))
        .with_for_update(read=True, of=provider_relationships),
    )
