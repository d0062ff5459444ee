from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import SchoolId
from ecf_core.model.partnership import Agreement, ChallengeReason, Partnership
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    COHORT_2024,
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
)

AN_UPDATE = UpdateRequest(
    partnership_id=A_PARTNERSHIP.id,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=SOUTH_HUB.id,
)
NO_SUCH_ID = UUID("99999999-0000-4000-8000-000000000000")
HUGE = 10**30


class FactsOfChangesContract(AskingContract):
    """What a storage says of a proposed change, before anything is decided."""

    def test_a_proposed_update_holds_the_partnership_as_it_stands(
        self, storage: Storage, ask: Look
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.commit()
        with storage.begin() as work:
            school = work.schools.find(GREENDALE_ID)
        assert school is not None
        with ask() as facts:
            proposed = facts.proposed_update(AN_UPDATE)
            by_administrator = facts.proposed_update(evolve(AN_UPDATE, lead_provider_id=None))
        assert proposed.agreement == Agreement(
            partnership=A_PARTNERSHIP,
            school=school,
            lead_provider=PURPLE_LEARNING,
            delivery_partner=NORTH_HUB,
        )
        assert proposed.cohort == COHORT_2024
        assert proposed.delivery_partner == SOUTH_HUB
        assert proposed.provider_relationship is True
        assert proposed.held_by_another is False
        assert by_administrator.agreement == proposed.agreement

    @pytest.mark.parametrize(
        "stored",
        [
            evolve(A_PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id),
            evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None),
            evolve(A_PARTNERSHIP, id=ANOTHER_ID),
        ],
        ids=["another lead provider's", "relationship", "another id"],
    )
    def test_an_update_finds_no_partnership_but_the_lead_providers_own(
        self, storage: Storage, ask: Look, stored: Partnership
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(stored)
            work.commit()
        with ask() as facts:
            proposed = facts.proposed_update(AN_UPDATE)
        assert proposed.agreement is None
        assert proposed.delivery_partner == SOUTH_HUB

    @pytest.mark.parametrize(
        ("other", "held"),
        [
            ({"relationship": True, "challenge_deadline": None}, True),
            ({"challenge": A_CHALLENGE}, True),
            ({"challenge": A_CHALLENGE, "lead_provider_id": ORANGE_INSTITUTE.id}, False),
            ({"challenge": A_CHALLENGE, "delivery_partner_id": EAST_HUB.id}, False),
            ({"school_id": RIVERSIDE_ID}, False),
            ({"cohort": 2023}, False),
        ],
    )
    def test_another_partnership_of_the_lead_provider_may_hold_the_delivery_partner(
        self, storage: Storage, ask: Look, other: dict[str, Any], *, held: bool
    ) -> None:
        changes: dict[str, Any] = {"id": ANOTHER_ID, "delivery_partner_id": SOUTH_HUB.id, **other}
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(evolve(A_PARTNERSHIP, **changes))
            work.commit()
        with ask() as facts:
            assert facts.proposed_update(AN_UPDATE).held_by_another is held

    def test_a_proposed_challenge_holds_the_partnership_and_the_school_cohort(
        self, storage: Storage, ask: Look
    ) -> None:
        relationship = evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None)
        with storage.begin() as work:
            work.partnerships.add(relationship)
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.commit()
        request = ChallengeRequest(
            partnership_id=A_PARTNERSHIP.id, reason=ChallengeReason.MISTAKE.value
        )
        with ask() as facts:
            proposed = facts.proposed_challenge(request)
            unknown = facts.proposed_challenge(evolve(request, partnership_id=ANOTHER_ID))
        assert proposed.agreement is not None
        assert proposed.agreement.partnership == relationship
        assert proposed.school_cohort == A_SCHOOL_COHORT
        assert unknown.agreement is None
        assert unknown.school_cohort is None

    def test_a_proposed_programme_holds_the_schools_standing(
        self, storage: Storage, ask: Look
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(
                evolve(
                    A_PARTNERSHIP,
                    id=ANOTHER_ID,
                    lead_provider_id=ORANGE_INSTITUTE.id,
                    challenge=A_CHALLENGE,
                )
            )
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.commit()
        request = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="school_led")
        with ask() as facts:
            proposed = facts.proposed_programme(request)
            unknown = facts.proposed_programme(
                ProgrammeRequest(school_id=SchoolId(NO_SUCH_ID), cohort=HUGE, programme=None)
            )
        assert proposed.cohort == COHORT_2024
        assert proposed.school is not None
        assert proposed.school.id == GREENDALE_ID
        assert proposed.school_cohort == A_SCHOOL_COHORT
        assert proposed.current_partnership == A_PARTNERSHIP
        assert unknown.cohort is None
        assert unknown.school is None
        assert unknown.current_partnership is None
