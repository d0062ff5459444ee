from functools import partial
from typing import TypeAlias

import pytest
from attrs import evolve

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import Enrolment, IdChange, ParticipantType
from ecf_core.model.participant_in_training import Participant
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.proposed_enrolment import EnrolmentRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.acted_on import AN_ACTION
from ecf_core.testing.contracts.racing import (
    PROVIDER_LED,
    ROUNDS,
    THREADS,
    RacingContract,
    at_once,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2025,
    GREENDALE,
    GREENDALE_ID,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.moving import Formed
from ecf_core.use_cases.training_action import ActedOn

Pair: TypeAlias = tuple[ParticipantId, ParticipantId]
"""Who is given up, and who goes on."""


class SupportRacesContract(RacingContract):
    """What support says of people holds for whoever meets them, or is mentored by them, then."""

    @pytest.fixture
    def supported(self, storage: Storage, use_cases: UseCases) -> UseCases:
        """Two schools that chose provider-led for two cohorts; one has a partnership for one."""
        furnish_for_participants(storage.begin)
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            for cohort in (2024, 2025):
                choice = evolve(PROVIDER_LED, school_id=school, cohort=cohort)
                use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        return use_cases

    @pytest.fixture
    def two_mentors(self, supported: UseCases) -> Pair:
        """One who may turn out to be the other."""
        return _mentor(supported, "Mo One"), _mentor(supported, "Mo Two")

    def _whole(self, storage: Storage, id_: ParticipantId) -> Participant:
        with storage.look() as facts:
            found = facts.proposed_removal(RemovalRequest(participant_id=id_)).participant
        assert found is not None
        return found

    def _mentors(self, storage: Storage, mentees: list[ParticipantId]) -> set[ParticipantId | None]:
        """Whom the latest records of participants name."""
        return {
            training.latest.record.mentor_id
            for mentee in mentees
            for training in self._whole(storage, mentee).trainings
        }

    def test_who_is_enrolled_while_being_merged_trains_under_the_id_that_goes_on(
        self, storage: Storage, supported: UseCases
    ) -> None:
        for number in range(ROUNDS):
            name = f"Ada Teacher {number}"
            asked = an_enrolment(name, school=RIVERSIDE, cohort=COHORT_2025)
            goes_on = _enrol(supported, evolve(asked, email=f"other.{number}@example.org"))
            given_up = _enrol(supported, asked)
            enrolled, merged = at_once(
                _enrolling(supported, an_enrolment(name, type_=ParticipantType.MENTOR)),
                _merging(supported, given_up, goes_on),
            )
            assert isinstance(enrolled, Enrolment)
            assert isinstance(merged, IdChange)
            trainings = self._whole(storage, goes_on).trainings
            assert enrolled.training_record.id in {training.record.id for training in trainings}

    def test_who_is_enrolled_while_being_amended_keeps_what_is_known_now(
        self, storage: Storage, supported: UseCases
    ) -> None:
        for number in range(ROUNDS):
            name, trn = f"Ada Teacher {number}", f"{1234567 + number}"
            known = _enrol(supported, an_enrolment(name, school=RIVERSIDE, cohort=COHORT_2025))
            amendment = AmendmentRequest(participant_id=known, trn=trn)
            enrolled, _ = at_once(
                _enrolling(supported, an_enrolment(name, type_=ParticipantType.MENTOR)),
                partial(supported.amend_participant, amendment, by=ADMINISTRATOR),
            )
            assert isinstance(enrolled, Enrolment)
            assert self._whole(storage, known).person.trn == trn

    def test_who_is_enrolled_while_the_mentor_is_merged_has_the_one_that_goes_on(
        self, storage: Storage, supported: UseCases, two_mentors: Pair
    ) -> None:
        merged, *enrolled = at_once(
            _merging(supported, *two_mentors),
            *(
                _enrolling(supported, evolve(an_enrolment(f"Ada {n}"), mentor_id=two_mentors[0]))
                for n in range(THREADS - 1)
            ),
        )
        assert isinstance(merged, IdChange)
        mentees = [each.person.id for each in enrolled if isinstance(each, Enrolment)]
        assert len(mentees) == THREADS - 1
        assert self._mentors(storage, mentees) == {two_mentors[1]}

    def test_who_is_deferred_while_the_mentor_is_merged_has_the_one_that_goes_on(
        self, storage: Storage, supported: UseCases, two_mentors: Pair
    ) -> None:
        mentees = _mentees(supported, two_mentors[0])
        merged, *deferred = at_once(
            _merging(supported, *two_mentors), *_deferring(supported, *mentees)
        )
        assert isinstance(merged, IdChange)
        assert all(isinstance(each, ActedOn) for each in deferred)
        assert self._mentors(storage, mentees) == {two_mentors[1]}

    def test_who_is_deferred_while_the_mentor_is_removed_has_none(
        self, storage: Storage, supported: UseCases, two_mentors: Pair
    ) -> None:
        mentees = _mentees(supported, two_mentors[0])
        removal = RemovalRequest(participant_id=two_mentors[0])
        _, *deferred = at_once(
            partial(supported.remove_participant, removal, by=ADMINISTRATOR),
            *_deferring(supported, *mentees),
        )
        assert all(isinstance(each, ActedOn) for each in deferred)
        assert self._mentors(storage, mentees) == {None}

    def test_who_is_moved_while_the_mentor_is_merged_has_the_one_that_goes_on(
        self, storage: Storage, supported: UseCases
    ) -> None:
        there = evolve(a_request(), school_id=RIVERSIDE_ID)
        formed = supported.create_partnership(there, by=ADMINISTRATOR).partnership
        pairs = [
            (_mentor(supported, f"Mo {n}", RIVERSIDE), _mentor(supported, f"Jo {n}", RIVERSIDE))
            for n in range(THREADS // 2)
        ]
        mentees = [
            _enrol(supported, evolve(an_enrolment(f"Ada {n}", school=RIVERSIDE), mentor_id=mentor))
            for n, (mentor, _) in enumerate(pairs)
        ]
        challenge = ChallengeRequest(partnership_id=formed.id, reason="mistake")
        supported.challenge_partnership(challenge, by=ADMINISTRATOR)
        another = evolve(a_request(lead_provider=ORANGE_INSTITUTE), school_id=RIVERSIDE_ID)
        moved, *merged = at_once(
            partial(supported.create_partnership, another, by=ADMINISTRATOR),
            *(_merging(supported, *pair) for pair in pairs),
        )
        assert isinstance(moved, Formed)
        assert all(isinstance(each, IdChange) for each in merged)
        assert self._mentors(storage, mentees) == {goes_on for _, goes_on in pairs}


def _enrolling(use_cases: UseCases, request: EnrolmentRequest) -> partial[Enrolment]:
    return partial(use_cases.enrol_participant, request, by=ADMINISTRATOR)


def _enrol(use_cases: UseCases, request: EnrolmentRequest) -> ParticipantId:
    return _enrolling(use_cases, request)().person.id


def _mentor(use_cases: UseCases, name: str, school: Establishment = GREENDALE) -> ParticipantId:
    """In another cohort than those who are mentored."""
    mentor = an_enrolment(name, type_=ParticipantType.MENTOR, school=school, cohort=COHORT_2025)
    return _enrol(use_cases, mentor)


def _mentees(use_cases: UseCases, mentor: ParticipantId) -> list[ParticipantId]:
    return [
        _enrol(use_cases, evolve(an_enrolment(f"Ada {number}"), mentor_id=mentor))
        for number in range(THREADS - 1)
    ]


def _merging(
    use_cases: UseCases, given_up: ParticipantId, goes_on: ParticipantId
) -> partial[IdChange]:
    request = MergeRequest(from_id=given_up, to_id=goes_on)
    return partial(use_cases.merge_participants, request, by=ADMINISTRATOR)


def _deferring(use_cases: UseCases, *participants: ParticipantId) -> list[partial[ActedOn]]:
    return [
        partial(
            use_cases.defer_training,
            evolve(AN_ACTION, participant_id=participant),
            by=ADMINISTRATOR,
        )
        for participant in participants
    ]
