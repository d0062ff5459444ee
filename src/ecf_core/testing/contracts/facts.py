from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.model.ids import NOTHING, DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.asking import AskingContract
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
)

AN_UPDATE = UpdateRequest(
    partnership_id=A_PARTNERSHIP.id,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=SOUTH_HUB.id,
)
NO_SUCH_ID = UUID("99999999-0000-4000-8000-000000000000")
HUGE = 10**30


class FactsContract(AskingContract):
    """What a storage says of a proposed partnership, before anything is decided."""

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


def _id(number: int) -> PartnershipId:
    return PartnershipId(UUID(int=number))
