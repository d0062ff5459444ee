"""Participants to act on, as frozen values."""

from datetime import timedelta
from uuid import UUID

from attrs import evolve

from ecf_core.model.ids import (
    InductionProgrammeId,
    InductionRecordId,
    ParticipantId,
    TrainingRecordId,
)
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import Enrolment, ParticipantType, Person, TrainingRecord
from ecf_core.ports.storage import Storage
from ecf_core.testing.contracts.partnerships import A_PROGRAMME, A_SCHOOL_COHORT
from ecf_core.testing.examples import COHORT_2024, GREENDALE_ID, NOW
from ecf_core.testing.participants import NORTH_AUTHORITY, furnish_for_participants

ANOTHER_PROGRAMME = evolve(
    A_PROGRAMME, id=InductionProgrammeId(UUID("40000000-0000-4000-8000-000000000002"))
)
A_THIRD_PROGRAMME = evolve(
    A_PROGRAMME, id=InductionProgrammeId(UUID("40000000-0000-4000-8000-000000000003"))
)
LONG_AGO = NOW - timedelta(days=9)


def enrolment(number: int) -> Enrolment:
    """An ECT of the first programme, a different person for each number."""
    person = Person(
        id=ParticipantId(UUID(int=(0x60 << 120) + number)),
        full_name=f"Teacher {number}",
        email=f"teacher.{number}@example.org",
        trn=f"{number:07}",
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )
    training_record = TrainingRecord(
        id=TrainingRecordId(UUID(int=(0x61 << 120) + number)),
        participant_id=person.id,
        type=ParticipantType.ECT,
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )
    record = InductionRecord(
        id=InductionRecordId(UUID(int=(0x62 << 120) + number)),
        training_record_id=training_record.id,
        programme_id=A_PROGRAMME.id,
        start_date=LONG_AGO,
        created_at=LONG_AGO,
        updated_at=LONG_AGO,
    )
    return Enrolment(person=person, training_record=training_record, record=record)


AN_ENROLMENT = enrolment(1)
A_MENTOR = evolve(
    enrolment(2),
    training_record=evolve(enrolment(2).training_record, type=ParticipantType.MENTOR),
)
A_WHOLE_RECORD = evolve(
    AN_ENROLMENT.record,
    school_transfer=True,
    mentor_id=A_MENTOR.person.id,
    appropriate_body_id=NORTH_AUTHORITY.id,
    updated_at=NOW,
)


def prepare(storage: Storage) -> None:
    """Besides the examples, a school cohort with three programmes; the first is its default."""
    furnish_for_participants(storage.begin)
    with storage.begin() as work:
        work.school_cohorts.add(A_SCHOOL_COHORT)
        for programme in (ANOTHER_PROGRAMME, A_THIRD_PROGRAMME):
            work.school_cohorts.add_programme(
                GREENDALE_ID, COHORT_2024.start_year, programme, at=NOW
            )
        work.commit()
