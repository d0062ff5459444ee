from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.partnership import Challenge, ChallengeReason, Partnership
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.ports.storage import Storage
from ecf_core.testing.examples import (
    COHORT_2023,
    COHORT_2024,
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
    furnish,
)

A_PARTNERSHIP = Partnership(
    id=PartnershipId(UUID("30000000-0000-4000-8000-000000000001")),
    school_id=GREENDALE_ID,
    cohort=COHORT_2024.start_year,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=NORTH_HUB.id,
    challenge_deadline=NOW + timedelta(days=14),
    created_at=NOW,
    updated_at=NOW,
)
ANOTHER_ID = PartnershipId(UUID("30000000-0000-4000-8000-000000000002"))
A_CHALLENGE = Challenge(ChallengeReason.MISTAKE, NOW + timedelta(milliseconds=1500))

A_PROGRAMME = InductionProgramme(
    id=InductionProgrammeId(UUID("40000000-0000-4000-8000-000000000001")),
    training_programme=TrainingProgramme.PROVIDER_LED,
)
A_SCHOOL_COHORT = SchoolCohort(
    school_id=GREENDALE_ID,
    cohort=COHORT_2024.start_year,
    choice=ProgrammeChoice.PROVIDER_LED,
    default_programme=A_PROGRAMME,
    created_at=NOW,
    updated_at=NOW + timedelta(seconds=1),
)

NO_OTHERS = [
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, lead_provider_id=ORANGE_INSTITUTE.id),
        id="another lead provider's",
    ),
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, delivery_partner_id=SOUTH_HUB.id),
        id="with another delivery partner",
    ),
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, challenge=A_CHALLENGE), id="challenged, same parties"
    ),
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, relationship=True, challenge_deadline=None),
        id="relationship, same parties",
    ),
    pytest.param(evolve(A_PARTNERSHIP, delivery_partner_id=SOUTH_HUB.id), id="same id"),
]

OTHERS = [
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, school_id=RIVERSIDE_ID), id="of another school"
    ),
    pytest.param(
        evolve(A_PARTNERSHIP, id=ANOTHER_ID, cohort=COHORT_2023.start_year), id="of another cohort"
    ),
    pytest.param(
        evolve(
            A_PARTNERSHIP,
            id=ANOTHER_ID,
            lead_provider_id=ORANGE_INSTITUTE.id,
            challenge=A_CHALLENGE,
        ),
        id="challenged",
    ),
    pytest.param(
        evolve(
            A_PARTNERSHIP,
            id=ANOTHER_ID,
            lead_provider_id=ORANGE_INSTITUTE.id,
            relationship=True,
            challenge_deadline=None,
        ),
        id="relationship",
    ),
]


class PartnershipsContract:
    """How partnerships are kept."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.mark.parametrize(
        "partnership",
        [
            A_PARTNERSHIP,
            evolve(A_PARTNERSHIP, challenge=A_CHALLENGE, updated_at=NOW + timedelta(days=2)),
            evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None),
        ],
    )
    def test_every_field_of_a_partnership_survives(
        self, storage: Storage, partnership: Partnership
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(partnership)
            work.commit()
        with storage.begin() as work:
            assert work.partnerships.find(partnership.id) == partnership

    def test_what_is_written_is_found_before_the_commit(self, storage: Storage) -> None:
        challenged = A_PARTNERSHIP.challenged(ChallengeReason.MISTAKE, at=NOW)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add(A_SCHOOL_COHORT)
            assert work.partnerships.find(A_PARTNERSHIP.id) == A_PARTNERSHIP
            proposal = work.facts.proposal(a_request(school=GREENDALE_ID))
            assert proposal.school_cohort == A_SCHOOL_COHORT
            work.partnerships.save(challenged)
            proposal = work.facts.proposal(a_request(school=GREENDALE_ID))
            assert proposal.partnerships == (evolve(challenged, version=2),)

    def test_without_a_commit_nothing_is_added(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add(A_SCHOOL_COHORT)
        with storage.begin() as work:
            assert work.partnerships.find(A_PARTNERSHIP.id) is None
            assert work.school_cohorts.find(GREENDALE_ID, 2024) is None

    def test_after_an_error_nothing_is_added(self, storage: Storage) -> None:
        class Broken(Exception):
            pass

        with pytest.raises(Broken), storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            raise Broken
        with storage.begin() as work:
            assert work.partnerships.find(A_PARTNERSHIP.id) is None

    @pytest.mark.parametrize("other", NO_OTHERS)
    def test_a_partnership_that_cannot_stand_beside_another_is_a_stale_write(
        self, storage: Storage, other: Partnership
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.partnerships.add(other)
            work.commit()
        with storage.begin() as work:
            assert work.partnerships.find(A_PARTNERSHIP.id) == A_PARTNERSHIP
            assert work.partnerships.find(ANOTHER_ID) is None

    @pytest.mark.parametrize("other", OTHERS)
    def test_partnerships_that_may_stand_beside_one_another(
        self, storage: Storage, other: Partnership
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(other)
            work.commit()
        with storage.begin() as work:
            assert work.partnerships.find(ANOTHER_ID) == other

    def test_saving_counts_the_versions(self, storage: Storage) -> None:
        changed = evolve(A_PARTNERSHIP, delivery_partner_id=EAST_HUB.id)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.save(changed)
            work.commit()
        with storage.begin() as work:
            assert work.partnerships.find(A_PARTNERSHIP.id) == evolve(changed, version=2)

    def test_saving_a_version_that_is_stored_no_longer_is_a_stale_write(
        self, storage: Storage
    ) -> None:
        challenged = A_PARTNERSHIP.challenged(ChallengeReason.MISTAKE, at=NOW)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.save(challenged)
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.partnerships.save(evolve(A_PARTNERSHIP, delivery_partner_id=EAST_HUB.id))
            work.commit()
        with storage.begin() as work:
            assert work.partnerships.find(A_PARTNERSHIP.id) == evolve(challenged, version=2)

    def test_lifting_a_challenge_beside_a_current_partnership_is_a_stale_write(
        self, storage: Storage
    ) -> None:
        challenged = evolve(A_PARTNERSHIP, challenge=A_CHALLENGE)
        current = evolve(A_PARTNERSHIP, id=ANOTHER_ID, lead_provider_id=ORANGE_INSTITUTE.id)
        with storage.begin() as work:
            work.partnerships.add(challenged)
            work.partnerships.add(current)
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.partnerships.save(evolve(challenged, challenge=None))
            work.commit()
