from collections import Counter
from functools import partial

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.racing import (
    PROVIDER_LED,
    THREADS,
    RacingContract,
    at_once,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.moving import Formed


class ParticipantsRacesContract(RacingContract):
    """Of participants who come, go and move at the same time none is lost, and none doubled."""

    @pytest.fixture
    def enrolling(self, storage: Storage, use_cases: UseCases) -> UseCases:
        """Two schools that chose provider-led; at one, a partnership that is challenged."""
        furnish_for_participants(storage.begin)
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            use_cases.confirm_programme(evolve(PROVIDER_LED, school_id=school), by=ADMINISTRATOR)
        made = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
        challenge = ChallengeRequest(partnership_id=made.id, reason="mistake")
        use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)
        return use_cases

    def _default(self, storage: Storage) -> InductionProgramme:
        with storage.begin() as work:
            school_cohort = work.school_cohorts.find(GREENDALE_ID, 2024)
        assert school_cohort is not None
        assert school_cohort.default_programme is not None
        return school_cohort.default_programme

    def _history(self, storage: Storage, of: Enrolment) -> InductionHistory:
        with storage.begin() as work:
            history = work.participants.history(of.training_record.id)
        assert history is not None
        return history

    def test_whoever_is_enrolled_while_a_partnership_is_formed_trains_under_it(
        self, storage: Storage, enrolling: UseCases
    ) -> None:
        outcomes = at_once(
            partial(
                enrolling.create_partnership,
                a_request(lead_provider=ORANGE_INSTITUTE),
                by=ADMINISTRATOR,
            ),
            *(
                partial(
                    enrolling.enrol_participant,
                    an_enrolment(f"Teacher {number}"),
                    by=ADMINISTRATOR,
                )
                for number in range(THREADS - 1)
            ),
        )
        formed, *enrolled = outcomes
        assert isinstance(formed, Formed)
        default = self._default(storage)
        assert default.partnership_id == formed.partnership.id
        for each in enrolled:
            assert isinstance(each, Enrolment)
            history = self._history(storage, each)
            assert history.latest.programme_id == default.id
            assert len(history.records) == (1 if each.record.programme_id == default.id else 2)

    def test_enrolled_by_many_a_participant_is_enrolled_once(self, enrolling: UseCases) -> None:
        request = evolve(an_enrolment(), trn="1234567")
        outcomes = at_once(
            *(
                partial(
                    enrolling.enrol_participant,
                    evolve(request, email=f"ada.{number % 4}@example.org"),
                    by=ADMINISTRATOR,
                )
                for number in range(THREADS)
            )
        )
        assert len([o for o in outcomes if isinstance(o, Enrolment)]) == 1
        assert Counter(o for o in outcomes if isinstance(o, str)) == {
            "already_enrolled": THREADS - 1
        }

    def test_transferred_by_many_a_participant_is_transferred_once(
        self, storage: Storage, enrolling: UseCases
    ) -> None:
        enrolled = enrolling.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
        transfer = TransferRequest(
            participant_id=enrolled.person.id, to_urn=RIVERSIDE.urn, programme="school"
        )
        outcomes = at_once(
            *[partial(enrolling.transfer_participant, transfer, by=ADMINISTRATOR)] * THREADS
        )
        (joined,) = [o for o in outcomes if isinstance(o, InductionRecord)]
        assert outcomes.count("already_there") == THREADS - 1
        history = self._history(storage, enrolled)
        assert history.records[1:] == (joined,)

    def test_whoever_leaves_while_a_partnership_is_formed_is_at_the_new_school(
        self, storage: Storage, enrolling: UseCases
    ) -> None:
        enrolled = [
            enrolling.enrol_participant(an_enrolment(f"Teacher {number}"), by=ADMINISTRATOR)
            for number in range(THREADS // 4)
        ]
        there = a_request(lead_provider=ORANGE_INSTITUTE)
        formed, *arrived = at_once(
            partial(enrolling.create_partnership, there, by=ADMINISTRATOR),
            *(
                partial(
                    enrolling.transfer_participant,
                    TransferRequest(
                        participant_id=each.person.id, to_urn=RIVERSIDE.urn, programme="school"
                    ),
                    by=ADMINISTRATOR,
                )
                for each in enrolled
            ),
        )
        assert isinstance(formed, Formed)
        for each, record in zip(enrolled, arrived, strict=True):
            assert isinstance(record, InductionRecord)
            assert self._history(storage, each).latest == record

    def test_what_was_decided_on_an_old_history_is_a_stale_write(
        self, storage: Storage, enrolling: UseCases
    ) -> None:
        enrolled = enrolling.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
        old = enrolled.record
        enrolling.create_partnership(a_request(lead_provider=ORANGE_INSTITUTE), by=ADMINISTRATOR)
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.participants.put_records(old)
            work.commit()
