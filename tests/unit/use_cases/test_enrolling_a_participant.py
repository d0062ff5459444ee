from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from ecf_adapters.event_payloads import payload
from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import Refused
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.participant import ParticipantType
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.enrolled import ANOTHER_PROGRAMME
from ecf_core.testing.examples import ADMINISTRATOR, GREENDALE_ID, NOW, RIVERSIDE, RIVERSIDE_ID
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import NORTH_AUTHORITY, an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

A_MENTOR = an_enrolment("Mo Mentor", type_=ParticipantType.MENTOR)


@pytest.fixture(autouse=True)
def default(storage: MemoryStorage, use_cases: UseCases) -> InductionProgrammeId:
    """The default programme of a school that chose provider-led; another school did too."""
    furnish_for_participants(storage.begin)
    request = ProgrammeRequest(school_id=RIVERSIDE_ID, cohort=2024, programme="provider_led")
    use_cases.confirm_programme(request, by=ADMINISTRATOR)
    chosen = use_cases.confirm_programme(evolve(request, school_id=GREENDALE_ID), by=ADMINISTRATOR)
    assert chosen.default_programme is not None
    return chosen.default_programme.id


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(violation.field, violation.code) for violation in refusal.value.violations]


def test_a_participant_trains_in_the_default_programme_from_the_first_milestone(
    use_cases: UseCases, default: InductionProgrammeId, storage: MemoryStorage
) -> None:
    enrolled = use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
    record = enrolled.record
    assert record.programme_id == default
    assert (record.induction_status, record.training_status) == ("active", "active")
    assert (record.start_date, record.end_date) == (datetime(2024, 9, 1, tzinfo=UTC), None)
    assert record.schedule == "ecf-standard-september"
    assert record.school_transfer is False
    with storage.begin() as work:
        history = work.participants.history(enrolled.training_record.id)
    assert history is not None
    assert history.records == (record,)


