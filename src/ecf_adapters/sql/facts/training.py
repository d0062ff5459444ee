"""What lead providers' actions on training are decided on."""

from attrs import evolve
from sqlalchemy import Connection, select

from ecf_adapters.sql.facts.cohorts import schedules_of
from ecf_adapters.sql.facts.joins import nothing_but_a_row, of_school
from ecf_adapters.sql.facts.participants import participants_of
from ecf_adapters.sql.facts.standing import (
    oldest_first,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.participants_in_training import of_id
from ecf_adapters.sql.rows import delivery_partner_from, partnership_from
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    partnerships,
    school_cohorts,
)
from ecf_core.model.ids import PartnershipId
from ecf_core.rules.changing_a_schedule import Agreed, ProposedScheduleChange, ScheduleRequest
from ecf_core.rules.training_action import ProposedTrainingAction, TrainingActionRequest


def proposed_training_action(
    connection: Connection, request: TrainingActionRequest, *, locks: bool
) -> ProposedTrainingAction:
    (participant,) = participants_of(connection, of_id(request.participant_id), locks=locks)
    return ProposedTrainingAction(request=request, participant=participant)


def proposed_schedule_change(
    connection: Connection, request: ScheduleRequest, *, locks: bool
) -> ProposedScheduleChange:
    named = of_id(request.participant_id)
    (participant,) = participants_of(connection, named, to_cohort=request.cohort, locks=locks)
    asked = ProposedScheduleChange(request=request, participant=participant)
    if asked.record is None or asked.cohort is None:
        return asked
    schedules = schedules_of(connection, [asked.cohort], request.schedule or "")
    return _standing(connection, evolve(asked, schedule=next(iter(schedules), None)))


def _standing(connection: Connection, asked: ProposedScheduleChange) -> ProposedScheduleChange:
    """How the record's school stands in the cohort that is asked for."""
    school_id = asked.record.school_id if asked.record else None
    everything = (
        nothing_but_a_row()
        .outerjoin(school_cohorts, of_school(school_id, asked.cohort))
        .outerjoin(induction_programmes, programmes())
        .outerjoin(partnerships, partnerships_of(school_id, asked.cohort))
        .outerjoin(delivery_partners, delivery_partners.c.id == partnerships.c.delivery_partner_id)
    )
    rows = (
        connection.execute(
            select(
                *school_cohorts.c,
                *induction_programmes.c,
                *partnerships.c,
                *delivery_partners.c,
            )
            .select_from(everything)
            .order_by(*oldest_first())
        )
        .mappings()
        .all()
    )
    agreed: dict[PartnershipId, Agreed] = {}
    for row in rows:
        partnership, partner = partnership_from(row), delivery_partner_from(row)
        if partnership is not None and partner is not None:
            agreed[partnership.id] = Agreed(partnership, partner)
    return evolve(
        asked,
        partnerships=tuple(agreed.values()),
        school_cohort=school_cohort_among(rows),
        programmes=programmes_among(rows),
    )
