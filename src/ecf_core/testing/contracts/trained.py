"""Participants of two lead providers, in several cohorts, as frozen values."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from attrs import evolve, frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import (
    InductionProgrammeId,
    InductionRecordId,
    ParticipantId,
    PartnershipId,
    SchoolId,
    TrainingRecordId,
    TrainingStateId,
)
from ecf_core.model.induction_record import InductionRecord, TrainingStatus
from ecf_core.model.participant import Enrolment, ParticipantType, Person, TrainingRecord
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.model.training_state import DeferralReason, TrainingState, WithdrawalReason
from ecf_core.ports.unit_of_work import Begin
from ecf_core.testing.examples import (
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
)

A_DAY: Final = timedelta(days=1)
BEFORE: Final = NOW - 30 * A_DAY
"""When everything of these was made, unless it is said otherwise."""


@frozen
class Place:
    """A school's programme in a cohort, under a partnership if there is one."""

    school_id: SchoolId
    cohort: int
    programme: InductionProgramme
    partnership: Partnership | None


def _place(
    number: int,
    school_id: SchoolId,
    cohort: int,
    lead_provider: LeadProvider | None = None,
    delivery_partner: DeliveryPartner | None = None,
) -> Place:
    partnership = None
    if lead_provider is not None and delivery_partner is not None:
        partnership = Partnership(
            id=PartnershipId(UUID(int=(0x31 << 120) + number)),
            school_id=school_id,
            cohort=cohort,
            lead_provider_id=lead_provider.id,
            delivery_partner_id=delivery_partner.id,
            created_at=BEFORE,
            updated_at=BEFORE,
        )
    programme = InductionProgramme(
        id=InductionProgrammeId(UUID(int=(0x41 << 120) + number)),
        training_programme=TrainingProgramme.PROVIDER_LED,
        partnership_id=partnership.id if partnership else None,
    )
    return Place(school_id, cohort, programme, partnership)


PURPLE_2024: Final = _place(1, GREENDALE_ID, 2024, PURPLE_LEARNING, NORTH_HUB)
PURPLE_2023: Final = _place(2, GREENDALE_ID, 2023, PURPLE_LEARNING, SOUTH_HUB)
PURPLE_2020: Final = _place(3, GREENDALE_ID, 2020, PURPLE_LEARNING, NORTH_HUB)
ORANGE_2024: Final = _place(4, RIVERSIDE_ID, 2024, ORANGE_INSTITUTE, EAST_HUB)
UNPARTNERED: Final = _place(5, RIVERSIDE_ID, 2023)
PLACES: Final = (PURPLE_2024, PURPLE_2023, PURPLE_2020, ORANGE_2024, UNPARTNERED)


def make_places(begin: Begin) -> None:
    """Stores the places besides the examples; a school may have chosen already."""
    with begin() as work:
        work.cohorts.put(Cohort(start_year=2020), at=BEFORE)
        for place in PLACES:
            if place.partnership is not None:
                work.partnerships.add(place.partnership)
            standing = work.school_cohorts.find(place.school_id, place.cohort)
            if standing is not None:
                work.school_cohorts.save(evolve(standing, default_programme=place.programme))
                continue
            work.school_cohorts.add(
                SchoolCohort(
                    school_id=place.school_id,
                    cohort=place.cohort,
                    choice=ProgrammeChoice.PROVIDER_LED,
                    default_programme=place.programme,
                    created_at=BEFORE,
                    updated_at=BEFORE,
                )
            )
        work.commit()


def a_person(number: int, *, at: datetime = BEFORE) -> Person:
    return Person(
        id=ParticipantId(UUID(int=(0x63 << 120) + number)),
        full_name=f"Teacher {number}",
        email=f"teacher.{number}@example.org",
        trn=f"{number:07}",
        created_at=at,
        updated_at=at,
    )


def a_training(
    number: int,
    place: Place = PURPLE_2024,
    *,
    person: Person | None = None,
    type_: ParticipantType = ParticipantType.ECT,
    at: datetime = BEFORE,
) -> Enrolment:
    """A training in a place; without a person, of one of its own number."""
    person = person or a_person(number, at=at)
    training_record = TrainingRecord(
        id=TrainingRecordId(UUID(int=(0x64 << 120) + number)),
        participant_id=person.id,
        type=type_,
        created_at=at,
        updated_at=at,
    )
    return Enrolment(
        person=person,
        training_record=training_record,
        record=a_record(number, training_record, place, at=at),
    )


def a_record(
    number: int, training_record: TrainingRecord, place: Place, *, at: datetime = BEFORE
) -> InductionRecord:
    return InductionRecord(
        id=InductionRecordId(UUID(int=(0x65 << 120) + number)),
        training_record_id=training_record.id,
        programme_id=place.programme.id,
        start_date=at,
        created_at=at,
        updated_at=at,
    )


def a_mentor_too(ect: Enrolment, number: int, place: Place = PURPLE_2024) -> Enrolment:
    """The same person, trained as a mentor a day later."""
    return a_training(
        number,
        place,
        person=ect.person,
        type_=ParticipantType.MENTOR,
        at=ect.training_record.created_at + A_DAY,
    )


def gone_to(training: Enrolment, number: int, place: Place) -> tuple[InductionRecord, ...]:
    """The record that ends now, and the one that begins elsewhere."""
    left = training.record.left(on=NOW, at=NOW)
    return left, evolve(
        a_record(number, training.training_record, place, at=NOW), school_transfer=True
    )


def said(
    number: int,
    training: Enrolment,
    state: TrainingStatus,
    by: LeadProvider = PURPLE_LEARNING,
    *,
    at: datetime = NOW,
) -> TrainingState:
    """What a lead provider says of a training, with one of its reasons."""
    reasons: dict[TrainingStatus, DeferralReason | WithdrawalReason] = {
        TrainingStatus.DEFERRED: DeferralReason.CAREER_BREAK,
        TrainingStatus.WITHDRAWN: WithdrawalReason.MOVED_SCHOOL,
    }
    return TrainingState(
        id=TrainingStateId(UUID(int=(0x66 << 120) + number)),
        training_record_id=training.training_record.id,
        lead_provider_id=by.id,
        state=state,
        reason=reasons.get(state),
        at=at,
    )
