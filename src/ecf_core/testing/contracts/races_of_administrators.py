from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from attrs import evolve

from ecf_core.errors import Refused
from ecf_core.model.partnership import Agreement
from ecf_core.model.providers import ProviderRelationship
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.testing.contracts.racing import PROVIDER_LED, ROUNDS, RacingContract, at_once
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    GREENDALE,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    a_request,
)
from ecf_core.use_cases import UseCases


class AdministratorsRacesContract(RacingContract):
    """Schools and administrators undo nothing that others rely on, and nobody undoes theirs."""

    @pytest.mark.usefixtures("confirmed")
    def test_a_school_that_changes_its_mind_meets_a_lead_provider(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        for number in range(ROUNDS):
            school_led = evolve(PROVIDER_LED, programme="school_led")
            formed, changed = at_once(
                partial(use_cases.create_partnership, a_request(), by=ADMINISTRATOR),
                partial(use_cases.confirm_programme, school_led, by=ADMINISTRATOR),
            )
            with storage.look() as facts:
                proposal = facts.proposal(a_request())
            if isinstance(formed, Agreement):
                assert changed == "partnership_in_place", number
                assert proposal.choice == "provider_led"
                challenge = ChallengeRequest(partnership_id=formed.partnership.id, reason="mistake")
                use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)
            else:
                assert formed == "school_programme_not_yet_confirmed"
                assert proposal.current_partnership is None
                use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)

    @pytest.mark.usefixtures("confirmed")
    def test_a_relationship_that_was_looked_at_is_kept_until_the_commit(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        relationship = ProviderRelationship(
            lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2024
        )
        discarded, begun = Event(), Event()

        def discard() -> None:
            begun.set()
            use_cases.discard_provider_relationship(relationship, by=ADMINISTRATOR)
            discarded.set()

        with ThreadPoolExecutor(1) as threads:
            with storage.begin() as work:
                assert work.facts.proposal(a_request()).provider_relationship
                discarding = threads.submit(discard)
                assert begun.wait(5)
                assert not discarded.wait(0.3)
                work.commit()
            discarding.result(timeout=60)
        with pytest.raises(Refused) as refusal:
            use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert [v.code for v in refusal.value.violations] == ["no_relationship"]

    def test_a_delivery_partner_that_is_discarded_meanwhile_is_not_half_revived(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        """Who sets up delivery partners, and who discards them, wait for one another."""
        discarded, begun = Event(), Event()

        def discard() -> int:
            begun.set()
            ended = use_cases.discard_delivery_partner(NORTH_HUB.id, by=ADMINISTRATOR)
            discarded.set()
            return ended

        newer = ProviderRelationship(
            lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2026
        )
        with ThreadPoolExecutor(1) as threads:
            with storage.begin() as work:
                assert NORTH_HUB in work.providers.delivery_partners()
                kept = work.providers.relationships(delivery_partner_id=NORTH_HUB.id)
                discarding = threads.submit(discard)
                assert begun.wait(5)
                assert not discarded.wait(0.3)
                work.cohorts.put(evolve(COHORT_2024, start_year=2026), at=NOW)
                work.providers.relate([newer], at=NOW)
                work.providers.put_delivery_partners([NORTH_HUB.renamed("Far North", at=NOW)])
                work.commit()
            assert discarding.result(timeout=60) == len(kept) + 1
        with storage.begin() as work:
            (partner,) = (p for p in work.providers.delivery_partners() if p.id == NORTH_HUB.id)
            assert partner.name == "Far North"
            assert partner.discarded_at is not None
            assert work.providers.relationships(delivery_partner_id=NORTH_HUB.id) == frozenset()

    @pytest.mark.usefixtures("confirmed")
    def test_a_school_that_was_looked_at_is_not_closed_before_the_commit(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        """An import of the register waits for whoever forms a partnership with the school."""
        imported, begun = Event(), Event()

        def close() -> None:
            begun.set()
            use_cases.import_schools([evolve(GREENDALE, status_code=2)], by=ADMINISTRATOR)
            imported.set()

        with ThreadPoolExecutor(1) as threads:
            with storage.begin() as work:
                school = work.facts.proposal(a_request()).school
                assert school is not None
                assert school.eligible
                closing = threads.submit(close)
                assert begun.wait(5)
                assert not imported.wait(0.3)
                work.commit()
            closing.result(timeout=60)
        with pytest.raises(Refused) as refusal:
            use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert [v.code for v in refusal.value.violations] == ["ineligible_error"]
