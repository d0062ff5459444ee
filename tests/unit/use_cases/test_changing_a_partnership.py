from datetime import timedelta
from functools import partial

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import NotFound, Refused
from ecf_core.model.ids import NOTHING, PartnershipId, SchoolId
from ecf_core.model.partnership import ChallengeReason, Partnership
from ecf_core.model.providers import ProviderRelationship
from ecf_core.queries import Queries
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, ANOTHER_ID
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    EAST_HUB,
    GREENDALE_ID,
    IDLE_HUB,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases

PROVIDER_LED = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")


@pytest.fixture
def formed(use_cases: UseCases) -> Partnership:
    use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)
    return use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership


def _update(partnership: Partnership) -> UpdateRequest:
    return UpdateRequest(
        partnership_id=partnership.id,
        lead_provider_id=PURPLE_LEARNING.id,
        delivery_partner_id=SOUTH_HUB.id,
    )


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [violation.code for violation in refusal.value.violations]


def _events(queries: Queries, partnership: Partnership) -> list[str]:
    return [entry.event for entry in queries.partnerships.history(partnership.id)]


def test_another_delivery_partner_starts_a_new_challenge_window(
    use_cases: UseCases, clock: SettableClock, queries: Queries, formed: Partnership
) -> None:
    clock.advance(days=5)
    updated = use_cases.update_partnership(_update(formed), by=ADMINISTRATOR)
    assert updated.partnership.id == formed.id
    assert updated.delivery_partner == SOUTH_HUB
    assert updated.partnership.challenge_deadline == clock.instant + timedelta(days=14)
    assert _events(queries, formed) == ["partnership_reported", "partnership_updated"]


def test_what_changes_is_shown_as_changed_though_the_clock_was_set_back(
    use_cases: UseCases, clock: SettableClock, queries: Queries, formed: Partnership
) -> None:
    """A sandbox's clock can be; who polls for changes sees each of them."""
    use_cases.set_induction_tutor(GREENDALE_ID, name="T", email="t@example.org", by=ADMINISTRATOR)
    challenge = ChallengeRequest(partnership_id=formed.id, reason=ChallengeReason.MISTAKE)
    seen = []
    for act in (
        partial(use_cases.update_partnership, _update(formed)),
        partial(use_cases.challenge_partnership, challenge),
        partial(use_cases.create_partnership, a_request()),
    ):
        clock.advance(days=-1)
        act(by=ADMINISTRATOR)
        row = queries.partnerships.one(formed.id)
        assert row is not None
        seen.append(row.updated_at)
    assert NOW < seen[0] < seen[1] < seen[2]


def test_the_same_delivery_partner_changes_nothing(
    use_cases: UseCases,
    clock: SettableClock,
    queries: Queries,
    storage: MemoryStorage,
    formed: Partnership,
) -> None:
    clock.advance(days=5)
    with storage.begin() as work:
        before = work.partnerships.find(formed.id)
    same = evolve(_update(formed), delivery_partner_id=NORTH_HUB.id)
    updated = use_cases.update_partnership(same, by=ADMINISTRATOR)
    assert updated.partnership == before
    with storage.begin() as work:
        assert work.partnerships.find(formed.id) == before
    assert _events(queries, formed) == ["partnership_reported"]


def test_an_update_can_be_tried_without_storing_it(
    use_cases: UseCases, queries: Queries, formed: Partnership
) -> None:
    before = queries.partnerships.one(formed.id)
    would_be = use_cases.update_partnership(_update(formed), by=ADMINISTRATOR, dry_run=True)
    assert would_be.partnership.delivery_partner_id == SOUTH_HUB.id
    assert queries.partnerships.one(formed.id) == before


@pytest.mark.parametrize(
    "request_",
    [
        {"partnership_id": PartnershipId(NOTHING)},
        {"partnership_id": None},
        {"lead_provider_id": ORANGE_INSTITUTE.id},
    ],
    ids=["unknown", "not named", "another lead provider's"],
)
def test_a_partnership_that_is_not_the_lead_providers_is_not_found(
    use_cases: UseCases, formed: Partnership, request_: dict[str, None]
) -> None:
    with pytest.raises(NotFound) as refusal:
        use_cases.update_partnership(evolve(_update(formed), **request_), by=ADMINISTRATOR)
    assert refusal.value.violations[0].message == "Enter a '#/partnership'."


def test_updates_that_are_refused(
    use_cases: UseCases, storage: MemoryStorage, formed: Partnership
) -> None:
    def refused(**changes: object) -> list[str]:
        with pytest.raises(Refused) as refusal:
            use_cases.update_partnership(
                evolve(_update(formed), **changes),  # type: ignore[arg-type]  # of many types
                by=ADMINISTRATOR,
            )
        return _codes(refusal)

    relationship = evolve(
        A_PARTNERSHIP,
        id=ANOTHER_ID,
        delivery_partner_id=EAST_HUB.id,
        relationship=True,
        challenge_deadline=None,
    )
    with storage.begin() as work:
        work.partnerships.add(relationship)
        work.commit()
    assert refused(delivery_partner_id=None) == ["blank"]
    assert refused(delivery_partner_id=NOTHING) == ["invalid"]
    assert refused(delivery_partner_id=IDLE_HUB.id) == ["no_relationship"]
    assert refused(delivery_partner_id=EAST_HUB.id) == ["duplicate_delivery_partner"]
    challenge = ChallengeRequest(partnership_id=formed.id, reason="mistake")
    use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)
    assert refused() == ["partnership_challenged"]
    assert refused(delivery_partner_id=NORTH_HUB.id) == ["partnership_challenged"]


