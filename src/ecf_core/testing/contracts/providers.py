from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.ids import LeadProviderId, TokenId
from ecf_core.model.providers import LeadProvider
from ecf_core.model.token import ApiToken
from ecf_core.ports.storage import Storage
from ecf_core.testing.examples import (
    COHORT_2024,
    COHORTS,
    GREY_ACADEMY,
    IDLE_HUB,
    LEAD_PROVIDERS,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RELATIONSHIPS,
    SOUTH_HUB,
    furnish,
)

A_TOKEN = ApiToken(
    id=TokenId(UUID("50000000-0000-4000-8000-000000000001")),
    lead_provider_id=PURPLE_LEARNING.id,
    hash="a" * 64,
    created_at=NOW,
    expires_at=NOW + timedelta(days=1),
)


class ProvidersContract:
    """How cohorts, providers, their relationships and their keys are kept."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    def test_every_field_of_a_cohort_survives(self, storage: Storage) -> None:
        frozen = evolve(COHORT_2024, payments_frozen_at=NOW, mentor_funding=True)
        bare = type(COHORT_2024)(start_year=2026)
        with storage.begin() as work:
            work.cohorts.put(frozen, at=NOW)
            work.cohorts.put(bare, at=NOW)
            work.commit()
        with storage.begin() as work:
            assert [work.cohorts.find(c.start_year) for c in COHORTS] == [
                COHORTS[0],
                frozen,
                COHORTS[2],
            ]
            assert work.cohorts.find(2026) == bare
            assert work.cohorts.find(2027) is None

    def test_lead_providers_are_admitted_to_a_cohort_once(self, storage: Storage) -> None:
        newcomer = LeadProvider(id=LeadProviderId(UUID(int=7)), name="Newcomer")
        with storage.begin() as work:
            work.providers.put_lead_providers([newcomer], at=NOW)
            work.cohorts.admit(2024, [newcomer.id, PURPLE_LEARNING.id], at=NOW)
            work.cohorts.admit(2024, [newcomer.id], at=NOW)
            work.commit()
        everyone = frozenset(lp.id for lp in LEAD_PROVIDERS)
        with storage.begin() as work:
            assert work.cohorts.lead_providers(2024) == everyone | {newcomer.id}
            assert work.cohorts.lead_providers(2025) == everyone

    def test_providers_are_renamed_by_their_id(self, storage: Storage) -> None:
        renamed = evolve(PURPLE_LEARNING, name="Violet Learning")
        hub = NORTH_HUB.renamed("Far North Hub", at=NOW)
        with storage.begin() as work:
            work.providers.put_lead_providers([renamed], at=NOW)
            work.providers.put_delivery_partners([hub])
            work.commit()
        with storage.begin() as work:
            assert work.providers.lead_providers() == (GREY_ACADEMY, ORANGE_INSTITUTE, renamed)
            assert hub in work.providers.delivery_partners()
            assert NORTH_HUB not in work.providers.delivery_partners()

    def test_a_name_is_one_providers_alone(self, storage: Storage) -> None:
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.providers.put_lead_providers(
                [evolve(PURPLE_LEARNING, name=ORANGE_INSTITUTE.name)], at=NOW
            )
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.providers.put_delivery_partners([evolve(NORTH_HUB, name=SOUTH_HUB.name)])
            work.commit()

    def test_relationships_are_found_by_cohort_and_by_delivery_partner(
        self, storage: Storage
    ) -> None:
        with storage.begin() as work:
            find = work.providers.relationships
            assert find() == frozenset(RELATIONSHIPS)
            assert find(cohort=2024) == {r for r in RELATIONSHIPS if r.cohort == 2024}
            assert find(delivery_partner_id=NORTH_HUB.id) == {
                r for r in RELATIONSHIPS if r.delivery_partner_id == NORTH_HUB.id
            }
            assert find(delivery_partner_id=IDLE_HUB.id) == frozenset()

    def test_a_discarded_relationship_can_be_revived(self, storage: Storage) -> None:
        ended = RELATIONSHIPS[:2]
        with storage.begin() as work:
            work.providers.discard(ended, at=NOW)
            work.commit()
        with storage.begin() as work:
            assert work.providers.relationships() == frozenset(RELATIONSHIPS[2:])
            work.providers.relate(ended[:1], at=NOW)
            work.commit()
        with storage.begin() as work:
            assert work.providers.relationships() == frozenset(RELATIONSHIPS) - {ended[1]}

    def test_every_field_of_a_token_survives(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.tokens.add(A_TOKEN)
            work.tokens.note_use(A_TOKEN.id, at=NOW + timedelta(hours=1))
            work.tokens.revoke(A_TOKEN.id, at=NOW + timedelta(hours=2))
            work.commit()
        with storage.begin() as work:
            assert work.tokens.find(A_TOKEN.id) == evolve(
                A_TOKEN,
                last_used_at=NOW + timedelta(hours=1),
                revoked_at=NOW + timedelta(hours=2),
            )
            assert work.tokens.find(TokenId(UUID(int=1))) is None
