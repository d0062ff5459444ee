from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import Refused
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.queries import Queries
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import ECF1
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    CLOSED_ID,
    COHORT_2023,
    EAST_HUB,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
    TUTOR,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.create_partnership import CreatePartnership

PROVIDER_LED = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")


@pytest.fixture
def _confirmed(use_cases: UseCases) -> None:
    use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)


@pytest.fixture
def as_ecf1(use_cases: UseCases) -> CreatePartnership:
    return evolve(use_cases.create_partnership, rules=ECF1)


def _challenged(use_cases: UseCases, partnership: Partnership, reason: str = "mistake") -> None:
    use_cases.challenge_partnership(
        ChallengeRequest(partnership_id=partnership.id, reason=reason), by=ADMINISTRATOR
    )


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [violation.code for violation in refusal.value.violations]


@pytest.mark.usefixtures("_confirmed")
def test_a_partnership_is_formed_with_a_school_that_chose_provider_led(
    use_cases: UseCases, queries: Queries
) -> None:
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    partnership = formed.partnership
    assert partnership.current
    assert (partnership.created_at, partnership.updated_at) == (NOW, NOW)
    assert partnership.challenge_deadline == NOW + timedelta(days=14)
    assert queries.partnerships.one(partnership.id) == PartnershipRow.of(formed)


@pytest.mark.usefixtures("_confirmed")
def test_the_parties_come_back_with_the_partnership(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    with storage.begin() as work:
        work.schools.set_induction_tutor(GREENDALE_ID, TUTOR)
        work.commit()
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert formed.school.induction_tutor == TUTOR
    assert (formed.lead_provider, formed.delivery_partner) == (PURPLE_LEARNING, NORTH_HUB)


@pytest.mark.usefixtures("_confirmed")
def test_before_the_academic_year_the_window_ends_a_fortnight_into_it(
    use_cases: UseCases, clock: SettableClock
) -> None:
    clock.instant = datetime(2024, 6, 20, 12, tzinfo=UTC)
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert formed.partnership.challenge_deadline == datetime(2024, 9, 15, tzinfo=UTC)


@pytest.mark.usefixtures("_confirmed")
def test_a_cohort_without_a_start_of_its_academic_year_has_the_default_window(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    with storage.begin() as work:
        cohort = work.cohorts.find(2024)
        assert cohort is not None
        work.cohorts.put(evolve(cohort, academic_year_start_date=None), at=NOW)
        work.commit()
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert formed.partnership.challenge_deadline == NOW + timedelta(days=14)


def test_a_refusal_names_every_field_blanks_first_and_stores_nothing(
    use_cases: UseCases, queries: Queries, storage: MemoryStorage
) -> None:
    before = storage.state
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(
            evolve(a_request(school=CLOSED_ID), cohort=None, delivery_partner_id=None),
            by=ADMINISTRATOR,
        )
    assert [(v.field, v.code) for v in refusal.value.violations] == [
        ("cohort", "blank"),
        ("delivery_partner_id", "blank"),
        ("school_id", "ineligible_error"),
    ]
    assert storage.state is before
    assert queries.partnerships.all(PartnershipsFilter()) == ()


@pytest.mark.usefixtures("_confirmed")
def test_forming_it_twice_is_refused(use_cases: UseCases) -> None:
    use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(a_request(delivery_partner=EAST_HUB), by=ADMINISTRATOR)
    assert _codes(refusal) == ["already_confirmed"]
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(a_request(lead_provider=ORANGE_INSTITUTE), by=ADMINISTRATOR)
    assert _codes(refusal) == ["recruited_by_other_provider"]


@pytest.mark.usefixtures("_confirmed")
def test_a_challenged_partnership_is_used_again(
    use_cases: UseCases, clock: SettableClock, queries: Queries
) -> None:
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    _challenged(use_cases, first)
    clock.advance(days=3)
    again = use_cases.create_partnership(
        a_request(delivery_partner=SOUTH_HUB), by=ADMINISTRATOR
    ).partnership
    assert again.id == first.id
    assert again.current
    assert again.delivery_partner_id == SOUTH_HUB.id
    assert again.created_at == first.created_at
    assert again.challenge_deadline == clock.instant + timedelta(days=14)
    assert [entry.event for entry in queries.partnerships.history(first.id)] == [
        "partnership_reported",
        "partnership_challenged",
        "challenge_lifted",
        "partnership_reported",
    ]


@pytest.mark.usefixtures("_confirmed")
def test_a_relationship_partnership_with_the_delivery_partner_is_promoted(
    use_cases: UseCases, storage: MemoryStorage, queries: Queries
) -> None:
    """Even beside a challenged partnership, which stays as it is (decision D-20)."""
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    _challenged(use_cases, first)
    relationship = evolve(
        A_PARTNERSHIP, delivery_partner_id=EAST_HUB.id, relationship=True, challenge_deadline=None
    )
    with storage.begin() as work:
        work.partnerships.add(relationship)
        work.commit()
    promoted = use_cases.create_partnership(
        a_request(delivery_partner=EAST_HUB), by=ADMINISTRATOR
    ).partnership
    assert promoted.id == relationship.id
    assert promoted.current
    assert promoted.challenge_deadline is not None
    stays = queries.partnerships.one(first.id)
    assert stays is not None
    assert stays.status == "challenged"
    (default,) = (
        p
        for p in queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).induction_programmes
        if p.default
    )
    assert default.partnership_id == promoted.id


@pytest.mark.usefixtures("_confirmed")
def test_another_lead_provider_takes_over_after_a_challenge(
    use_cases: UseCases, queries: Queries
) -> None:
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    _challenged(use_cases, first)
    second = use_cases.create_partnership(
        a_request(lead_provider=ORANGE_INSTITUTE), by=ADMINISTRATOR
    ).partnership
    assert second.id != first.id
    programmes = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).induction_programmes
    assert [(p.partnership_id, p.default) for p in programmes] == [
        (first.id, False),
        (second.id, True),
    ]
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert _codes(refusal) == ["recruited_by_other_provider"]


