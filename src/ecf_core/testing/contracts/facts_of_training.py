from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.ids import ParticipantId
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.changing_a_schedule import Agreed, ProposedScheduleChange
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.testing.contracts.acted_on import (
    A_SCHEDULE_CHANGE,
    ADA,
    AN_ACTION,
    NEXT_PARTNERSHIP,
    REDUCED_SCHEDULES,
    UNDER_IT,
    train,
)
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_SCHOOL_COHORT
from ecf_core.testing.examples import NORTH_HUB, ORANGE_INSTITUTE


class FactsOfTrainingContract(AskingContract):
    """What a storage says of a participant on whose training a lead provider acts."""

    @pytest.fixture
    def trained(self, storage: Storage) -> None:
        train(storage)

    @pytest.mark.usefixtures("trained")
    def test_an_action_holds_the_participant_as_a_whole(self, ask: Look) -> None:
        with ask() as facts:
            proposed = facts.proposed_training_action(AN_ACTION)
        assert proposed == ProposedTrainingAction(request=AN_ACTION, participant=ADA)

    @pytest.mark.usefixtures("trained")
    @pytest.mark.parametrize("id_", [None, ParticipantId(NO_SUCH_ID)])
    def test_an_action_names_nobody(self, ask: Look, id_: ParticipantId | None) -> None:
        action = evolve(AN_ACTION, participant_id=id_)
        change = evolve(A_SCHEDULE_CHANGE, participant_id=id_, cohort=2024)
        with ask() as facts:
            assert facts.proposed_training_action(action).participant is None
            proposed = facts.proposed_schedule_change(change)
        assert proposed == ProposedScheduleChange(request=change, participant=None)

    @pytest.mark.usefixtures("trained")
    @pytest.mark.parametrize("cohort", [None, 2024])
    def test_a_schedule_change_holds_the_cohort_that_the_participant_is_in(
        self, ask: Look, cohort: int | None
    ) -> None:
        change = evolve(A_SCHEDULE_CHANGE, cohort=cohort)
        with ask() as facts:
            proposed = facts.proposed_schedule_change(change)
        assert proposed.school_cohort is not None
        assert proposed == ProposedScheduleChange(
            request=change,
            participant=ADA,
            schedule=REDUCED_SCHEDULES[0],
            partnerships=(Agreed(A_PARTNERSHIP, NORTH_HUB),),
            school_cohort=evolve(
                A_SCHOOL_COHORT, default_programme=UNDER_IT, version=proposed.school_cohort.version
            ),
            programmes=(UNDER_IT,),
        )

    @pytest.mark.usefixtures("trained")
    def test_a_schedule_change_holds_the_cohort_that_is_asked_for(
        self, storage: Storage, ask: Look
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(NEXT_PARTNERSHIP)
            work.commit()
        change = evolve(A_SCHEDULE_CHANGE, cohort=2025)
        with ask() as facts:
            proposed = facts.proposed_schedule_change(change)
        assert proposed == ProposedScheduleChange(
            request=change,
            participant=ADA,
            schedule=REDUCED_SCHEDULES[1],
            partnerships=(Agreed(NEXT_PARTNERSHIP, NORTH_HUB),),
        )

    @pytest.mark.usefixtures("trained")
    @pytest.mark.parametrize(
        "changes",
        [
            {"schedule": "never"},
            {"schedule": None},
            {"cohort": 0},
            {"cohort": -1},
            {"cohort": 10**20},
            {"course": "ecf-mentor"},
            {"lead_provider_id": ORANGE_INSTITUTE.id},
        ],
    )
    def test_a_schedule_change_names_what_is_not_there(
        self, ask: Look, changes: dict[str, Any]
    ) -> None:
        with ask() as facts:
            proposed = facts.proposed_schedule_change(evolve(A_SCHEDULE_CHANGE, **changes))
        assert proposed.participant == ADA
        assert proposed.schedule is None
