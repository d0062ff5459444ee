from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.partnership import Challenge, ChallengeReason, Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.rules.creating_a_partnership import (
    CREATING_A_PARTNERSHIP,
    CREATING_A_PARTNERSHIP_AS_ECF1,
    Proposal,
)
from ecf_core.rules.profile import DOCUMENTED, ECF1, RuleProfile
from ecf_core.rules.rule import judged, violations
from ecf_core.testing.examples import (
    CLOSED,
    COHORT_2024,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    a_request,
)
from ecf_core.testing.fakes import SequentialIds

SCHOOL = School(id=GREENDALE_ID, establishment=GREENDALE, created_at=NOW, updated_at=NOW)
CHOSEN = SchoolCohort(
    school_id=GREENDALE_ID,
    cohort=2024,
    choice=ProgrammeChoice.PROVIDER_LED,
    default_programme=InductionProgramme(
        id=SequentialIds()(),  # type: ignore[arg-type]  # any will do
        training_programme=TrainingProgramme.PROVIDER_LED,
    ),
    created_at=NOW,
    updated_at=NOW,
)
NOT_YET_KNOWN = evolve(CHOSEN, choice=ProgrammeChoice.NOT_YET_KNOWN, default_programme=None)
NO_ECTS = evolve(NOT_YET_KNOWN, choice=ProgrammeChoice.NO_ECTS)
PARTNERSHIP = Partnership(
    id=PartnershipId(SequentialIds()()),
    school_id=GREENDALE_ID,
    cohort=2024,
    lead_provider_id=PURPLE_LEARNING.id,
    delivery_partner_id=NORTH_HUB.id,
    created_at=NOW,
    updated_at=NOW,
)
SOUND = Proposal(
    request=a_request(),
    cohort=COHORT_2024,
    school=SCHOOL,
    lead_provider=PURPLE_LEARNING,
    delivery_partner=NORTH_HUB,
    provider_relationship=True,
    partnerships=(),
    partnered_last_year=False,
    school_cohort=CHOSEN,
)


def _without(field: str, **missing: Any) -> Proposal:
    return evolve(SOUND, request=evolve(SOUND.request, **{field: None}), **missing)


CASES = {
    ("cohort", "blank"): _without("cohort", cohort=None),
    ("cohort", "invalid"): evolve(SOUND, cohort=None),
    ("school_id", "blank"): _without("school_id", school=None),
    ("school_id", "invalid"): evolve(SOUND, school=None),
    ("school_id", "funding_error"): evolve(SOUND, school=evolve(SCHOOL, establishment=INDEPENDENT)),
    ("school_id", "ineligible_error"): evolve(SOUND, school=evolve(SCHOOL, establishment=CLOSED)),
    ("school_id", "already_confirmed"): evolve(SOUND, partnerships=(PARTNERSHIP,)),
    ("school_id", "recruited_by_other_provider"): evolve(
        SOUND, partnerships=(evolve(PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id),)
    ),
    ("school_id", "school_programme_not_yet_confirmed"): evolve(
        SOUND, school_cohort=None, partnered_last_year=True
    ),
    ("lead_provider_id", "blank"): _without("lead_provider_id", lead_provider=None),
    ("lead_provider_id", "invalid"): evolve(SOUND, lead_provider=None),
    ("delivery_partner_id", "blank"): _without("delivery_partner_id", delivery_partner=None),
    ("delivery_partner_id", "invalid"): evolve(SOUND, delivery_partner=None),
    ("delivery_partner_id", "no_relationship"): evolve(SOUND, provider_relationship=False),
}

PROFILES = pytest.mark.parametrize("profile", [DOCUMENTED, ECF1], ids=lambda p: p.name)


def _codes(profile: RuleProfile, proposal: Proposal) -> list[tuple[str, str]]:
    return [(v.field, v.code) for v in violations(profile.creating_a_partnership, proposal)]


@PROFILES
def test_a_sound_proposal_breaks_no_rule(profile: RuleProfile) -> None:
    assert _codes(profile, SOUND) == []


@PROFILES
@pytest.mark.parametrize("broken", CASES, ids="-".join)
def test_each_rule_is_broken_by_its_case_alone(
    profile: RuleProfile, broken: tuple[str, str]
) -> None:
    assert _codes(profile, CASES[broken]) == [broken]


@PROFILES
def test_every_rule_has_its_case(profile: RuleProfile) -> None:
    assert [(rule.field, rule.code) for rule in profile.creating_a_partnership] == list(CASES)


def test_the_guide_has_fourteen_messages_and_so_have_the_tables() -> None:
    for table in (CREATING_A_PARTNERSHIP, CREATING_A_PARTNERSHIP_AS_ECF1):
        assert len({(rule.field, rule.message) for rule in table}) == 14


