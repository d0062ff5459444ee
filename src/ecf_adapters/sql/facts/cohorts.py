"""What is there of a cohort: contracts, schedules and statements, a table at a time."""

from collections import defaultdict
from collections.abc import Iterable

from attrs import fields
from sqlalchemy import Column, ColumnElement, Connection, and_, select

from ecf_adapters.sql.providers import SqlProviders
from ecf_adapters.sql.rows import cohort_from
from ecf_adapters.sql.tables import (
    call_off_contracts,
    cohort_lead_providers,
    cohorts,
    contract_bands,
    mentor_call_off_contracts,
    milestones,
    schedules,
    statements,
)
from ecf_core.model.contract import Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.schedule import DeclarationType, Milestone, Schedule, ScheduleType
from ecf_core.model.statement import Statement
from ecf_core.rules.opening_a_cohort import CohortStanding

_BAND = tuple(field.name for field in fields(Band))
_MENTOR_CONTRACT = tuple(field.name for field in fields(MentorCallOffContract))
_STATEMENT = tuple(field.name for field in fields(Statement))
_IN_ORDER = {kind.value: number for number, kind in enumerate(DeclarationType)}


def cohort_standing(connection: Connection, start_year: int) -> CohortStanding:
    row = connection.execute(select(cohorts).where(cohorts.c.start_year == start_year)).mappings()
    found = row.one_or_none()
    admitted = select(cohort_lead_providers.c.lead_provider_id).where(
        cohort_lead_providers.c.cohort == start_year
    )
    return CohortStanding(
        lead_providers=SqlProviders(connection).lead_providers(),
        cohort=cohort_from(found) if found else None,
        admitted=frozenset(map(LeadProviderId, connection.scalars(admitted))),
        contracts=_contracts(connection, start_year),
        mentor_contracts=_mentor_contracts(connection, start_year),
        schedules=schedules_of(connection, [start_year]),
        statements=_statements(connection, start_year),
    )


def _contracts(connection: Connection, start_year: int) -> tuple[CallOffContract, ...]:
    bands: dict[tuple[object, str], list[Band]] = defaultdict(list)
    b = contract_bands.c
    for row in connection.execute(
        select(contract_bands).where(b.cohort == start_year).order_by(b.letter)
    ).mappings():
        band = Band(**{name: row[name] for name in _BAND})
        bands[row["lead_provider_id"], row["version"]].append(band)
    c = call_off_contracts.c
    return tuple(
        CallOffContract(
            lead_provider_id=row[c.lead_provider_id],
            cohort=row[c.cohort],
            version=row[c.version],
            uplift_target=row[c.uplift_target],
            uplift_amount=row[c.uplift_amount],
            recruitment_target=row[c.recruitment_target],
            set_up_fee=row[c.set_up_fee],
            monthly_service_fee=row[c.monthly_service_fee],
            bands=tuple(bands[row[c.lead_provider_id], row[c.version]]),
        )
        for row in connection.execute(
            select(call_off_contracts).where(c.cohort == start_year).order_by(c.lead_provider_id)
        ).mappings()
    )


def _mentor_contracts(connection: Connection, start_year: int) -> tuple[MentorCallOffContract, ...]:
    c = mentor_call_off_contracts.c
    wanted = select(*(c[name] for name in _MENTOR_CONTRACT)).where(c.cohort == start_year)
    rows = connection.execute(wanted.order_by(c.lead_provider_id)).mappings()
    return tuple(MentorCallOffContract(**row) for row in rows)


def schedules_of(
    connection: Connection, start_years: Iterable[int], *identifiers: str
) -> tuple[Schedule, ...]:
    """The schedules of some cohorts: all of them, or those of the identifiers."""
    m, s = milestones.c, schedules.c
    years = list(start_years)

    def wanted(cohort: Column[int], identifier: Column[str]) -> ColumnElement[bool]:
        return and_(cohort.in_(years), *([identifier.in_(identifiers)] if identifiers else []))

    of_schedule: dict[tuple[int, str], list[Milestone]] = defaultdict(list)
    rows = (
        connection.execute(select(milestones).where(wanted(m.cohort, m.identifier)))
        .mappings()
        .all()
    )
    for row in sorted(rows, key=lambda row: _IN_ORDER[row[m.declaration_type]]):
        milestone = Milestone(
            declaration_type=DeclarationType(row[m.declaration_type]),
            name=row[m.name],
            start_date=row[m.start_date],
            milestone_date=row[m.milestone_date],
            payment_date=row[m.payment_date],
        )
        of_schedule[row[m.cohort], row[m.identifier]].append(milestone)
    return tuple(
        Schedule(
            cohort=row[s.cohort],
            identifier=row[s.identifier],
            name=row[s.name],
            type=ScheduleType(row[s.type]),
            milestones=tuple(of_schedule[row[s.cohort], row[s.identifier]]),
        )
        for row in connection.execute(
            select(schedules).where(wanted(s.cohort, s.identifier)).order_by(s.identifier)
        ).mappings()
    )


def _statements(connection: Connection, start_year: int) -> tuple[Statement, ...]:
    c = statements.c
    wanted = select(*(c[name] for name in _STATEMENT)).where(c.cohort == start_year)
    rows = connection.execute(wanted.order_by(c.payment_date, c.lead_provider_id)).mappings()
    return tuple(Statement(**row) for row in rows)
