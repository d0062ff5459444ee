from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from uuid import uuid4

import pytest
from attrs import evolve

from ecf_core.errors import Refused
from ecf_core.model.partnership import Agreement
from ecf_core.model.providers import DeliveryPartner, ProviderRelationship
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.profile import DOCUMENTED, ECF1, RuleProfile
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2024,
    EAST_HUB,
    GREENDALE_ID,
    LEAD_PROVIDERS,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
    furnish,
)
from ecf_core.testing.fakes import SequentialSecrets, SettableClock
from ecf_core.use_cases import UseCases

THREADS = 32
ROUNDS = 10
HUBS = (NORTH_HUB, SOUTH_HUB, EAST_HUB)
PROVIDER_LED = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Does everything at the same time; what each came to: its result, or why it was refused."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal.violations[0].code

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts))


class RacesContract:
    """Of those who act at the same time each gets a rule's own answer, and nothing is undone."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def use_cases(self, storage: Storage) -> UseCases:
        return _use_cases(storage)

    @pytest.fixture
    def confirmed(self, use_cases: UseCases) -> None:
        use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)

    @pytest.mark.usefixtures("confirmed")
    def test_of_several_lead_providers_one_gets_the_school(self, use_cases: UseCases) -> None:
        outcomes = _created_by(
            use_cases,
            [
                a_request(
                    lead_provider=LEAD_PROVIDERS[number % 3], delivery_partner=HUBS[number // 3 % 3]
                )
                for number in range(THREADS)
            ],
        )
        _one_succeeded_and_the_others_know_why(outcomes)

    def test_of_several_lead_providers_one_gets_a_school_that_has_chosen_nothing(
        self, storage: Storage
    ) -> None:
        """Nor does the first school cohort's creation get in the way (rule profile ecf1)."""
        outcomes = _created_by(
            _use_cases(storage, ECF1),
            [a_request(lead_provider=LEAD_PROVIDERS[number % 3]) for number in range(THREADS)],
        )
        _one_succeeded_and_the_others_know_why(outcomes)

    @pytest.mark.usefixtures("confirmed")
    @pytest.mark.parametrize("hubs", [(NORTH_HUB,), HUBS], ids=["one partner", "several partners"])
    def test_a_lead_provider_that_repeats_itself_is_already_confirmed(
        self, use_cases: UseCases, hubs: tuple[DeliveryPartner, ...]
    ) -> None:
        requests = [
            a_request(delivery_partner=hubs[number % len(hubs)]) for number in range(THREADS)
        ]
        outcomes = _created_by(use_cases, requests)
        assert len([o for o in outcomes if isinstance(o, Agreement)]) == 1
        assert Counter(o for o in outcomes if isinstance(o, str)) == {
            "already_confirmed": THREADS - 1
        }

    @pytest.mark.usefixtures("confirmed")
    def test_a_challenge_is_never_undone_by_an_update(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        for _ in range(ROUNDS):
            made = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
            other = next(hub for hub in HUBS if hub.id != made.delivery_partner_id)
            update = UpdateRequest(
                partnership_id=made.id,
                lead_provider_id=PURPLE_LEARNING.id,
                delivery_partner_id=other.id,
            )
            challenge = ChallengeRequest(partnership_id=made.id, reason="mistake")
            updated, challenged = at_once(
                partial(use_cases.update_partnership, update, by=ADMINISTRATOR),
                partial(use_cases.challenge_partnership, challenge, by=ADMINISTRATOR),
            )
            assert isinstance(challenged, Agreement)
            with storage.begin() as work:
                stored = work.partnerships.find(made.id)
            assert stored is not None
            assert stored.challenge is not None
            if isinstance(updated, Agreement):
                assert stored.delivery_partner_id == other.id
            else:
                assert updated == "partnership_challenged"
                assert stored.delivery_partner_id == made.delivery_partner_id

    @pytest.mark.usefixtures("confirmed")
    def test_challenged_by_many_it_is_challenged_once(self, use_cases: UseCases) -> None:
        made = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
        challenge = ChallengeRequest(partnership_id=made.id, reason="mistake")
        outcomes = at_once(
            *[partial(use_cases.challenge_partnership, challenge, by=ADMINISTRATOR)] * THREADS
        )
        assert len([o for o in outcomes if isinstance(o, Agreement)]) == 1
        assert outcomes.count("already_challenged") == THREADS - 1

    @pytest.mark.usefixtures("confirmed")
    def test_a_challenge_and_anothers_report_leave_one_current_partnership(
        self, storage: Storage, use_cases: UseCases
    ) -> None:
        """And so does the challenged lead provider's own report, at the same time."""
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        for _ in range(ROUNDS):
            with storage.look() as facts:
                current = facts.proposal(a_request()).current_partnership
            assert current is not None
            challenge = ChallengeRequest(partnership_id=current.id, reason="not_confirmed")
            outcomes = at_once(
                partial(use_cases.challenge_partnership, challenge, by=ADMINISTRATOR),
                *(
                    partial(use_cases.create_partnership, request, by=ADMINISTRATOR)
                    for request in (
                        a_request(),
                        a_request(lead_provider=ORANGE_INSTITUTE, delivery_partner=SOUTH_HUB),
                    )
                ),
            )
            assert isinstance(outcomes[0], Agreement)
            with storage.look() as facts:
                partnerships = facts.proposal(a_request()).partnerships
            formed = [o for o in outcomes[1:] if isinstance(o, Agreement)]
            assert len(formed) <= 1
            assert [p.id for p in partnerships if p.current] == [f.partnership.id for f in formed]
            if not formed:
                use_cases.create_partnership(a_request(), by=ADMINISTRATOR)

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
    def test_different_schools_do_not_hinder_one_another(self, use_cases: UseCases) -> None:
        use_cases.confirm_programme(evolve(PROVIDER_LED, school_id=RIVERSIDE_ID), by=ADMINISTRATOR)
        requests = [
            a_request(
                school=(GREENDALE_ID, RIVERSIDE_ID)[number % 2],
                lead_provider=LEAD_PROVIDERS[number % 3],
            )
            for number in range(THREADS)
        ]
        outcomes = _created_by(use_cases, requests)
        formed = [o.school.id for o in outcomes if isinstance(o, Agreement)]
        assert sorted(formed) == sorted([GREENDALE_ID, RIVERSIDE_ID])


def _use_cases(storage: Storage, rules: RuleProfile = DOCUMENTED) -> UseCases:
    return UseCases.over(
        begin=storage.begin,
        look=storage.look,
        clock=SettableClock(NOW),
        new_id=uuid4,  # unlike numbers in sequence, safe to draw from many threads
        new_secret=SequentialSecrets(),
        rules=rules,
    )


def _created_by(use_cases: UseCases, requests: list[PartnershipRequest]) -> list[object]:
    return at_once(
        *(partial(use_cases.create_partnership, request, by=ADMINISTRATOR) for request in requests)
    )


def _one_succeeded_and_the_others_know_why(outcomes: list[object]) -> None:
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Agreement)]
    refused = Counter(outcome for outcome in outcomes if isinstance(outcome, str))
    assert sum(refused.values()) == THREADS - 1
    assert set(refused) == {"already_confirmed", "recruited_by_other_provider"}
    own = sum(1 for number in range(THREADS) if LEAD_PROVIDERS[number % 3] == winner.lead_provider)
    assert refused["already_confirmed"] == own - 1
