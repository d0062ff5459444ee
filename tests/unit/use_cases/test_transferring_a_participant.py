from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import NotFound, Refused
from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import ParticipantType
from ecf_core.queries import Queries
from ecf_core.queries.participants import InductionRecordRow, ParticipantsFilter
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

ON = date(2024, 12, 2)
A_TRANSFER = TransferRequest(participant_id=None, to_urn=RIVERSIDE.urn, programme="continue")


@pytest.fixture(autouse=True)
def ada(storage: MemoryStorage, use_cases: UseCases) -> ParticipantId:
    """An ECT who trains with Purple Learning."""
    furnish_for_participants(storage.begin)
    _choose(use_cases, "provider_led", GREENDALE_ID)
    use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
    return use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR).person.id


def _choose(use_cases: UseCases, programme: str, school: object = RIVERSIDE_ID) -> None:
    request = ProgrammeRequest(school_id=school, cohort=2024, programme=programme)  # type: ignore[arg-type]
    use_cases.confirm_programme(request, by=ADMINISTRATOR)


def _go(
    use_cases: UseCases,
    who: ParticipantId,
    how: str = "continue",
    *,
    to: str = RIVERSIDE.urn,
    on: date | None = None,
) -> None:
    request = TransferRequest(participant_id=who, to_urn=to, programme=how, start_date=on)
    use_cases.transfer_participant(request, by=ADMINISTRATOR)


def _records(queries: Queries, who: ParticipantId) -> tuple[InductionRecordRow, ...]:
    (row,) = queries.participants.all(ParticipantsFilter(id=who))
    return row.induction_records


def _at_riverside(queries: Queries) -> list[PartnershipRow]:
    every = queries.partnerships.all(PartnershipsFilter())
    return [row for row in every if row.school_id == RIVERSIDE_ID]