def test_a_school_may_say_which_programme_and_from_when(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    with storage.begin() as work:
        work.school_cohorts.add_programme(GREENDALE_ID, 2024, ANOTHER_PROGRAMME, at=NOW)
        work.commit()
    request = an_enrolment(programme_id=ANOTHER_PROGRAMME.id, start_date=date(2025, 1, 6))
    record = use_cases.enrol_participant(request, by=ADMINISTRATOR).record
    assert record.programme_id == ANOTHER_PROGRAMME.id
    assert record.start_date == datetime(2025, 1, 6, tzinfo=UTC)


def test_an_ect_has_the_appropriate_body_and_the_mentor_that_were_chosen(
    use_cases: UseCases,
) -> None:
    mentor = use_cases.enrol_participant(A_MENTOR, by=ADMINISTRATOR)
    request = evolve(
        an_enrolment(), mentor_id=mentor.person.id, appropriate_body=NORTH_AUTHORITY.name
    )
    record = use_cases.enrol_participant(request, by=ADMINISTRATOR).record
    assert record.mentor_id == mentor.person.id
    assert record.appropriate_body_id == NORTH_AUTHORITY.id


def test_a_mentor_of_another_school_is_refused(use_cases: UseCases) -> None:
    elsewhere = evolve(A_MENTOR, urn=RIVERSIDE.urn)
    mentor = use_cases.enrol_participant(elsewhere, by=ADMINISTRATOR)
    request = evolve(an_enrolment(), mentor_id=mentor.person.id)
    with pytest.raises(Refused) as refusal:
        use_cases.enrol_participant(request, by=ADMINISTRATOR)
    assert _codes(refusal) == [("mentor", "invalid")]


def test_a_mentor_who_has_been_removed_is_refused(use_cases: UseCases) -> None:
    mentor = use_cases.enrol_participant(A_MENTOR, by=ADMINISTRATOR).person.id
    use_cases.remove_participant(RemovalRequest(participant_id=mentor), by=ADMINISTRATOR)
    by_id = evolve(an_enrolment(), mentor_id=mentor)
    for request in (by_id, evolve(by_id, mentor_id=None, mentor_email=A_MENTOR.email)):
        with pytest.raises(Refused) as refusal:
            use_cases.enrol_participant(request, by=ADMINISTRATOR)
        assert _codes(refusal) == [("mentor", "invalid")]


def test_a_cohort_in_which_the_school_has_no_programme_is_refused(use_cases: UseCases) -> None:
    with pytest.raises(Refused) as refusal:
        use_cases.enrol_participant(evolve(an_enrolment(), cohort=2023), by=ADMINISTRATOR)
    assert _codes(refusal) == [("programme", "no_programme")]


def test_whoever_is_enrolled_is_not_enrolled_again_anywhere(
    use_cases: UseCases, queries: Queries
) -> None:
    request = evolve(an_enrolment(), trn="1234567")
    use_cases.enrol_participant(request, by=ADMINISTRATOR)
    for again in (
        request,
        evolve(request, urn=RIVERSIDE.urn),
        evolve(request, email="other@example.org", trn="RP12/34567"),
        evolve(request, trn=None, email="ADA.Teacher@example.org"),
    ):
        with pytest.raises(Refused) as refusal:
            use_cases.enrol_participant(again, by=ADMINISTRATOR)
        assert _codes(refusal) == [("participant", "already_enrolled")]
    assert len(queries.participants.all(ParticipantsFilter())) == 1


def test_anothers_email_address_is_refused(use_cases: UseCases) -> None:
    use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
    request = evolve(an_enrolment("Bo Teacher"), email="ada.teacher@EXAMPLE.org")
    with pytest.raises(Refused) as refusal:
        use_cases.enrol_participant(request, by=ADMINISTRATOR)
    assert _codes(refusal) == [("email", "taken")]


def test_an_ect_who_becomes_a_mentor_is_the_same_person_at_a_new_address(
    use_cases: UseCases, queries: Queries, clock: SettableClock
) -> None:
    as_ect = use_cases.enrol_participant(evolve(an_enrolment(), trn="1234567"), by=ADMINISTRATOR)
    clock.advance(days=1)
    as_mentor = use_cases.enrol_participant(
        evolve(A_MENTOR, full_name="ada  TEACHER", trn="1234567", urn=RIVERSIDE.urn),
        by=ADMINISTRATOR,
    )
    assert as_mentor.person.id == as_ect.person.id
    assert as_mentor.training_record.id != as_ect.training_record.id
    assert as_mentor.person.full_name == "Ada Teacher"
    assert as_mentor.person.updated_at == clock.instant
    first, second = queries.participants.all(ParticipantsFilter())
    assert (first.type, first.email) == ("ect", "mo.mentor@example.org")
    assert (second.type, second.email) == ("mentor", "mo.mentor@example.org")
    assert queries.participants.all(ParticipantsFilter(id=as_ect.person.id))[-1] == second


def test_a_trn_under_another_name_takes_over_nobody(use_cases: UseCases, queries: Queries) -> None:
    """It was mistyped, most likely."""
    use_cases.enrol_participant(evolve(an_enrolment(), trn="1234567"), by=ADMINISTRATOR)
    with pytest.raises(Refused, match="participant of another name"):
        use_cases.enrol_participant(evolve(A_MENTOR, trn="1234567"), by=ADMINISTRATOR)
    (ada,) = queries.participants.all(ParticipantsFilter())
    assert ada.email == an_enrolment().email


def test_an_enrolment_is_told_of_without_saying_who(
    use_cases: UseCases, storage: MemoryStorage
) -> None:
    enrolled = use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
    happened = storage.state.events[-1]
    assert (happened.event.name, happened.at) == ("participant_enrolled", NOW)
    assert getattr(happened.event, "participant_id", None) == enrolled.person.id
    assert "Ada" not in repr(happened.event)


@pytest.mark.parametrize(
    ("email", "changed"), [("ada.teacher@example.org", False), ("ada@example.org", True)]
)
def test_an_event_tells_that_an_address_changed_and_not_to_what(
    use_cases: UseCases, storage: MemoryStorage, email: str, *, changed: bool
) -> None:
    known = evolve(an_enrolment(), trn="1234567")
    use_cases.enrol_participant(known, by=ADMINISTRATOR)
    use_cases.enrol_participant(evolve(known, type="mentor", email=email), by=ADMINISTRATOR)
    first, second = (payload(happened.event) for happened in storage.state.events[-2:])
    assert (first["email_changed"], second["email_changed"]) == (False, changed)
    assert "example.org" not in str([first, second])
