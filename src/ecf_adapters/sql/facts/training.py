"""What lead providers' actions on training are decided on."""

from attrs import evolve
from sqlalchemy import Connection, and_, or_, select

from ecf_adapters.sql.facts.cohorts import schedules_of
from ecf_adapters.sql.facts.joins import in_fixed_order, lock, nothing_but_a_row, of_school
from ecf_adapters.sql.facts.standing import (
    oldest_first,
    partnerships_of,
    programmes,
    programmes_among,
    school_cohort_among,
)
from ecf_adapters.sql.participants_in_training import of_id, participants_where
from ecf_adapters.sql.rows import delivery_partner_from, partnership_from
from ecf_adapters.sql.tables import (
    delivery_partners,
    induction_programmes,
    induction_records,
    participants,
    partnerships,
    school_cohorts,
    training_records,
)
from ecf_core.errors import StaleWrite
from ecf_core.model.ids import ParticipantId, PartnershipId, SchoolId
from ecf_core.model.participant_in_training import Participant
from ecf_core.rules.changing_a_schedule import Agreed, ProposedScheduleChange, ScheduleRequest
from ecf_core.rules.training_action import ProposedTrainingAction, TrainingActionRequest

Places = frozenset[tuple[SchoolId, int]]
"""School cohorts, each by its school and its cohort."""


def proposed_training_action(
    connection: Connection, request: TrainingActionRequest, *, locks: bool
) -> ProposedTrainingAction:
    participant = _participant(connection, request.participant_id, None, locks=locks)
    return ProposedTrainingAction(request=request, participant=participant)


def proposed_schedule_change(
    connection: Connection, request: ScheduleRequest, *, locks: bool
) -> ProposedScheduleChange:
    participant = _participant(connection, request.participant_id, request.cohort, locks=locks)
    asked = ProposedScheduleChange(request=request, participant=participant)
    if asked.record is None or asked.cohort is None:
        return asked
    named = schedules_of(connection, [asked.cohort], request.schedule or "")
    return _standing(connection, evolve(asked, schedule=next(iter(named), None)))


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


def _participant(
    connection: Connection, id_: ParticipantId | None, cohort: int | None, *, locks: bool
) -> Participant | None:
    """The participant as a whole.

    To lock the school cohorts takes to know where the participant has been: who goes elsewhere
    while the locks are waited for is looked for anew, in another transaction.
    """
    locked = _lock(connection, id_, cohort) if locks else None
    participant = next(iter(participants_where(connection, of_id(id_))), None)
    if locked is not None and locked != _places(participant):
        raise StaleWrite(f"participant {id_}")
    return participant


def _places(participant: Participant | None) -> Places:
    trainings = participant.trainings if participant else ()
    return frozenset((p.school_id, p.cohort) for t in trainings for p in t.history)


def _lock(connection: Connection, id_: ParticipantId | None, cohort: int | None) -> Places:
    """Locks where the participant has been, and the cohort that is asked for there; the former."""
    c = induction_programmes.c
    been = (
        select(c.school_id, c.cohort)
        .distinct()
        .join(induction_records, induction_records.c.programme_id == c.id)
        .join(training_records, training_records.c.id == induction_records.c.training_record_id)
        .join(participants, participants.c.id == training_records.c.participant_id)
        .where(of_id(id_))
    )
    places: Places = frozenset((school_id, year) for school_id, year in connection.execute(been))
    schools = {school_id for school_id, _ in places}
    if places:
        s = school_cohorts.c
        there = and_(s.school_id.in_(schools), s.cohort == cohort)
        lock(connection, in_fixed_order(or_(*(of_school(*p) for p in places), there)))
    return places
