from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.state import State
from ecf_adapters.memory.training_facts import MemoryTrainingFacts
from ecf_core.model.ids import ParticipantId, SchoolId
from ecf_core.model.participant import ParticipantType, TrainingRecord, email_key
from ecf_core.model.providers import ProviderRelationship
from ecf_core.model.schedule import DEFAULT_SCHEDULE
from ecf_core.model.school import School
from ecf_core.model.trn import trn_from
from ecf_core.rules.changing_the_partnership import (
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)
from ecf_core.rules.migrating_participants import (
    MigrationRequest,
    Move,
    PlacedProgramme,
    ProposedMigration,
    is_moved,
)
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place, ProposedEnrolment
from ecf_core.rules.proposed_transfer import InTraining, ProposedTransfer, TransferRequest


@frozen
class MemoryInductionFacts(MemoryTrainingFacts):
    """What moving into, out of and between programmes is decided on."""

    _state: State

    def proposed_partnership_change(
        self, request: PartnershipChangeRequest
    ) -> ProposedPartnershipChange:
        state = self._state
        cohort, school = state.cohorts.get(request.cohort or 0), self._school(request.urn)
        known = (school.id, cohort.start_year) if school and cohort else None
        return ProposedPartnershipChange(
            request=request,
            cohort=cohort,
            school=school,
            partnership=state.partnerships.get(request.partnership_id)
            if request.partnership_id
            else None,
            partnerships=tuple(state.partnerships_of(*known)) if known else (),
            school_cohort=state.school_cohorts.get(known) if known else None,
            programmes=tuple(state.programmes.get(known, {}).values()) if known else (),
        )

    def proposed_migration(self, request: MigrationRequest) -> ProposedMigration:
        return ProposedMigration(
            request=request,
            source=self._state.placed(request.from_programme),
            target=self._state.placed(request.to_programme),
        )

    def movable(self, move: Move, *, at: datetime) -> int:
        return sum(is_moved(record, move, at=at) for record in self._state.records())

    def proposed_enrolments(
        self, requests: Sequence[EnrolmentRequest]
    ) -> tuple[ProposedEnrolment, ...]:
        people = self._state.people.values()
        with_trn = {person.trn: person.id for person in people if person.trn}
        with_email = {person.email_key: person.id for person in people}
        return tuple(self._proposed_enrolment(r, with_trn, with_email) for r in requests)

    def _proposed_enrolment(
        self,
        request: EnrolmentRequest,
        with_trn: dict[str, ParticipantId],
        with_email: dict[str, ParticipantId],
    ) -> ProposedEnrolment:
        state = self._state
        cohort, school = state.cohorts.get(request.cohort or 0), self._school(request.urn)
        known = (school.id, cohort.start_year) if school and cohort else None
        bodies = {body.name: body for body in state.appropriate_bodies.values()}
        mentor_id = request.mentor_id or with_email.get(email_key(request.mentor_email or ""))
        return ProposedEnrolment(
            request=request,
            cohort=cohort,
            school=school,
            school_cohort=state.school_cohorts.get(known) if known else None,
            programmes=tuple(state.programmes.get(known, {}).values()) if known else (),
            schedule=state.schedules.get((request.cohort or 0, DEFAULT_SCHEDULE)),
            appropriate_body=bodies.get(request.appropriate_body or ""),
            mentor=mentor_id if school and self._is_mentor_of(mentor_id, school.id) else None,
            with_trn=self._known(with_trn.get(trn_from(request.trn or "") or "")),
            with_email=self._known(with_email.get(email_key(request.email or ""))),
        )

    def proposed_transfer(self, request: TransferRequest) -> ProposedTransfer:
        state = self._state
        participant = self._in_training(request.participant_id)
        school = self._school(request.to_urn)
        cohort = state.cohorts[participant.at.cohort] if participant else None
        known = (school.id, cohort.start_year) if school and cohort else None
        current = participant.at.partnership if participant else None
        return ProposedTransfer(
            request=request,
            participant=participant,
            cohort=cohort,
            school=school,
            school_cohort=state.school_cohorts.get(known) if known else None,
            programmes=tuple(state.programmes.get(known, {}).values()) if known else (),
            partnerships=tuple(state.partnerships_of(*known)) if known else (),
            provider_relationship=current is not None
            and ProviderRelationship(
                lead_provider_id=current.lead_provider_id,
                delivery_partner_id=current.delivery_partner_id,
                cohort=current.cohort,
            )
            in state.relationships,
        )

    def _school(self, urn: str | None) -> School | None:
        school_id = self._state.school_ids.get(urn or "")
        return self._state.schools[school_id] if school_id else None

    def _training(self, participant_id: ParticipantId | None) -> list[TrainingRecord]:
        """What a person has trained as, the training begun last at the end."""
        own = (
            t for t in self._state.training_records.values() if t.participant_id == participant_id
        )
        return sorted(own, key=lambda t: (t.created_at, t.id))

    def _at(self, training_record: TrainingRecord) -> PlacedProgramme:
        """The programme of the latest record."""
        latest = self._state.histories[training_record.id].latest
        placed = self._state.placed(latest.programme_id)
        if placed is None:
            raise AssertionError(latest)
        return placed

    def _known(self, participant_id: ParticipantId | None) -> Known | None:
        if participant_id is None:
            return None
        places = []
        for training_record in self._training(participant_id):
            at = self._at(training_record)
            places.append(
                Place(type=training_record.type, school_id=at.school_id, cohort=at.cohort)
            )
        return Known(person=self._state.people[participant_id], places=tuple(places))

    def _is_mentor_of(self, participant_id: ParticipantId | None, school_id: SchoolId) -> bool:
        known = self._known(participant_id) if participant_id in self._state.people else None
        place = known.place(ParticipantType.MENTOR) if known else None
        return place is not None and place.school_id == school_id

    def _in_training(self, participant_id: ParticipantId | None) -> InTraining | None:
        training = self._training(participant_id)
        if participant_id is None or not training:
            return None
        return InTraining(
            person=self._state.people[participant_id],
            training_record=training[-1],
            history=self._state.histories[training[-1].id],
            at=self._at(training[-1]),
        )
