"""Who moves when a school's standing changes: forming, confirming, repairing, migrating."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import Refused
from ecf_core.events import ParticipantsMigrated
from ecf_core.model.ids import InductionProgrammeId, ParticipantId, PartnershipId
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.changing_the_partnership import PartnershipChangeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.migrating_participants import MigrationRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.contracts.enrolled import ANOTHER_PROGRAMME
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

BY_ORANGE = a_request(lead_provider=ORANGE_INSTITUTE)


@pytest.fixture(autouse=True)
def _furnished(storage: MemoryStorage, use_cases: UseCases) -> None:
    furnish_for_participants(storage.begin)
    for school in (GREENDALE_ID, RIVERSIDE_ID):
        _choose(use_cases, "provider_led", evolve(PROVIDER_LED, school_id=school))


PROVIDER_LED = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")


def _choose(
    use_cases: UseCases, programme: str, request: ProgrammeRequest = PROVIDER_LED
) -> InductionProgrammeId | None:
    chosen = use_cases.confirm_programme(evolve(request, programme=programme), by=ADMINISTRATOR)
    return chosen.default_programme.id if chosen.default_programme else None


def _enrol(use_cases: UseCases, name: str = "Ada Teacher") -> ParticipantId:
    return use_cases.enrol_participant(an_enrolment(name), by=ADMINISTRATOR).person.id


def _challenge(use_cases: UseCases, id_: PartnershipId, reason: str = "mistake") -> None:
    request = ChallengeRequest(partnership_id=id_, reason=reason)
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)


def _row(queries: Queries, id_: ParticipantId) -> ParticipantRow:
    (row,) = queries.participants.all(ParticipantsFilter(id=id_))
    return row


def _default(queries: Queries) -> InductionProgrammeId | None:
    return queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).default_programme_id


def _migrations(storage: MemoryStorage) -> list[ParticipantsMigrated]:
    events = (happened.event for happened in storage.state.events)
    return [event for event in events if isinstance(event, ParticipantsMigrated)]


def test_a_default_programme_that_adopts_the_partnership_takes_its_participants_along(
    use_cases: UseCases, queries: Queries
) -> None:
    """They stay in their records, which have a lead provider now."""
    ada = _enrol(use_cases)
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert formed.moved is None
    (record,) = _row(queries, ada).induction_records
    assert record.partnership_id == formed.partnership.id
    assert record.lead_provider == PURPLE_LEARNING.name


def test_after_a_challenge_participants_wait_and_move_with_the_next_partnership(
    use_cases: UseCases, queries: Queries, clock: SettableClock, storage: MemoryStorage
) -> None:
    ada, bo = _enrol(use_cases), _enrol(use_cases, "Bo Teacher")
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    former = _default(queries)
    clock.advance(days=1)
    _challenge(use_cases, first.id)
    assert _row(queries, ada).latest.programme_id == former
    clock.advance(days=1)
    foreseen = use_cases.create_partnership(BY_ORANGE, by=ADMINISTRATOR, dry_run=True).moved
    second = use_cases.create_partnership(BY_ORANGE, by=ADMINISTRATOR)
    assert second.moved is not None
    assert foreseen is not None
    assert (second.moved.participants, foreseen.participants) == (2, 2)
    assert second.moved.from_programmes == foreseen.from_programmes == (former,)
    assert second.moved.to_programme == _default(queries)
    for each in (ada, bo):
        old, new = _row(queries, each).induction_records
        assert (old.induction_status, old.end_date) == ("changed", clock.instant)
        assert (new.induction_status, new.start_date, new.end_date) == (
            "active",
            clock.instant,
            None,
        )
        assert (old.partnership_id, new.partnership_id) == (first.id, second.partnership.id)
        assert (old.lead_provider, new.lead_provider) == (None, ORANGE_INSTITUTE.name)
    (migrated,) = _migrations(storage)
    assert migrated.participants == 2
    assert (migrated.from_programmes, migrated.to_programme) == ((former,), _default(queries))


def test_whoever_starts_later_moves_without_a_trace(use_cases: UseCases, queries: Queries) -> None:
    later = evolve(an_enrolment(), start_date=date(2025, 1, 6))
    ada = use_cases.enrol_participant(later, by=ADMINISTRATOR).person.id
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    _challenge(use_cases, first.id)
    second = use_cases.create_partnership(BY_ORANGE, by=ADMINISTRATOR).partnership
    (record,) = _row(queries, ada).induction_records
    assert record.partnership_id == second.id
    assert record.induction_status == "active"


def test_whoever_is_still_to_come_is_not_forgotten(use_cases: UseCases, queries: Queries) -> None:
    request = an_enrolment(school=RIVERSIDE)
    ada = use_cases.enrol_participant(request, by=ADMINISTRATOR).person.id
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    transfer = TransferRequest(
        participant_id=ada,
        to_urn=GREENDALE.urn,
        programme="school",
        start_date=date(2024, 12, 2),
    )
    use_cases.transfer_participant(transfer, by=ADMINISTRATOR)
    _challenge(use_cases, first.id)
    second = use_cases.create_partnership(BY_ORANGE, by=ADMINISTRATOR)
    assert second.moved is not None
    assert second.moved.participants == 1
    leaving, coming = _row(queries, ada).induction_records
    assert leaving.urn == RIVERSIDE.urn
    assert coming.partnership_id == second.partnership.id
    assert coming.school_transfer is True


def test_a_school_without_ects_after_all_takes_those_it_left_behind_along(
    use_cases: UseCases, queries: Queries
) -> None:
    """They wait in what was the default programme; the next partnership finds them."""
    ada = _enrol(use_cases)
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    former = _default(queries)
    _challenge(use_cases, first.id, "no_ects")
    _choose(use_cases, "provider_led")
    assert _row(queries, ada).latest.programme_id == former
    second = use_cases.create_partnership(BY_ORANGE, by=ADMINISTRATOR).partnership
    assert _row(queries, ada).latest.programme_id == _default(queries)
    assert _row(queries, ada).latest.partnership_id == second.id


def test_a_challenge_lifted_moves_nobody(use_cases: UseCases, queries: Queries) -> None:
    ada = _enrol(use_cases)
    first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    before = _row(queries, ada)
    _challenge(use_cases, first.id)
    assert _row(queries, ada) != before
    again = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    assert again.partnership.id == first.id
    assert _row(queries, ada) == before


def test_a_new_choice_takes_the_participants_of_the_former_default_along(
    use_cases: UseCases, queries: Queries, storage: MemoryStorage
) -> None:
    ada = _enrol(use_cases)
    for moves, choice in enumerate(("school_led", "provider_led", "school_led"), start=1):
        default = _choose(use_cases, choice)
        latest = _row(queries, ada).latest
        assert (latest.programme_id, latest.training_programme) == (default, choice)
        assert [event.participants for event in _migrations(storage)] == [1] * moves


@pytest.mark.parametrize("choice", ["no_early_career_teachers", "not_yet_known"])
def test_without_training_the_participants_stay_where_they_are(
    use_cases: UseCases, queries: Queries, choice: str
) -> None:
    ada = _enrol(use_cases)
    before = _row(queries, ada)
    _choose(use_cases, choice)
    assert _row(queries, ada) == before


def test_another_delivery_partner_moves_nobody(use_cases: UseCases, queries: Queries) -> None:
    ada = _enrol(use_cases)
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    updated = use_cases.update_partnership(
        UpdateRequest(
            partnership_id=formed.id,
            lead_provider_id=PURPLE_LEARNING.id,
            delivery_partner_id=SOUTH_HUB.id,
        ),
        by=ADMINISTRATOR,
    )
    assert updated.moved is None
    (record,) = _row(queries, ada).induction_records
    assert record.delivery_partner == SOUTH_HUB.name


@pytest.fixture
def _gone_wrong(storage: MemoryStorage, use_cases: UseCases) -> PartnershipId:
    """A school with a partnership whose default programme has none, as no use case leaves it."""
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    with storage.begin() as work:
        school_cohort = work.school_cohorts.find(GREENDALE_ID, 2024)
        assert school_cohort is not None
        assert school_cohort.default_programme is not None
        bare = evolve(school_cohort.default_programme, partnership_id=None)
        work.school_cohorts.save(evolve(school_cohort, default_programme=bare))
        work.school_cohorts.add_programme(GREENDALE_ID, 2024, ANOTHER_PROGRAMME, at=NOW)
        work.commit()
    return formed.id


def test_a_school_is_put_under_its_partnership_by_hand(
    use_cases: UseCases,
    queries: Queries,
    _gone_wrong: PartnershipId,  # noqa: PT019
) -> None:
    waiting = evolve(an_enrolment(), programme_id=ANOTHER_PROGRAMME.id)
    ada = use_cases.enrol_participant(waiting, by=ADMINISTRATOR).person.id
    request = PartnershipChangeRequest(urn=GREENDALE.urn, cohort=2024, partnership_id=_gone_wrong)
    repaired = use_cases.change_partnership(request, by=ADMINISTRATOR)
    assert (repaired.action, repaired.migrated) == ("adopted", 1)
    assert _row(queries, ada).latest.partnership_id == _gone_wrong
    again = use_cases.change_partnership(request, by=ADMINISTRATOR)
    assert (again.action, again.migrated) == ("unchanged", 0)


def test_an_update_repairs_what_it_finds(
    use_cases: UseCases,
    queries: Queries,
    _gone_wrong: PartnershipId,  # noqa: PT019
) -> None:
    waiting = evolve(an_enrolment(), programme_id=ANOTHER_PROGRAMME.id)
    ada = use_cases.enrol_participant(waiting, by=ADMINISTRATOR).person.id
    update = UpdateRequest(
        partnership_id=_gone_wrong,
        lead_provider_id=PURPLE_LEARNING.id,
        delivery_partner_id=SOUTH_HUB.id,
    )
    foreseen = use_cases.update_partnership(update, by=ADMINISTRATOR, dry_run=True)
    assert len(_row(queries, ada).induction_records) == 1
    updated = use_cases.update_partnership(update, by=ADMINISTRATOR)
    assert foreseen.moved is not None
    assert updated.moved is not None
    assert (foreseen.moved.participants, updated.moved.participants) == (1, 1)
    assert _row(queries, ada).latest.partnership_id == _gone_wrong


def test_participants_are_migrated_by_hand(
    use_cases: UseCases, queries: Queries, storage: MemoryStorage
) -> None:
    ada = _enrol(use_cases)
    with storage.begin() as work:
        work.school_cohorts.add_programme(GREENDALE_ID, 2024, ANOTHER_PROGRAMME, at=NOW)
        work.commit()
    request = MigrationRequest(from_programme=_default(queries), to_programme=ANOTHER_PROGRAMME.id)
    foreseen = use_cases.migrate_participants(request, by=ADMINISTRATOR, dry_run=True)
    assert foreseen.participants == 1
    assert len(_row(queries, ada).induction_records) == 1
    assert use_cases.migrate_participants(request, by=ADMINISTRATOR) == foreseen
    assert _row(queries, ada).latest.programme_id == ANOTHER_PROGRAMME.id
    again = use_cases.migrate_participants(request, by=ADMINISTRATOR)
    assert again.participants == 0
    assert len(_migrations(storage)) == 1


@pytest.mark.parametrize("challenged", [True, False])
def test_by_hand_those_to_come_stay_under_a_partnership_that_stands(
    use_cases: UseCases, queries: Queries, storage: MemoryStorage, *, challenged: bool
) -> None:
    request = an_enrolment(school=RIVERSIDE)
    ada = use_cases.enrol_participant(request, by=ADMINISTRATOR).person.id
    formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR).partnership
    day = (NOW + timedelta(days=30)).date()
    transfer = TransferRequest(
        participant_id=ada, to_urn=GREENDALE.urn, programme="school", start_date=day
    )
    use_cases.transfer_participant(transfer, by=ADMINISTRATOR)
    with storage.begin() as work:
        work.school_cohorts.add_programme(GREENDALE_ID, 2024, ANOTHER_PROGRAMME, at=NOW)
        work.commit()
    if challenged:
        _challenge(use_cases, formed.id)
    moved = use_cases.migrate_participants(
        MigrationRequest(from_programme=_default(queries), to_programme=ANOTHER_PROGRAMME.id),
        by=ADMINISTRATOR,
    )
    assert moved.participants == int(challenged)


def test_participants_go_to_another_school_only_by_a_transfer(
    use_cases: UseCases, queries: Queries
) -> None:
    there = queries.schools.cohort(RIVERSIDE_ID, 2024, at=NOW).default_programme_id
    request = MigrationRequest(from_programme=_default(queries), to_programme=there)
    with pytest.raises(Refused) as refusal:
        use_cases.migrate_participants(request, by=ADMINISTRATOR)
    assert [v.code for v in refusal.value.violations] == ["another_school_cohort"]
    assert queries.participants.all(ParticipantsFilter()) == ()
