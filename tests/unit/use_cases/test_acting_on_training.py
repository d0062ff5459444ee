"""What an action leaves in the history: of the lead provider's own record, and of no other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import Refused
from ecf_core.events import ScheduleChanged, TrainingDeferred, TrainingResumed, TrainingWithdrawn
from ecf_core.model.ids import ParticipantId
from ecf_core.model.induction_record import InductionRecord, InductionStatus, TrainingStatus
from ecf_core.model.participant import IdChange
from ecf_core.model.training_state import Course, DeferralReason, WithdrawalReason
from ecf_core.rules.changing_a_schedule import ScheduleRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.testing.contracts.acted_on import REDUCED, REDUCED_SCHEDULES
from ecf_core.testing.contracts.partnerships import ANOTHER_ID
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2025,
    FURNISHED_AT,
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

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _furnished(storage: MemoryStorage, use_cases: UseCases) -> None:
    furnish_for_participants(storage.begin)
    with storage.begin() as work:
        work.cohorts.put_schedules(REDUCED_SCHEDULES, at=FURNISHED_AT)
        work.commit()
    _choose(use_cases, GREENDALE_ID)
    use_cases.create_partnership(a_request(), by=ADMINISTRATOR)


def _choose(use_cases: UseCases, school: object, cohort: int = 2024) -> None:
    request = ProgrammeRequest(school_id=school, cohort=cohort, programme="provider_led")  # type: ignore[arg-type]
    use_cases.confirm_programme(request, by=ADMINISTRATOR)


def _enrol(use_cases: UseCases, start: date | None = None) -> TrainingActionRequest:
    """Ada is on-boarded; what Purple Learning can ask for then."""
    enrolled = use_cases.enrol_participant(an_enrolment(start_date=start), by=ADMINISTRATOR)
    return TrainingActionRequest(
        participant_id=enrolled.person.id,
        lead_provider_id=PURPLE_LEARNING.id,
        course=Course.ECT_INDUCTION,
        reason=DeferralReason.OTHER,
    )


def _schedule(action: TrainingActionRequest, cohort: int | None = None) -> ScheduleRequest:
    return ScheduleRequest(
        participant_id=action.participant_id,
        lead_provider_id=action.lead_provider_id,
        course=action.course,
        schedule=REDUCED,
        cohort=cohort,
    )


def _records(storage: MemoryStorage, who: ParticipantId | None) -> tuple[InductionRecord, ...]:
    participant = storage.state.participant(who)
    assert participant is not None
    (training,) = participant.trainings
    return tuple(placed.record for placed in training.history)


def _go(use_cases: UseCases, who: ParticipantId | None, how: str, on: date | None = None) -> None:
    request = TransferRequest(
        participant_id=who, to_urn=RIVERSIDE.urn, programme=how, start_date=on
    )
    use_cases.transfer_participant(request, by=ADMINISTRATOR)


def test_who_has_begun_goes_on_in_another_record(
    storage: MemoryStorage, use_cases: UseCases, clock: SettableClock
) -> None:
    asked = _enrol(use_cases)
    (began,) = _records(storage, asked.participant_id)
    clock.advance(hours=1)
    acted_on = use_cases.defer_training(asked, by=ADMINISTRATOR)
    ended, deferred = _records(storage, asked.participant_id)
    assert ended == evolve(
        began, induction_status=InductionStatus.CHANGED, end_date=NOW + HOUR, updated_at=NOW + HOUR
    )
    assert deferred == evolve(
        began,
        id=deferred.id,
        training_status=TrainingStatus.DEFERRED,
        start_date=NOW + HOUR,
        created_at=NOW + HOUR,
        updated_at=NOW + HOUR,
    )
    assert acted_on.participant == storage.state.participant(asked.participant_id)
    assert acted_on.training in acted_on.participant.trainings


def test_who_has_not_begun_is_changed_in_place(storage: MemoryStorage, use_cases: UseCases) -> None:
    asked = _enrol(use_cases, (NOW + timedelta(days=9)).date())
    (to_come,) = _records(storage, asked.participant_id)
    use_cases.defer_training(asked, by=ADMINISTRATOR)
    assert _records(storage, asked.participant_id) == (
        evolve(to_come, training_status=TrainingStatus.DEFERRED),
    )


def test_a_former_lead_provider_acts_on_its_own_record_within_its_span(
    storage: MemoryStorage, use_cases: UseCases, clock: SettableClock
) -> None:
    asked = _enrol(use_cases)
    _choose(use_cases, RIVERSIDE_ID)
    theirs = a_request(school=RIVERSIDE_ID, lead_provider=ORANGE_INSTITUTE)
    use_cases.create_partnership(theirs, by=ADMINISTRATOR)
    clock.advance(hours=1)
    _go(use_cases, asked.participant_id, "school")
    left, joined = _records(storage, asked.participant_id)
    clock.advance(hours=1)
    use_cases.withdraw_training(
        evolve(asked, reason=WithdrawalReason.MOVED_SCHOOL), by=ADMINISTRATOR
    )
    assert _records(storage, asked.participant_id) == (
        evolve(left, training_status=TrainingStatus.WITHDRAWN, updated_at=NOW + 2 * HOUR),
        joined,
    )
    present = evolve(asked, lead_provider_id=ORANGE_INSTITUTE.id)
    use_cases.defer_training(present, by=ADMINISTRATOR)
    assert [r.training_status for r in _records(storage, asked.participant_id)] == [
        TrainingStatus.WITHDRAWN,
        TrainingStatus.ACTIVE,
        TrainingStatus.DEFERRED,
    ]


def test_who_is_about_to_leave_still_leaves(
    storage: MemoryStorage, use_cases: UseCases, clock: SettableClock
) -> None:
    """The record with the end set is the lead provider's latest: the next is another's."""
    asked = _enrol(use_cases)
    _choose(use_cases, RIVERSIDE_ID)
    _go(use_cases, asked.participant_id, "school", date(2024, 12, 2))
    clock.advance(hours=1)
    use_cases.defer_training(asked, by=ADMINISTRATOR)
    ended, leaving, joining = _records(storage, asked.participant_id)
    assert (ended.induction_status, ended.end_date) == (InductionStatus.CHANGED, NOW + HOUR)
    assert leaving.induction_status is InductionStatus.LEAVING
    assert leaving.end_date == joining.start_date == datetime(2024, 12, 2, tzinfo=UTC)
    assert leaving.training_status is TrainingStatus.DEFERRED
    assert joining.training_status is TrainingStatus.ACTIVE


def test_a_dry_run_shows_the_same_and_stores_nothing(
    storage: MemoryStorage, use_cases: UseCases
) -> None:
    asked = _enrol(use_cases)
    before = storage.state
    judged = use_cases.defer_training(asked, by=ADMINISTRATOR, dry_run=True)
    assert storage.state == before
    (deferred,) = judged.participant.trainings
    assert deferred == judged.training
    assert deferred.latest.record.training_status is TrainingStatus.DEFERRED
    with pytest.raises(Refused):
        use_cases.resume_training(asked, by=ADMINISTRATOR, dry_run=True)


def test_every_action_is_told(storage: MemoryStorage, use_cases: UseCases) -> None:
    asked = _enrol(use_cases)
    _choose(use_cases, GREENDALE_ID, COHORT_2025.start_year)
    next_year = a_request(cohort=COHORT_2025, delivery_partner=SOUTH_HUB)
    use_cases.create_partnership(next_year, by=ADMINISTRATOR)
    before = len(storage.state.events)
    use_cases.defer_training(asked, by=ADMINISTRATOR)
    use_cases.resume_training(asked, by=ADMINISTRATOR)
    changed = use_cases.change_schedule(_schedule(asked, 2025), by=ADMINISTRATOR)
    use_cases.withdraw_training(asked, by=ADMINISTRATOR)
    assert asked.participant_id is not None
    who = {
        "participant_id": asked.participant_id,
        "training_record_id": changed.training.record.id,
        "lead_provider_id": PURPLE_LEARNING.id,
    }
    assert [happened.event for happened in storage.state.events[before:]] == [
        TrainingDeferred(**who, reason=DeferralReason.OTHER),  # type: ignore[arg-type]
        TrainingResumed(**who),  # type: ignore[arg-type]
        ScheduleChanged(
            **who,  # type: ignore[arg-type]
            from_cohort=2024,
            from_schedule="ecf-standard-september",
            cohort=2025,
            schedule=REDUCED,
            programme_id=changed.training.latest.record.programme_id,
        ),
        TrainingWithdrawn(**who, reason=WithdrawalReason.OTHER),  # type: ignore[arg-type]
    ]


def test_in_another_cohort_the_participant_joins_the_programme_under_the_partnership(
    storage: MemoryStorage, use_cases: UseCases
) -> None:
    asked = _enrol(use_cases)
    _choose(use_cases, GREENDALE_ID, COHORT_2025.start_year)
    formed = use_cases.create_partnership(
        a_request(cohort=COHORT_2025, delivery_partner=SOUTH_HUB), by=ADMINISTRATOR
    )
    acted_on = use_cases.change_schedule(_schedule(asked, 2025), by=ADMINISTRATOR)
    default = storage.state.school_cohorts[GREENDALE_ID, 2025].default_programme
    latest = acted_on.training.latest
    assert default is not None
    assert (latest.record.programme_id, latest.record.schedule) == (default.id, REDUCED)
    assert (latest.partnership, latest.delivery_partner) == (formed.partnership, SOUTH_HUB)
    assert (latest.cohort, latest.school_id) == (2025, GREENDALE_ID)


def test_a_partnership_without_a_programme_is_given_one(
    storage: MemoryStorage, use_cases: UseCases
) -> None:
    asked = _enrol(use_cases)
    _choose(use_cases, GREENDALE_ID, COHORT_2025.start_year)
    default = storage.state.school_cohorts[GREENDALE_ID, 2025].default_programme
    (partnership,) = storage.state.partnerships.values()
    with storage.begin() as work:
        work.partnerships.add(evolve(partnership, id=ANOTHER_ID, cohort=2025))
        work.commit()
    acted_on = use_cases.change_schedule(_schedule(asked, 2025), by=ADMINISTRATOR)
    programmes = storage.state.programmes[GREENDALE_ID, 2025]
    joined = programmes[acted_on.training.latest.record.programme_id]
    assert (joined.partnership_id, joined != default, len(programmes)) == (ANOTHER_ID, True, 2)
    assert storage.state.school_cohorts[GREENDALE_ID, 2025].default_programme == default


def test_a_schedule_of_the_same_cohort_keeps_programme_and_training_status(
    storage: MemoryStorage, use_cases: UseCases
) -> None:
    asked = _enrol(use_cases)
    use_cases.defer_training(asked, by=ADMINISTRATOR)
    *_, before = _records(storage, asked.participant_id)
    use_cases.change_schedule(_schedule(asked), by=ADMINISTRATOR)
    *_, after = _records(storage, asked.participant_id)
    assert (after.programme_id, after.training_status) == (
        before.programme_id,
        TrainingStatus.DEFERRED,
    )
    assert (before.schedule, after.schedule) == ("ecf-standard-september", REDUCED)


def test_an_id_that_was_given_up_still_names_the_participant(
    storage: MemoryStorage, use_cases: UseCases
) -> None:
    asked = _enrol(use_cases)
    assert asked.participant_id is not None
    former = ParticipantId(ANOTHER_ID)
    storage.state.id_changes[former] = IdChange(
        from_id=former, to_id=asked.participant_id, changed_at=NOW
    )
    acted_on = use_cases.defer_training(evolve(asked, participant_id=former), by=ADMINISTRATOR)
    assert acted_on.participant.person.id == asked.participant_id
