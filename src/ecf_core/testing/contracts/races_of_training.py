from collections import Counter
from functools import partial

import pytest
from attrs import evolve

from ecf_core.model.induction_record import InductionHistory, InductionRecord, TrainingStatus
from ecf_core.model.participant_in_training import Participant
from ecf_core.model.partnership import Agreement
from ecf_core.model.training_state import DeferralReason
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.acted_on import (
    A_SCHEDULE_CHANGE,
    ADA,
    AN_ACTION,
    NEXT_PARTNERSHIP,
    REDUCED,
    train,
)
from ecf_core.testing.contracts.enrolled import AN_ENROLMENT, ANOTHER_PROGRAMME, enrolment
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_SCHOOL_COHORT
from ecf_core.testing.contracts.racing import PROVIDER_LED, THREADS, RacingContract, at_once
from ecf_core.testing.examples import ADMINISTRATOR, GREENDALE_ID, RIVERSIDE, RIVERSIDE_ID
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.training_action import ActedOn


class TrainingRacesContract(RacingContract):
    """Of what is said of one participant's training at the same time nothing is lost."""

    @pytest.fixture
    def training(self, storage: Storage, use_cases: UseCases) -> UseCases:
        train(storage)
        use_cases.confirm_programme(evolve(PROVIDER_LED, school_id=RIVERSIDE_ID), by=ADMINISTRATOR)
        return use_cases

    def _history(self, storage: Storage) -> InductionHistory:
        with storage.begin() as work:
            history = work.participants.history(AN_ENROLMENT.training_record.id)
        assert history is not None
        return history

    def _participant(self, storage: Storage) -> Participant:
        with storage.look() as facts:
            found = facts.proposed_training_action(AN_ACTION).participant
        assert found is not None
        return found

    def test_deferred_by_many_a_participant_is_deferred_once(
        self, storage: Storage, training: UseCases
    ) -> None:
        reasons = list(DeferralReason)
        outcomes = at_once(
            *(
                partial(
                    training.defer_training,
                    evolve(AN_ACTION, reason=reasons[number % len(reasons)]),
                    by=ADMINISTRATOR,
                )
                for number in range(THREADS)
            )
        )
        (deferred,) = [o for o in outcomes if isinstance(o, ActedOn)]
        assert Counter(o for o in outcomes if isinstance(o, str)) == {
            "already_deferred": THREADS - 1
        }
        assert self._participant(storage) == deferred.participant

    def test_who_is_deferred_and_transferred_at_once_is_both(
        self, storage: Storage, training: UseCases
    ) -> None:
        transfer = TransferRequest(
            participant_id=ADA.person.id, to_urn=RIVERSIDE.urn, programme="continue"
        )
        deferred, joined = at_once(
            partial(training.defer_training, AN_ACTION, by=ADMINISTRATOR),
            partial(training.transfer_participant, transfer, by=ADMINISTRATOR),
        )
        assert isinstance(deferred, ActedOn)
        assert isinstance(joined, InductionRecord)
        (after,) = self._participant(storage).trainings
        placed = after.latest_with(A_PARTNERSHIP.lead_provider_id)
        assert placed is not None
        assert placed.school_id == RIVERSIDE_ID
        assert len(after.states) == len(ADA.trainings[0].states) + 1

    def test_who_is_deferred_while_the_partnership_is_challenged_is_not_or_was_before(
        self, storage: Storage, training: UseCases
    ) -> None:
        challenge = ChallengeRequest(partnership_id=A_PARTNERSHIP.id, reason="mistake")
        challenged, deferred = at_once(
            partial(training.challenge_partnership, challenge, by=ADMINISTRATOR),
            partial(training.defer_training, AN_ACTION, by=ADMINISTRATOR),
        )
        assert isinstance(challenged, Agreement)
        said = isinstance(deferred, ActedOn)
        assert said or deferred == "not_recognised"
        latest = self._history(storage).latest
        assert (latest.training_status is TrainingStatus.DEFERRED) is said

    def test_what_is_said_by_turns_is_kept_in_turn(
        self, storage: Storage, training: UseCases
    ) -> None:
        """Whoever comes too late is told so; what succeeded is all there."""
        acts = (training.defer_training, training.resume_training)
        outcomes = at_once(
            *(partial(acts[number % 2], AN_ACTION, by=ADMINISTRATOR) for number in range(THREADS))
        )
        succeeded = [o for o in outcomes if isinstance(o, ActedOn)]
        assert {o for o in outcomes if isinstance(o, str)} <= {"already_deferred", "already_active"}
        records = self._history(storage).records
        assert len(records) == len(succeeded) + 1
        # All of it is at one instant, so that it has no order in time.
        said = Counter(record.training_status for record in records)
        assert 0 <= said[TrainingStatus.ACTIVE] - said[TrainingStatus.DEFERRED] <= 1

    def test_those_who_change_to_a_cohort_at_once_join_one_programme(
        self, storage: Storage, training: UseCases
    ) -> None:
        """The partnership there has no programme yet: it is given one, once."""
        others = [enrolment(number) for number in range(10, 10 + THREADS // 2)]
        with storage.begin() as work:
            work.partnerships.add(NEXT_PARTNERSHIP)
            work.school_cohorts.add(
                evolve(A_SCHOOL_COHORT, cohort=2025, default_programme=ANOTHER_PROGRAMME)
            )
            work.participants.enrol(others)
            work.commit()
        outcomes = at_once(
            *(
                partial(
                    training.change_schedule,
                    evolve(A_SCHEDULE_CHANGE, participant_id=each.person.id, cohort=2025),
                    by=ADMINISTRATOR,
                )
                for each in others
            )
        )
        changed = [o.training.latest for o in outcomes if isinstance(o, ActedOn)]
        assert len(changed) == len(others)
        assert {placed.partnership for placed in changed} == {NEXT_PARTNERSHIP}
        assert {placed.record.schedule for placed in changed} == {REDUCED}
        (programme,) = {placed.record.programme_id for placed in changed}
        with storage.look() as facts:
            asked = evolve(A_SCHEDULE_CHANGE, cohort=2025)
            programmes = facts.proposed_schedule_change(asked).programmes
        assert {p.id for p in programmes} == {programme, ANOTHER_PROGRAMME.id}
        assert {placed.school_id for placed in changed} == {GREENDALE_ID}
