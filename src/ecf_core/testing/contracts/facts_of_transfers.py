from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.ids import (
    InductionProgrammeId,
    InductionRecordId,
    ParticipantId,
    PartnershipId,
    TrainingRecordId,
)
from ecf_core.model.induction_record import InductionHistory
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.migrating_participants import PlacedProgramme
from ecf_core.rules.proposed_transfer import InTraining, TransferRequest
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_THIRD_PROGRAMME,
    AN_ENROLMENT,
    prepare,
)
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.partnerships import (
    A_PARTNERSHIP,
    A_PROGRAMME,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE_ID,
    NOW,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
)

A_TRANSFER = TransferRequest(
    participant_id=AN_ENROLMENT.person.id, to_urn=RIVERSIDE.urn, programme="continue"
)


class FactsOfTransfersContract(AskingContract):
    """What a storage says of a participant who is to go to another school."""

    @pytest.fixture
    def enrolled(self, storage: Storage) -> None:
        """Two people at one school, which has a partnership."""
        prepare(storage)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.participants.enrol([A_MENTOR, AN_ENROLMENT])
            work.commit()

    @pytest.mark.usefixtures("enrolled")
    def test_a_transfer_holds_the_participant_and_the_new_school(
        self, storage: Storage, ask: Look
    ) -> None:
        at_riverside = evolve(
            A_PARTNERSHIP,
            id=PartnershipId(NO_SUCH_ID),
            school_id=RIVERSIDE_ID,
            relationship=True,
            challenge_deadline=None,
        )
        with storage.begin() as work:
            work.partnerships.add(at_riverside)
            work.commit()
        with ask() as facts:
            proposed = facts.proposed_transfer(A_TRANSFER, at=NOW)
        assert proposed.participant == InTraining(
            person=AN_ENROLMENT.person,
            training_record=AN_ENROLMENT.training_record,
            history=InductionHistory((AN_ENROLMENT.record,)),
            at=PlacedProgramme(
                programme=A_PROGRAMME, school_id=GREENDALE_ID, cohort=2024, partnership=None
            ),
        )
        assert proposed.cohort == COHORT_2024
        assert proposed.school is not None
        assert proposed.school.id == RIVERSIDE_ID
        assert (proposed.school_cohort, proposed.programmes) == (None, ())
        assert proposed.partnerships == (at_riverside,)
        assert proposed.provider_relationship is False

    @pytest.mark.usefixtures("enrolled")
    @pytest.mark.parametrize(
        ("changes", "participant", "school"),
        [
            ({"participant_id": ParticipantId(NO_SUCH_ID)}, False, True),
            ({"participant_id": None}, False, True),
            ({"type": "mentor"}, False, True),
            ({"type": "head"}, False, True),
            ({"type": "ect"}, True, True),
            ({"participant_id": AN_ENROLMENT.training_record.id}, True, True),
            ({"to_urn": "nowhere"}, True, False),
            ({"to_urn": None}, True, False),
        ],
    )
    def test_a_transfer_names_what_is_not_there(
        self, ask: Look, changes: dict[str, Any], *, participant: bool, school: bool
    ) -> None:
        with ask() as facts:
            proposed = facts.proposed_transfer(evolve(A_TRANSFER, **changes), at=NOW)
        assert (proposed.participant is not None) is participant
        assert (proposed.school is not None) is school

    @pytest.mark.usefixtures("enrolled")
    @pytest.mark.parametrize("kept", [True, False])
    def test_a_transfer_knows_whether_the_providers_work_together(
        self, storage: Storage, ask: Look, *, kept: bool
    ) -> None:
        """And of who trains as both, which training is told by type or by its id."""
        with_providers = evolve(
            A_THIRD_PROGRAMME,
            id=InductionProgrammeId(ANOTHER_ID),
            partnership_id=A_PARTNERSHIP.id,
        )
        later = evolve(
            A_MENTOR,
            person=AN_ENROLMENT.person,
            training_record=evolve(
                A_MENTOR.training_record,
                id=TrainingRecordId(NO_SUCH_ID),
                participant_id=AN_ENROLMENT.person.id,
                created_at=NOW,
                updated_at=NOW,
            ),
            record=evolve(
                A_MENTOR.record,
                id=InductionRecordId(NO_SUCH_ID),
                training_record_id=TrainingRecordId(NO_SUCH_ID),
                programme_id=with_providers.id,
            ),
        )
        with storage.begin() as work:
            work.school_cohorts.add_programme(GREENDALE_ID, 2024, with_providers, at=NOW)
            work.participants.enrol([later])
            if not kept:
                relationships = work.providers.relationships(
                    cohort=2024, delivery_partner_id=A_PARTNERSHIP.delivery_partner_id
                )
                work.providers.discard(relationships, at=NOW)
            work.commit()
        with ask() as facts:
            either = facts.proposed_transfer(A_TRANSFER, at=NOW)
            by_type, proposed = (
                facts.proposed_transfer(evolve(A_TRANSFER, **which), at=NOW)
                for which in ({"type": "mentor"}, {"participant_id": later.training_record.id})
            )
        assert (either.participant, either.trains_as_both) == (None, True)
        assert by_type.participant == proposed.participant
        assert not proposed.trains_as_both
        assert proposed.participant is not None
        assert proposed.participant.training_record == later.training_record
        assert proposed.participant.at.partnership == A_PARTNERSHIP
        assert A_PARTNERSHIP.lead_provider_id == PURPLE_LEARNING.id
        assert proposed.provider_relationship is kept
