from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from ecf_adapters.memory.state import State
from ecf_adapters.memory.training_facts import MemoryTrainingFacts
from ecf_core.model.ids import ParticipantId, SchoolId
from ecf_core.model.induction_record import InductionRecord, InductionStatus
from ecf_core.model.participant import TrainingRecord, email_key
from ecf_core.model.providers import ProviderRelationship
from ecf_core.model.schedule import DEFAULT_SCHEDULE
from ecf_core.model.school import School
from ecf_core.model.trn import trn_from
from ecf_core.rules.changing_the_partnership import (
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)
from ecf_core.rules.merging_participants import MergeRequest, ProposedMerge
from ecf_core.rules.migrating_participants import (
    MigrationRequest,
    Move,
    PlacedProgramme,
    ProposedMigration,
    is_moved,
)
from ecf_core.rules.proposed_amendment import AmendmentRequest, ProposedAmendment
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place, ProposedEnrolment
from ecf_core.rules.proposed_transfer import (
    InTraining,
    ProposedTransfer,
    TransferRequest,
    in_training,
)
from ecf_core.rules.removing_a_participant import ProposedRemoval, RemovalRequest


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

    def proposed_amendment(self, request: AmendmentRequest) -> ProposedAmendment:
        state = self._state
        email, trn = email_key(request.email or ""), trn_from(request.trn or "")
        registered = {
            key: person
            for person in state.people.values()
            for key in (("email", person.email_key), ("trn", person.trn or ""))
        }
        return ProposedAmendment(
            request=request,
            participant=state.whose(request.participant_id),
            with_email=registered.get(("email", email)),
            with_trn=registered.get(("trn", trn)) if trn else None,
        )

    def proposed_merge(self, request: MergeRequest) -> ProposedMerge:
        return ProposedMerge(
            request=request,
            given_up=self._state.participant(request.from_id),
            goes_on=self._state.participant(request.to_id),
        )

    def proposed_removal(self, request: RemovalRequest) -> ProposedRemoval:
        return ProposedRemoval(
            request=request, participant=self._state.whose(request.participant_id)
        )

    def proposed_enrolments(
        self, requests: Sequence[EnrolmentRequest], *, at: datetime
    ) -> tuple[ProposedEnrolment, ...]:
        people = self._state.people.values()
        with_trn = {person.trn: person.id for person in people if person.trn}
        with_email = {person.email_key: person.id for person in people}
        return tuple(self._proposed_enrolment(r, with_trn, with_email, at) for r in requests)

    def _proposed_enrolment(
        self,
        request: EnrolmentRequest,
        with_trn: dict[str, ParticipantId],
        with_email: dict[str, ParticipantId],
        at: datetime,
    ) -> ProposedEnrolment:
        state = self._state
        cohort, school = state.cohorts.get(request.cohort or 0), self._school(request.urn)
        known = (school.id, cohort.start_year) if school and cohort else None
        bodies = {body.name: body for body in state.appropriate_bodies.values()}
        mentor_id = request.mentor_id or with_email.get(email_key(request.mentor_email or ""))
        programmes = tuple(state.programmes.get(known, {}).values()) if known else ()
        return ProposedEnrolment(
            request=request,
            cohort=cohort,
            school=school,
            school_cohort=state.school_cohorts.get(known) if known else None,
            programmes=programmes,
            partnerships=tuple(
                state.partnerships[p.partnership_id] for p in programmes if p.partnership_id
            ),
            schedule=state.schedules.get((request.cohort or 0, DEFAULT_SCHEDULE)),
            appropriate_body=bodies.get(request.appropriate_body or ""),
            named_mentor=self._known(mentor_id),
            with_trn=self._known(with_trn.get(trn_from(request.trn or "") or "")),
            with_email=self._known(with_email.get(email_key(request.email or ""))),
            at=at,
        )

    def proposed_transfer(self, request: TransferRequest, *, at: datetime) -> ProposedTransfer:
        state = self._state
        school = self._school(request.to_urn)
        to = school.id if school else None
        named = [self._in_training(each, to=to, at=at) for each in self._named(request)]
        participant = named[0] if len(named) == 1 else None
        cohort = state.cohorts[participant.at.cohort] if participant else None
        known = (school.id, cohort.start_year) if school and cohort else None
        current = participant.at.partnership if participant else None
        return ProposedTransfer(
            request=request,
            participant=participant,
            trains_as_both=len(named) > 1,
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
            t
            for t in self._state.training_records.values()
            if t.participant_id == participant_id and t.merged_into is None
        )
        return sorted(own, key=lambda t: (t.created_at, t.id))

    def _placed(
        self, training_record: TrainingRecord
    ) -> list[tuple[InductionRecord, PlacedProgramme]]:
        """The records, oldest first, each with the programme that it is in."""
        records = self._state.histories[training_record.id].records
        placed = [(record, self._state.placed(record.programme_id)) for record in records]
        return [(record, at) for record, at in placed if at is not None]

    def _known(self, participant_id: ParticipantId | None) -> Known | None:
        state = self._state
        person = state.people.get(state.now(participant_id)) if participant_id else None
        if person is None:
            return None
        places = [
            Place(
                type=training_record.type,
                school_id=at.school_id,
                cohort=at.cohort,
                since=record.start_date,
                withdrawn=record.induction_status is InductionStatus.WITHDRAWN,
            )
            for training_record in self._training(person.id)
            for record, at in self._placed(training_record)
        ]
        former = sorted(id_ for id_ in state.id_changes if state.now(id_) == person.id)
        return Known(
            person=person,
            places=tuple(places),
            formerly=tuple(state.people[id_] for id_ in former),
        )

    def _named(self, request: TransferRequest) -> list[TrainingRecord]:
        return [
            training_record
            for training_record in self._state.training_records.values()
            if request.participant_id is not None
            and self._state.now(ParticipantId(request.participant_id))
            in {training_record.id, training_record.participant_id}
            and training_record.merged_into is None
            and request.type in {None, training_record.type}
        ]

    def _in_training(
        self, training_record: TrainingRecord, *, to: SchoolId | None, at: datetime
    ) -> InTraining:
        person = self._state.people[training_record.participant_id]
        return in_training(person, training_record, self._placed(training_record), to=to, at=at)