def test_as_ecf1_a_school_that_said_nothing_becomes_provider_led(
    as_ecf1: CreatePartnership, queries: Queries
) -> None:
    formed = as_ecf1(a_request(), by=ADMINISTRATOR).partnership
    standing = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW)
    assert standing.programme == "provider_led"
    assert [p.partnership_id for p in standing.induction_programmes] == [formed.id]
    assert formed.challenge_deadline == datetime(2024, 10, 31, tzinfo=UTC)


@pytest.mark.parametrize("choice", ["school_led", "no_early_career_teachers"])
def test_as_ecf1_a_school_that_chose_otherwise_is_flipped(
    use_cases: UseCases, as_ecf1: CreatePartnership, queries: Queries, choice: str
) -> None:
    use_cases.confirm_programme(evolve(PROVIDER_LED, programme=choice), by=ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert _codes(refusal) == ["school_programme_not_yet_confirmed"]
    formed = as_ecf1(a_request(), by=ADMINISTRATOR).partnership
    standing = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW)
    assert standing.programme == "provider_led"
    (default,) = (p for p in standing.induction_programmes if p.default)
    assert default.partnership_id == formed.id


def test_as_ecf1_a_school_partnered_last_year_must_say_so_again(
    use_cases: UseCases, as_ecf1: CreatePartnership
) -> None:
    use_cases.confirm_programme(evolve(PROVIDER_LED, cohort=2023), by=ADMINISTRATOR)
    as_ecf1(a_request(cohort=COHORT_2023), by=ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        as_ecf1(a_request(), by=ADMINISTRATOR)
    assert _codes(refusal) == ["school_programme_not_yet_confirmed"]
    use_cases.confirm_programme(
        evolve(PROVIDER_LED, programme=ProgrammeChoice.NOT_YET_KNOWN.value), by=ADMINISTRATOR
    )
    with pytest.raises(Refused) as refusal:
        as_ecf1(a_request(), by=ADMINISTRATOR)
    assert _codes(refusal) == ["school_programme_not_yet_confirmed"]


@pytest.mark.usefixtures("_confirmed")
def test_a_dry_run_shows_the_would_be_partnership_and_stores_nothing(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    before = storage.state
    would_be = use_cases.create_partnership(a_request(), by=ADMINISTRATOR, dry_run=True)
    assert would_be.partnership.current
    assert storage.state is before
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert evolve(would_be.partnership, id=formed.partnership.id) == formed.partnership


@pytest.mark.usefixtures("_confirmed")
def test_a_dry_run_is_refused_as_the_act_would_be(use_cases: UseCases) -> None:
    use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR, dry_run=True)
    assert _codes(refusal) == ["already_confirmed"]


@pytest.mark.usefixtures("_confirmed")
def test_an_explanation_tells_of_every_rule_and_changes_nothing(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    before = storage.state
    assert use_cases.explain_partnership(a_request()).allowed
    explained = use_cases.explain_partnership(a_request(school=CLOSED_ID))
    assert not explained.allowed
    assert [j.rule.code for j in explained.judgements if j.passed is False] == ["ineligible_error"]
    assert len(explained.judgements) == 14
    assert storage.state is before