def test_the_present_delivery_partner_is_refused_once_its_relationship_is_discarded(
    use_cases: UseCases, formed: Partnership
) -> None:
    ended = ProviderRelationship(
        lead_provider_id=PURPLE_LEARNING.id, delivery_partner_id=NORTH_HUB.id, cohort=2024
    )
    use_cases.discard_provider_relationship(ended, by=ADMINISTRATOR)
    same = evolve(_update(formed), delivery_partner_id=NORTH_HUB.id)
    with pytest.raises(Refused) as refusal:
        use_cases.update_partnership(same, by=ADMINISTRATOR)
    assert _codes(refusal) == ["no_relationship"]


@pytest.mark.parametrize("reason", list(ChallengeReason))
def test_a_school_challenges_for_one_of_five_reasons(
    use_cases: UseCases,
    clock: SettableClock,
    queries: Queries,
    formed: Partnership,
    reason: ChallengeReason,
) -> None:
    """An administrator records it, in the window or after it."""
    clock.advance(days=100)
    request = ChallengeRequest(partnership_id=formed.id, reason=reason.value)
    challenged = use_cases.challenge_partnership(request, by=ADMINISTRATOR).partnership
    assert challenged.challenge is not None
    assert (challenged.challenge.reason, challenged.challenge.at) == (reason, clock.instant)
    assert challenged.challenge_deadline == formed.challenge_deadline
    assert _events(queries, formed) == ["partnership_reported", "partnership_challenged"]
    standing = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW)
    if reason is ChallengeReason.NO_ECTS:
        assert standing.programme == "no_early_career_teachers"
        assert standing.default_programme_id is None
    else:
        assert standing.programme == "provider_led"
        assert standing.default_programme_id is not None


def test_challenges_that_are_refused(use_cases: UseCases, formed: Partnership) -> None:
    request = ChallengeRequest(partnership_id=formed.id, reason="mistake")
    for reason, code in ((None, "blank"), ("", "blank"), ("because", "invalid")):
        with pytest.raises(Refused) as refusal:
            use_cases.challenge_partnership(evolve(request, reason=reason), by=ADMINISTRATOR)
        assert _codes(refusal) == [code]
    with pytest.raises(NotFound):
        use_cases.challenge_partnership(
            evolve(request, partnership_id=PartnershipId(NOTHING)), by=ADMINISTRATOR
        )
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        use_cases.challenge_partnership(request, by=ADMINISTRATOR)
    assert _codes(refusal) == ["already_challenged"]


def test_a_relationship_partnership_challenged_for_no_ects_says_nothing_of_the_school(
    use_cases: UseCases, storage: MemoryStorage, queries: Queries, formed: Partnership
) -> None:
    relationship = evolve(
        A_PARTNERSHIP,
        id=ANOTHER_ID,
        lead_provider_id=ORANGE_INSTITUTE.id,
        relationship=True,
        challenge_deadline=None,
    )
    with storage.begin() as work:
        work.partnerships.add(relationship)
        work.commit()
    request = ChallengeRequest(partnership_id=relationship.id, reason="no_ects")
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)
    assert queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).programme == "provider_led"
    row = queries.partnerships.one(formed.id)
    assert row is not None
    assert row.status == "active"


def test_a_school_cannot_change_away_from_provider_led_while_it_is_partnered(
    use_cases: UseCases, formed: Partnership
) -> None:
    for programme in ("school_led", "not_yet_known", "no_early_career_teachers"):
        with pytest.raises(Refused) as refusal:
            use_cases.confirm_programme(evolve(PROVIDER_LED, programme=programme), by=ADMINISTRATOR)
        assert _codes(refusal) == ["partnership_in_place"]
    challenge = ChallengeRequest(partnership_id=formed.id, reason="mistake")
    use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)
    school_led = evolve(PROVIDER_LED, programme="school_led")
    assert use_cases.confirm_programme(school_led, by=ADMINISTRATOR).choice == "school_led"


def test_saying_the_same_again_changes_nothing(
    use_cases: UseCases, clock: SettableClock, storage: MemoryStorage
) -> None:
    first = use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR)
    clock.advance(days=1)
    before = storage.state.school_cohorts
    assert use_cases.confirm_programme(PROVIDER_LED, by=ADMINISTRATOR) == first
    assert storage.state.school_cohorts == before
    assert len(storage.state.events) == 1
    assert first.created_at == NOW


def test_choices_that_are_refused(use_cases: UseCases) -> None:
    def refused(request: ProgrammeRequest) -> list[tuple[str, str]]:
        with pytest.raises(Refused) as refusal:
            use_cases.confirm_programme(request, by=ADMINISTRATOR)
        return [(v.field, v.code) for v in refusal.value.violations]

    assert refused(ProgrammeRequest(school_id=None, cohort=None, programme=None)) == [
        ("cohort", "blank"),
        ("school_id", "blank"),
        ("programme", "blank"),
    ]
    unknown = ProgrammeRequest(school_id=SchoolId(NOTHING), cohort=1999, programme="pigeon_post")
    assert refused(unknown) == [
        ("cohort", "invalid"),
        ("school_id", "invalid"),
        ("programme", "invalid"),
    ]