def test_a_participant_joins_the_new_schools_own_programme(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    theirs = a_request(school=RIVERSIDE_ID, lead_provider=ORANGE_INSTITUTE)
    use_cases.create_partnership(theirs, by=ADMINISTRATOR)
    _go(use_cases, ada, "school", on=ON)
    left, joined = _records(queries, ada)
    there = datetime(2024, 12, 2, tzinfo=UTC)
    assert (left.urn, left.induction_status, left.end_date) == (GREENDALE.urn, "leaving", there)
    assert left.school_transfer is False
    assert (joined.urn, joined.induction_status) == (RIVERSIDE.urn, "active")
    assert (joined.start_date, joined.end_date) == (there, None)
    assert (joined.school_transfer, joined.training_status) == (True, "active")
    assert joined.lead_provider == ORANGE_INSTITUTE.name
    assert joined.schedule == left.schedule


def test_a_participant_continues_under_a_relationship_partnership(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    default = queries.schools.cohort(RIVERSIDE_ID, 2024, at=NOW).default_programme_id
    _go(use_cases, ada)
    (made,) = _at_riverside(queries)
    assert made.relationship
    assert (made.status, made.challenge_deadline) == ("active", None)
    assert made.lead_provider == PURPLE_LEARNING.name
    standing = queries.schools.cohort(RIVERSIDE_ID, 2024, at=NOW)
    assert standing.default_programme_id == default
    joined = _records(queries, ada)[-1]
    assert joined.partnership_id == made.id
    assert joined.start_date == NOW
    history = queries.partnerships.history(made.id)
    assert [entry.event for entry in history] == ["relationship_partnership_made"]


def test_a_second_participant_finds_what_the_first_was_given(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    bo = use_cases.enrol_participant(an_enrolment("Bo Teacher"), by=ADMINISTRATOR).person.id
    _go(use_cases, ada)
    _go(use_cases, bo)
    assert len(_at_riverside(queries)) == 1
    first, second = _records(queries, ada)[-1], _records(queries, bo)[-1]
    assert first.programme_id == second.programme_id


def test_a_school_in_partnership_with_the_providers_needs_no_other(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    use_cases.create_partnership(a_request(school=RIVERSIDE_ID), by=ADMINISTRATOR)
    _go(use_cases, ada)
    (own,) = _at_riverside(queries)
    assert not own.relationship
    default = queries.schools.cohort(RIVERSIDE_ID, 2024, at=NOW).default_programme_id
    assert _records(queries, ada)[-1].programme_id == default


@pytest.mark.parametrize("choice", [None, "no_early_career_teachers", "not_yet_known"])
def test_a_school_that_trains_nobody_takes_up_the_training_with_its_providers(
    use_cases: UseCases, queries: Queries, ada: ParticipantId, choice: str | None
) -> None:
    if choice:
        _choose(use_cases, choice)
    _go(use_cases, ada)
    (own,) = _at_riverside(queries)
    assert not own.relationship
    assert own.challenge_deadline is not None
    standing = queries.schools.cohort(RIVERSIDE_ID, 2024, at=NOW)
    assert standing.programme == "provider_led"
    assert standing.default_programme_id == _records(queries, ada)[-1].programme_id


@pytest.mark.parametrize(
    ("choice", "after", "programmes"),
    [
        (None, "school_led", 1),
        ("school_led", "school_led", 1),
        ("provider_led", "provider_led", 2),
    ],
)
def test_school_led_continues_school_led(
    use_cases: UseCases, queries: Queries, choice: str | None, after: str, programmes: int
) -> None:
    request = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2023, programme="school_led")
    use_cases.confirm_programme(request, by=ADMINISTRATOR)
    if choice:
        use_cases.confirm_programme(
            evolve(request, school_id=RIVERSIDE_ID, programme=choice), by=ADMINISTRATOR
        )
    bo = use_cases.enrol_participant(
        evolve(an_enrolment("Bo Teacher"), cohort=2023), by=ADMINISTRATOR
    ).person.id
    _go(use_cases, bo)
    standing = queries.schools.cohort(RIVERSIDE_ID, 2023, at=NOW)
    assert standing.programme == after
    assert len(standing.induction_programmes) == programmes
    joined = _records(queries, bo)[-1]
    assert (joined.training_programme, joined.urn) == ("school_led", RIVERSIDE.urn)


def test_those_who_wait_at_the_new_school_move_into_its_partnership(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    cy = use_cases.enrol_participant(
        an_enrolment("Cy Teacher", school=RIVERSIDE), by=ADMINISTRATOR
    ).person.id
    _choose(use_cases, "no_early_career_teachers")
    _go(use_cases, ada)
    (own,) = _at_riverside(queries)
    assert _records(queries, cy)[-1].partnership_id == own.id


def test_a_relationship_partnership_may_be_promoted_with_its_participant_in_it(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    _go(use_cases, ada)
    before = _records(queries, ada)
    promoted = use_cases.create_partnership(a_request(school=RIVERSIDE_ID), by=ADMINISTRATOR)
    assert promoted.partnership.id == before[-1].partnership_id
    assert _records(queries, ada) == before


def test_from_school_to_school_the_records_follow_one_another(
    use_cases: UseCases, queries: Queries, ada: ParticipantId, clock: SettableClock
) -> None:
    _choose(use_cases, "provider_led")
    _go(use_cases, ada, "school")
    clock.advance(days=1)
    _go(use_cases, ada, "school", to=GREENDALE.urn)
    records = _records(queries, ada)
    assert [r.urn for r in records] == [GREENDALE.urn, RIVERSIDE.urn, GREENDALE.urn]
    assert [r.end_date for r in records] == [NOW, clock.instant, None]


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (evolve(A_TRANSFER, to_urn=GREENDALE.urn), "already_there"),
        (evolve(A_TRANSFER, to_urn="999999"), "invalid"),
        (evolve(A_TRANSFER, programme="school"), "no_programme"),
        (evolve(A_TRANSFER, start_date=date(2024, 8, 31)), "too_early"),
    ],
)
def test_a_transfer_that_cannot_be_changes_nothing(
    use_cases: UseCases,
    storage: MemoryStorage,
    ada: ParticipantId,
    refused: TransferRequest,
    *,
    code: str,
) -> None:
    before = storage.state
    with pytest.raises(Refused) as refusal:
        use_cases.transfer_participant(evolve(refused, participant_id=ada), by=ADMINISTRATOR)
    assert code in [v.code for v in refusal.value.violations]
    assert storage.state == before


def test_who_is_nobody_is_not_found(use_cases: UseCases) -> None:
    with pytest.raises(NotFound):
        _go(use_cases, ParticipantId(NO_SUCH_ID))


def test_a_challenged_partnership_is_not_continued(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    """Neither the participant's own, nor the new school's with the same providers."""
    _choose(use_cases, "provider_led")
    theirs = use_cases.create_partnership(a_request(school=RIVERSIDE_ID), by=ADMINISTRATOR)
    own = _records(queries, ada)[-1].partnership_id
    for challenged, code in (
        (theirs.partnership.id, "partnership_challenged"),
        (own, "no_providers"),
    ):
        use_cases.challenge_partnership(
            ChallengeRequest(partnership_id=challenged, reason="mistake"), by=ADMINISTRATOR
        )
        with pytest.raises(Refused) as refusal:
            _go(use_cases, ada)
        assert [v.code for v in refusal.value.violations] == [code]


def test_of_who_trains_as_both_it_is_said_which_training_goes(
    use_cases: UseCases, queries: Queries, ada: ParticipantId
) -> None:
    _choose(use_cases, "provider_led")
    as_mentor = use_cases.enrol_participant(
        an_enrolment(type_=ParticipantType.MENTOR), by=ADMINISTRATOR
    )
    with pytest.raises(Refused) as refusal:
        _go(use_cases, ada)
    assert [(v.field, v.code) for v in refusal.value.violations] == [("participant", "ambiguous")]
    for which in (
        evolve(A_TRANSFER, participant_id=ada, type="ect"),
        evolve(A_TRANSFER, participant_id=as_mentor.training_record.id),
    ):
        use_cases.transfer_participant(which, by=ADMINISTRATOR)
    shown = queries.participants.all(ParticipantsFilter(id=ada))
    assert {row.type: row.urn for row in shown} == {"ect": RIVERSIDE.urn, "mentor": RIVERSIDE.urn}


@pytest.mark.parametrize("day", [date(2024, 11, 4), date(2025, 1, 6), ON, None])
@pytest.mark.parametrize("how", ["school", "continue"])
def test_a_transfer_to_come_is_brought_forward_or_put_off(
    use_cases: UseCases, queries: Queries, ada: ParticipantId, day: date | None, how: str
) -> None:
    _choose(use_cases, "provider_led")
    theirs = a_request(school=RIVERSIDE_ID, lead_provider=ORANGE_INSTITUTE)
    use_cases.create_partnership(theirs, by=ADMINISTRATOR)
    _go(use_cases, ada, "continue", on=ON)
    first = _records(queries, ada)
    _go(use_cases, ada, how, on=day)
    left, joined = _records(queries, ada)
    assert (left.id, joined.id) == (first[0].id, first[1].id)
    there = NOW if day is None else datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert (left.urn, left.induction_status, left.end_date) == (GREENDALE.urn, "leaving", there)
    assert (joined.urn, joined.start_date, joined.end_date) == (RIVERSIDE.urn, there, None)
    provider = PURPLE_LEARNING if how == "continue" else ORANGE_INSTITUTE
    assert joined.lead_provider == provider.name


def test_a_transfer_that_has_begun_stays(
    use_cases: UseCases, queries: Queries, ada: ParticipantId, clock: SettableClock
) -> None:
    _choose(use_cases, "provider_led")
    _go(use_cases, ada, on=ON)
    clock.instant = datetime(2024, 12, 3, tzinfo=UTC)
    before = _records(queries, ada)
    with pytest.raises(Refused) as refusal:
        _go(use_cases, ada, on=date(2025, 1, 6))
    assert [(v.field, v.code) for v in refusal.value.violations] == [("urn", "already_there")]
    assert _records(queries, ada) == before
