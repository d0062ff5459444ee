from datetime import datetime

from attrs import evolve, frozen

from ecf_core.errors import Refused
from ecf_core.events import ParticipantEnrolled
from ecf_core.model.actor import Actor
from ecf_core.model.ids import InductionRecordId, ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import (
    Enrolment,
    ParticipantType,
    Person,
    TrainingRecord,
    email_key,
)
from ecf_core.model.providers import squished
from ecf_core.model.schedule import Schedule
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, ProposedEnrolment
from ecf_core.rules.rule import violations
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class EnrolParticipant:
    """A school on-boards a participant into one of its programmes for a cohort.

    Training is active, under one induction record that is linked to the programme, and so to its
    lead provider and delivery partner. Who was trained as something else before is the same
    person, reached at the new e-mail address. Raises :class:`~ecf_core.errors.Refused`. Guide:
    "On-boarding a participant".
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: EnrolmentRequest, *, by: Actor) -> Enrolment:
        def decide(work: UnitOfWork) -> Enrolment:
            now = self.clock.now()
            (proposed,) = work.facts.proposed_enrolments([request], at=now)
            if broken := violations(self.rules.enrolling_a_participant, proposed):
                raise Refused(*broken)
            enrolment = enrolment_of(proposed, self.new_id, at=now)
            work.participants.enrol([enrolment])
            work.record(_enrolled(proposed, enrolment), by=by, at=now)
            return enrolment

        return in_transaction(self.begin, decide)


def enrolment_of(proposed: ProposedEnrolment, new_id: NewId, *, at: datetime) -> Enrolment:
    """What on-boarding comes to, once the rules have passed."""
    match proposed:
        case ProposedEnrolment(
            programme=InductionProgramme() as programme, schedule=Schedule() as schedule
        ):
            person = _person(proposed, new_id, at=at)
            training_record = TrainingRecord(
                id=TrainingRecordId(new_id()),
                participant_id=person.id,
                type=ParticipantType(proposed.request.type or ""),
                created_at=at,
                updated_at=at,
            )
            body = proposed.appropriate_body
            record = InductionRecord(
                id=InductionRecordId(new_id()),
                training_record_id=training_record.id,
                programme_id=programme.id,
                schedule=schedule.identifier,
                start_date=proposed.starts,
                mentor_id=proposed.mentor,
                appropriate_body_id=body.id if body else None,
                email=_own_email(proposed, person),
                created_at=at,
                updated_at=at,
            )
            return Enrolment(person=person, training_record=training_record, record=record)
        case _:  # the rules refuse whatever is not found
            raise AssertionError(proposed)


def _own_email(proposed: ProposedEnrolment, person: Person) -> str | None:
    """Where the participant is reached about this training, if it is not where the person is."""
    email = (proposed.request.email or "").strip()
    return None if email_key(email) == person.email_key else email


def _person(proposed: ProposedEnrolment, new_id: NewId, *, at: datetime) -> Person:
    """The person who is there already, under the new address, or a new one.

    An address of a former registration of theirs is that of the training alone.
    """
    email = (proposed.request.email or "").strip()
    if proposed.known is None:
        return Person(
            id=ParticipantId(new_id()),
            full_name=squished(proposed.request.full_name or ""),
            email=email,
            trn=proposed.trn,
            created_at=at,
            updated_at=at,
        )
    known = proposed.known.person
    if proposed.known.keeps(email) or email_key(email) == known.email_key:
        email = known.email
    after = evolve(known, email=email, trn=known.trn or proposed.trn)
    return after if after == known else evolve(after, updated_at=max(known.updated_at, at))


def _enrolled(proposed: ProposedEnrolment, enrolment: Enrolment) -> ParticipantEnrolled:
    match proposed:
        case ProposedEnrolment(school=School() as school):
            return ParticipantEnrolled(
                participant_id=enrolment.person.id,
                training_record_id=enrolment.training_record.id,
                type=enrolment.training_record.type,
                school_id=school.id,
                cohort=proposed.request.cohort or 0,
                programme_id=enrolment.record.programme_id,
                start_date=enrolment.record.start_date,
                email_changed=proposed.known is not None
                and proposed.known.person.email != enrolment.person.email,
            )
        case _:  # the rules refuse whatever is not found
            raise AssertionError(proposed)
