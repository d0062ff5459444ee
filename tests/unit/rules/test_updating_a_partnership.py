from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.ids import PartnershipId
from ecf_core.model.partnership import Agreement, Challenge, ChallengeReason, Partnership
from ecf_core.model.school import School
from ecf_core.rules.challenging_a_partnership import (
    CHALLENGING_A_PARTNERSHIP,
    ChallengeRequest,
    ProposedChallenge,
)
from ecf_core.rules.rule import violations
from ecf_core.rules.updating_a_partnership import (
    UPDATING_A_PARTNERSHIP,
    ProposedUpdate,
    UpdateRequest,
)
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    PURPLE_LEARNING,
    SOUTH_HUB,
)
from ecf_core.testing.fakes import SequentialIds

PARTNERSHIP = Partnership(
    id=PartnershipId(SequentialIds()()),
    school_id=GREENDALE_ID,
    cohort=2024,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=NORTH_HUB.id,
    created_at=NOW,
    updated_at=NOW,
)
AGREEMENT = Agreement(
    partnership=PARTNERSHIP,
    school=School(id=GREENDALE_ID, establishment=GREENDALE, created_at=NOW, updated_at=NOW),
    lead_provider=PURPLE_LEARNING,
    delivery_partner=NORTH_HUB,
)
CHALLENGED = evolve(
    AGREEMENT, partnership=evolve(PARTNERSHIP, challenge=Challenge(ChallengeReason.MISTAKE, NOW))
)
SOUND = ProposedUpdate(
    request=UpdateRequest(
        partnership_id=PARTNERSHIP.id,
        lead_provider_id=PURPLE_LEARNING.id,
        delivery_partner_id=SOUTH_HUB.id,
    ),
    agreement=AGREEMENT,
    cohort=COHORT_2024,
    delivery_partner=SOUTH_HUB,
    provider_relationship=True,
    held_by_another=False,
)
CASES = {
    ("partnership", "blank"): evolve(SOUND, agreement=None, cohort=None),
    ("delivery_partner_id", "blank"): evolve(
        SOUND, request=evolve(SOUND.request, delivery_partner_id=None), delivery_partner=None
    ),
    ("delivery_partner_id", "invalid"): evolve(SOUND, delivery_partner=None),
    ("delivery_partner_id", "no_relationship"): evolve(
        SOUND, provider_relationship=False, agreement=CHALLENGED, held_by_another=True
    ),
    ("delivery_partner_id", "partnership_challenged"): evolve(
        SOUND, agreement=CHALLENGED, held_by_another=True
    ),
    ("delivery_partner_id", "duplicate_delivery_partner"): evolve(SOUND, held_by_another=True),
}


def _codes(table: Any, facts: Any) -> list[tuple[str, str]]:
    return [(v.field, v.code) for v in violations(table, facts)]


def test_a_sound_update_breaks_no_rule() -> None:
    assert _codes(UPDATING_A_PARTNERSHIP, SOUND) == []


@pytest.mark.parametrize("broken", CASES, ids="-".join)
def test_each_rule_of_updating_is_broken_by_its_case_alone(broken: tuple[str, str]) -> None:
    assert _codes(UPDATING_A_PARTNERSHIP, CASES[broken]) == [broken]


def test_every_rule_of_updating_has_its_case() -> None:
    assert [(rule.field, rule.code) for rule in UPDATING_A_PARTNERSHIP] == list(CASES)


@given(
    st.builds(
        evolve,
        st.just(SOUND),
        request=st.builds(
            evolve,
            st.just(SOUND.request),
            delivery_partner_id=st.none() | st.just(SOUTH_HUB.id),
        ),
        agreement=st.none() | st.sampled_from([AGREEMENT, CHALLENGED]),
        cohort=st.none() | st.just(COHORT_2024),
        delivery_partner=st.none() | st.just(SOUTH_HUB),
        provider_relationship=st.booleans(),
        held_by_another=st.booleans(),
    )
)
def test_any_combination_of_missing_facts_about_an_update_has_an_answer(
    facts: ProposedUpdate,
) -> None:
    codes = _codes(UPDATING_A_PARTNERSHIP, facts)
    assert len({field for field, _ in codes}) == len(codes)


CHALLENGE = ProposedChallenge(
    request=ChallengeRequest(partnership_id=PARTNERSHIP.id, reason="mistake"),
    agreement=AGREEMENT,
    school_cohort=None,
)
CHALLENGE_CASES = {
    ("partnership", "blank"): evolve(CHALLENGE, agreement=None),
    ("partnership", "already_challenged"): evolve(CHALLENGE, agreement=CHALLENGED),
    ("reason", "blank"): evolve(CHALLENGE, request=evolve(CHALLENGE.request, reason="")),
    ("reason", "invalid"): evolve(CHALLENGE, request=evolve(CHALLENGE.request, reason="wrong")),
}


@pytest.mark.parametrize("reason", list(ChallengeReason))
def test_a_challenge_for_any_of_the_five_reasons_breaks_no_rule(reason: ChallengeReason) -> None:
    sound = evolve(CHALLENGE, request=evolve(CHALLENGE.request, reason=reason.value))
    assert _codes(CHALLENGING_A_PARTNERSHIP, sound) == []


@pytest.mark.parametrize("broken", CHALLENGE_CASES, ids="-".join)
def test_each_rule_of_challenging_is_broken_by_its_case_alone(broken: tuple[str, str]) -> None:
    assert _codes(CHALLENGING_A_PARTNERSHIP, CHALLENGE_CASES[broken]) == [broken]


def test_every_rule_of_challenging_has_its_case() -> None:
    assert [(rule.field, rule.code) for rule in CHALLENGING_A_PARTNERSHIP] == list(CHALLENGE_CASES)