@pytest.mark.parametrize(
    ("school_cohort", "partnered_last_year", "documented", "ecf1"),
    [
        (CHOSEN, False, True, True),
        (CHOSEN, True, True, True),
        (None, False, False, True),
        (None, True, False, False),
        (NOT_YET_KNOWN, False, False, True),
        (NOT_YET_KNOWN, True, False, False),
        (NO_ECTS, False, False, True),
        (NO_ECTS, True, False, True),
    ],
)
def test_when_a_school_has_confirmed_depends_on_the_profile(
    school_cohort: SchoolCohort | None,
    *,
    partnered_last_year: bool,
    documented: bool,
    ecf1: bool,
) -> None:
    proposal = evolve(SOUND, school_cohort=school_cohort, partnered_last_year=partnered_last_year)
    assert (not _codes(DOCUMENTED, proposal)) is documented
    assert (not _codes(ECF1, proposal)) is ecf1


@pytest.mark.parametrize(
    "partnership",
    [
        evolve(PARTNERSHIP, challenge=Challenge(ChallengeReason.MISTAKE, NOW)),
        evolve(
            PARTNERSHIP,
            lead_provider_id=ORANGE_INSTITUTE.id,
            challenge=Challenge(ChallengeReason.MISTAKE, NOW),
        ),
        evolve(PARTNERSHIP, relationship=True),
        evolve(PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id, relationship=True),
    ],
)
def test_challenged_and_relationship_partnerships_stand_in_nobodys_way(
    partnership: Partnership,
) -> None:
    assert _codes(DOCUMENTED, evolve(SOUND, partnerships=(partnership,))) == []


def test_all_fields_are_reported_each_with_its_first_broken_rule() -> None:
    nothing = evolve(
        SOUND,
        request=evolve(
            SOUND.request,
            cohort=None,
            school_id=None,
            lead_provider_id=None,
            delivery_partner_id=None,
        ),
        cohort=None,
        school=None,
        lead_provider=None,
        delivery_partner=None,
        provider_relationship=False,
    )
    assert _codes(DOCUMENTED, nothing) == [
        ("cohort", "blank"),
        ("school_id", "blank"),
        ("lead_provider_id", "blank"),
        ("delivery_partner_id", "blank"),
    ]


@PROFILES
def test_an_unknown_cohort_silences_the_rules_that_need_it(profile: RuleProfile) -> None:
    """An eligible school with an unknown cohort is the cohort's error alone (decision D-05)."""
    unknown = evolve(SOUND, cohort=None, provider_relationship=False, school_cohort=None)
    assert _codes(profile, unknown) == [("cohort", "invalid")]
    silent = {
        j.rule.code
        for j in judged(profile.creating_a_partnership, unknown)
        if j.passed is None and j.rule.field != "cohort"
    }
    assert silent == {
        "already_confirmed",
        "recruited_by_other_provider",
        "school_programme_not_yet_confirmed",
        "no_relationship",
    }


def test_after_a_broken_rule_the_later_ones_of_its_field_are_not_judged() -> None:
    closed = evolve(SOUND, school=evolve(SCHOOL, establishment=CLOSED), school_cohort=None)
    passed = {
        j.rule.code: j.passed
        for j in judged(CREATING_A_PARTNERSHIP, closed)
        if j.rule.field == "school_id"
    }
    assert passed == {
        "blank": True,
        "invalid": True,
        "funding_error": True,
        "ineligible_error": False,
        "already_confirmed": None,
        "recruited_by_other_provider": None,
        "school_programme_not_yet_confirmed": None,
    }


proposals = st.builds(
    Proposal,
    request=st.builds(
        type(SOUND.request),
        cohort=st.none() | st.just(2024) | st.integers(),
        school_id=st.none() | st.just(GREENDALE_ID) | st.uuids().map(SchoolId),
        lead_provider_id=st.none() | st.uuids().map(LeadProviderId),
        delivery_partner_id=st.none() | st.uuids().map(DeliveryPartnerId),
    ),
    cohort=st.none() | st.just(COHORT_2024),
    school=st.none()
    | st.sampled_from([evolve(SCHOOL, establishment=e) for e in (GREENDALE, INDEPENDENT, CLOSED)]),
    lead_provider=st.none() | st.just(PURPLE_LEARNING),
    delivery_partner=st.none() | st.just(NORTH_HUB),
    provider_relationship=st.booleans(),
    partnerships=st.lists(
        st.builds(
            evolve,
            st.just(PARTNERSHIP),
            lead_provider_id=st.sampled_from([PURPLE_LEARNING.id, ORANGE_INSTITUTE.id]),
            relationship=st.booleans(),
            challenge=st.none() | st.just(Challenge(ChallengeReason.NO_ECTS, NOW)),
        ),
        max_size=3,
    ).map(tuple),
    partnered_last_year=st.booleans(),
    school_cohort=st.none() | st.sampled_from([CHOSEN, NOT_YET_KNOWN, NO_ECTS]),
)


@PROFILES
@given(proposal=proposals)
def test_any_combination_of_missing_facts_has_an_answer(
    profile: RuleProfile, proposal: Proposal
) -> None:
    """And it is at most one violation of each field."""
    codes = _codes(profile, proposal)
    assert len({field for field, _ in codes}) == len(codes)
    if proposal.cohort is None:
        assert any(field == "cohort" for field, _ in codes)
