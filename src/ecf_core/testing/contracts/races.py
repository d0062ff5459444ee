from collections import Counter
from functools import partial

import pytest
from attrs import evolve

from ecf_core.model.partnership import Agreement
from ecf_core.model.providers import DeliveryPartner
from ecf_core.ports.storage import Storage
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.creating_a_partnership import PartnershipRequest
from ecf_core.rules.profile import ECF1
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.racing import (
    HUBS,
    PROVIDER_LED,
    ROUNDS,
    THREADS,
    RacingContract,
    at_once,
    use_cases_over,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    LEAD_PROVIDERS,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
)
from ecf_core.use_cases import UseCases


class RacesContract(RacingContract):
    """Of those who act at the same time each gets a rule's own answer, and nothing is undone."""

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
            use_cases_over(storage, ECF1),
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
