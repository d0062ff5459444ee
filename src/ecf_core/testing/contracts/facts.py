from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import NOTHING, DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.partnership import Agreement, ChallengeReason, Partnership
from ecf_core.ports.facts import Facts, Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    COHORT_2023,
    COHORT_2024,
    COHORT_2025,
    EAST_HUB,
    GREENDALE_ID,
    IDLE_HUB,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RELATIONSHIPS,
    RIVERSIDE_ID,
    SOUTH_HUB,
    TUTOR,
    a_request,
    furnish,
)

AN_UPDATE = UpdateRequest(
    partnership_id=A_PARTNERSHIP.id,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=SOUTH_HUB.id,
)
NO_SUCH_ID = UUID("99999999-0000-4000-8000-000000000000")
HUGE = 10**30


class FactsContract:
    """What a storage says of a request, before anything is decided."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture(params=["in a look", "in a unit of work"])
    def ask(self, request: pytest.FixtureRequest, storage: Storage) -> Look:
        """Looks at the facts one way or the other; both say the same."""
        if request.param == "in a look":
            return storage.look
        return lambda: _in_a_unit_of_work(storage)

    def test_a_proposal_holds_everything_that_the_request_names(
        self, storage: Storage, ask: Look
    ) -> None:
        challenged = evolve(
            A_PARTNERSHIP,
            id=ANOTHER_ID,
            lead_provider_id=ORANGE_INSTITUTE.id,
            challenge=A_CHALLENGE,
            created_at=NOW.replace(year=2023),
        )
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(challenged)
            work.partnerships.add(
                evolve(A_PARTNERSHIP, id=_id(3), school_id=RIVERSIDE_ID, challenge=A_CHALLENGE)
            )
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.schools.set_induction_tutor(GREENDALE_ID, TUTOR)
            work.commit()
        with storage.begin() as work:
            school = work.schools.find(GREENDALE_ID)
        with ask() as facts:
            proposal = facts.proposal(a_request())
        assert proposal.request == a_request()
        assert proposal.cohort == COHORT_2024
        assert school is not None
        assert proposal.school == school
        assert school.induction_tutor == TUTOR
        assert proposal.lead_provider == PURPLE_LEARNING
        assert proposal.delivery_partner == NORTH_HUB
        assert proposal.provider_relationship is True
        assert proposal.partnerships == (challenged, A_PARTNERSHIP)
        assert proposal.current_partnership == A_PARTNERSHIP
        assert proposal.partnered_last_year is False
        assert proposal.school_cohort == A_SCHOOL_COHORT

    @pytest.mark.parametrize(
        "nothing",
        [
            PartnershipRequest(
                cohort=None, school_id=None, lead_provider_id=None, delivery_partner_id=None
            ),
            *(
                PartnershipRequest(
                    cohort=year,
                    school_id=SchoolId(id_),
                    lead_provider_id=LeadProviderId(id_),
                    delivery_partner_id=DeliveryPartnerId(id_),
                )
                for year in (1999, 0, -1, HUGE, -HUGE)
                for id_ in (NO_SUCH_ID, NOTHING)
            ),
        ],
    )
    def test_what_is_not_there_is_none(self, ask: Look, nothing: PartnershipRequest) -> None:
        with ask() as facts:
            proposal = facts.proposal(nothing)
        assert proposal.cohort is None
        assert proposal.school is None
        assert proposal.lead_provider is None
        assert proposal.delivery_partner is None
        assert proposal.provider_relationship is False
        assert proposal.partnerships == ()
        assert proposal.partnered_last_year is False
        assert proposal.school_cohort is None

    def test_a_discarded_delivery_partner_is_none(self, storage: Storage, ask: Look) -> None:
        with storage.begin() as work:
            work.providers.put_delivery_partners([NORTH_HUB.discarded(at=NOW)])
            work.partnerships.add(A_PARTNERSHIP)
            work.commit()
        with ask() as facts:
            assert facts.proposal(a_request()).delivery_partner is None
            same = evolve(AN_UPDATE, delivery_partner_id=NORTH_HUB.id)
            update = facts.proposed_update(same)
            assert update.delivery_partner is None
            assert update.agreement is not None
            assert update.agreement.delivery_partner.name == NORTH_HUB.name

    def test_a_discarded_relationship_is_none(self, storage: Storage, ask: Look) -> None:
        with storage.begin() as work:
            work.providers.discard(RELATIONSHIPS, at=NOW)
            work.commit()
        with ask() as facts:
            assert facts.proposal(a_request()).provider_relationship is False

    def test_the_relationship_is_of_the_cohort(self, ask: Look) -> None:
        with ask() as facts:
            idle = facts.proposal(a_request(delivery_partner=IDLE_HUB))
            assert idle.delivery_partner == IDLE_HUB
            assert idle.provider_relationship is False

    @pytest.mark.parametrize(
        ("last_year", "partnered"),
        [
            (A_PARTNERSHIP, True),
            (evolve(A_PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id), True),
            (evolve(A_PARTNERSHIP, challenge=A_CHALLENGE), False),
            (evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None), False),
            (evolve(A_PARTNERSHIP, school_id=RIVERSIDE_ID), False),
        ],
    )
    def test_partnered_last_year_means_a_current_partnership_of_anyone(
        self, storage: Storage, ask: Look, last_year: Partnership, *, partnered: bool
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(evolve(last_year, cohort=COHORT_2023.start_year))
            work.commit()
        with ask() as facts:
            assert facts.proposal(a_request()).partnered_last_year is partnered
            later = facts.proposal(a_request(cohort=COHORT_2025))
            assert later.partnered_last_year is False

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


def _id(number: int) -> PartnershipId:
    return PartnershipId(UUID(int=number))


@contextmanager
def _in_a_unit_of_work(storage: Storage) -> Iterator[Facts]:
    with storage.begin() as work:
        yield work.facts
