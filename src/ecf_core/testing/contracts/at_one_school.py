"""Four participants of one school, and how each is found again as a whole."""

from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId, ParticipantId
from ecf_core.model.participant import (
    Enrolment,
    IdChange,
)
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.training_state import TrainingState
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_WHOLE_RECORD,
    AN_ENROLMENT,
    enrolment,
    prepare,
)
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_PROGRAMME
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
)

TOMORROW = NOW + timedelta(days=1)
PARTNERED = evolve(
    A_PROGRAMME,
    id=InductionProgrammeId(UUID("40000000-0000-4000-8000-000000000004")),
    partnership_id=A_PARTNERSHIP.id,
)
ADAS_RECORD = evolve(A_WHOLE_RECORD, programme_id=PARTNERED.id)
ADA = evolve(AN_ENROLMENT, record=ADAS_RECORD)
BO, CY = enrolment(3), enrolment(4)


def whole(
    of: Enrolment,
    *states: TrainingState,
    changes: tuple[IdChange, ...] = (),
) -> Participant:
    """The participant that an enrolment at the first school comes to."""
    partnered = of.record.programme_id == PARTNERED.id
    placed = PlacedRecord(
        record=of.record,
        school_id=GREENDALE_ID,
        urn=GREENDALE.urn,
        cohort=COHORT_2024.start_year,
        partnership=A_PARTNERSHIP if partnered else None,
        delivery_partner=NORTH_HUB if partnered else None,
    )
    training = Training(record=of.training_record, history=(placed,), states=states)
    return Participant(person=of.person, trainings=(training,), id_changes=changes)


class AtOneSchool(AskingContract):
    """Looks for them in a storage of theirs."""

    @pytest.fixture
    def at_school(self, storage: Storage) -> None:
        """A mentor and three ECTs at one school, one of them under a partnership."""
        prepare(storage)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add_programme(
                GREENDALE_ID, COHORT_2024.start_year, PARTNERED, at=NOW
            )
            work.participants.enrol([A_MENTOR, ADA, BO, CY])
            work.commit()

    def find(self, ask: Look, id_: ParticipantId | None) -> Participant | None:
        with ask() as facts:
            return facts.proposed_removal(RemovalRequest(participant_id=id_)).participant
