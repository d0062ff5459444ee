from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from ecf_adapters.memory import MemoryStorage
from ecf_core.errors import NotFound, Refused
from ecf_core.events import ParticipantAmended, ParticipantRemoved, ParticipantsMerged
from ecf_core.model.ids import ParticipantId
from ecf_core.model.induction_record import InductionStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.model.participant_in_training import Participant
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.import_participants import EnrolmentRow

NOBODY = ParticipantId(NO_SUCH_ID)
MENTOR = ParticipantType.MENTOR


@pytest.fixture(autouse=True)
def schools(storage: MemoryStorage, use_cases: UseCases) -> None:
    furnish_for_participants(storage.begin)
    for school in (GREENDALE_ID, RIVERSIDE_ID):
        choice = ProgrammeRequest(school_id=school, cohort=2024, programme="provider_led")
        use_cases.confirm_programme(choice, by=ADMINISTRATOR)
    use_cases.create_partnership(a_request(), by=ADMINISTRATOR)


@pytest.fixture
def ada(use_cases: UseCases) -> ParticipantId:
    enrolment = evolve(an_enrolment(), trn="1234567")
    return use_cases.enrol_participant(enrolment, by=ADMINISTRATOR).person.id


@pytest.fixture
def mo(use_cases: UseCases) -> ParticipantId:
    enrolment = an_enrolment("Mo Mentor", type_=MENTOR)
    return use_cases.enrol_participant(enrolment, by=ADMINISTRATOR).person.id


def whole(storage: MemoryStorage, id_: ParticipantId) -> Participant:
    found = storage.state.participant(id_)
    assert found is not None
    return found


def refused(error: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(violation.field, violation.code) for violation in error.value.violations]


def date_of(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


def tomorrow(clock: SettableClock) -> datetime:
    clock.advance(days=1)
    return clock.now()


class TestAmending:
    def test_what_is_given_is_recorded_and_the_rest_stays(
        self,
        storage: MemoryStorage,
        use_cases: UseCases,
        clock: SettableClock,
        ada: ParticipantId,
    ) -> None:
        before = whole(storage, ada)
        later = tomorrow(clock)
        use_cases.amend_participant(
            AmendmentRequest(
                participant_id=ada,
                email=" ada@new.example.org",
                trn_validated=True,
                eligible_for_funding="true",
                pupil_premium_uplift=True,
                induction_end_date=date(2026, 7, 31),
            ),
            by=ADMINISTRATOR,
        )
        after = whole(storage, ada)
        assert after.person == evolve(before.person, email="ada@new.example.org", updated_at=later)
        (was,), (is_,) = before.trainings, after.trainings
        assert is_.record == evolve(
            was.record,
            trn_validated=True,
            eligible_for_funding=True,
            pupil_premium_uplift=True,
            induction_end_date=date(2026, 7, 31),
            updated_at=later,
        )
        event = storage.state.events[-1].event
        assert isinstance(event, ParticipantAmended)
        assert event.details == ("email",)
        assert [change.after.eligible_for_funding for change in event.trainings] == [True]
        assert "new.example.org" not in repr(event)

    def test_whether_funding_is_decided_can_be_unsaid(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        for given, decided in (("false", False), ("unknown", None)):
            use_cases.amend_participant(
                AmendmentRequest(participant_id=ada, eligible_for_funding=given), by=ADMINISTRATOR
            )
            assert whole(storage, ada).trainings[0].record.eligible_for_funding is decided

    def test_what_is_so_already_changes_nothing(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        before, events = whole(storage, ada), len(storage.state.events)
        same = AmendmentRequest(participant_id=ada, trn="1234567", trn_validated=False)
        use_cases.amend_participant(same, by=ADMINISTRATOR)
        assert (whole(storage, ada), len(storage.state.events)) == (before, events)

    def test_everything_that_is_wrong_is_told(
        self, use_cases: UseCases, ada: ParticipantId, mo: ParticipantId
    ) -> None:
        wrong = AmendmentRequest(
            participant_id=mo,
            email="ada.teacher@example.org",
            trn="1234567",
            eligible_for_funding="maybe",
            induction_end_date=date(2026, 1, 1),
            mentor_funding_end_reason="tired",
        )
        with pytest.raises(Refused) as error:
            use_cases.amend_participant(wrong, by=ADMINISTRATOR)
        assert refused(error) == [
            ("email", "taken"),
            ("trn", "taken"),
            ("eligible_for_funding", "invalid"),
            ("induction_end_date", "not_an_ect"),
            ("mentor_funding_end_reason", "invalid"),
        ]
        assert ada != mo

    @pytest.mark.parametrize(
        ("given", "broken"),
        [
            ({"trn_validated": True}, ("trn_validated", "no_trn")),
            (
                {"mentor_funding_end_reason": "started_not_completed"},
                ("mentor_funding_end_reason", "no_date"),
            ),
            ({"type": "ect"}, ("type", "not_in_training")),
            ({"type": "tutor"}, ("type", "invalid")),
            ({"email": "nowhere"}, ("email", "invalid")),
            ({"trn": "12345678"}, ("trn", "too_long")),
            ({"trn": "1"}, ("trn", "invalid")),
        ],
    )
    def test_a_mentor_is_not_recorded_as_what_they_are_not(
        self,
        use_cases: UseCases,
        mo: ParticipantId,
        given: dict[str, object],
        broken: tuple[str, str],
    ) -> None:
        with pytest.raises(Refused) as error:
            use_cases.amend_participant(
                evolve(AmendmentRequest(participant_id=mo), **given),  # type: ignore[arg-type]
                by=ADMINISTRATOR,
            )
        assert refused(error) == [broken]

    def test_a_new_trn_has_not_been_validated(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        for given, validated in (
            ({"trn_validated": True}, True),
            ({"trn": "7654321"}, False),
            ({"trn": "7777777", "trn_validated": True}, True),
            ({"trn": "7777777"}, True),
        ):
            request = evolve(AmendmentRequest(participant_id=ada), **given)
            use_cases.amend_participant(request, by=ADMINISTRATOR)
            assert whole(storage, ada).trainings[0].record.trn_validated is validated

    def test_an_induction_does_not_end_before_it_begins(
        self, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        early = AmendmentRequest(participant_id=ada, induction_end_date=date(2024, 8, 31))
        with pytest.raises(Refused) as error:
            use_cases.amend_participant(early, by=ADMINISTRATOR)
        assert refused(error) == [("induction_end_date", "too_early")]

    def test_nobody_is_amended_who_is_not_there(self, use_cases: UseCases) -> None:
        with pytest.raises(NotFound, match="Enter a valid"):
            use_cases.amend_participant(AmendmentRequest(participant_id=NOBODY), by=ADMINISTRATOR)

    def test_who_is_both_has_each_date_on_the_training_that_it_is_of(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        use_cases.enrol_participant(
            evolve(an_enrolment(type_=MENTOR), trn="1234567"), by=ADMINISTRATOR
        )
        use_cases.amend_participant(
            AmendmentRequest(
                participant_id=ada,
                sparsity_uplift=True,
                induction_end_date=date(2026, 1, 1),
                mentor_funding_end_date=date(2026, 2, 2),
                mentor_funding_end_reason="completed_declaration_received",
            ),
            by=ADMINISTRATOR,
        )
        known = {t.record.type.value: t.record for t in whole(storage, ada).trainings}
        assert {t: record.sparsity_uplift for t, record in known.items()} == {
            "ect": True,
            "mentor": True,
        }
        assert known["ect"].induction_end_date == date(2026, 1, 1)
        assert known["ect"].mentor_funding_end_date is None
        assert known["mentor"].mentor_funding_end_date == date(2026, 2, 2)
        assert known["mentor"].induction_end_date is None
        only = AmendmentRequest(participant_id=ada, type="mentor", sparsity_uplift=False)
        use_cases.amend_participant(only, by=ADMINISTRATOR)
        known = {t.record.type.value: t.record for t in whole(storage, ada).trainings}
        assert (known["ect"].sparsity_uplift, known["mentor"].sparsity_uplift) == (True, False)


class TestMerging:
    def merge(self, use_cases: UseCases, from_id: ParticipantId, to_id: ParticipantId) -> None:
        use_cases.merge_participants(MergeRequest(from_id=from_id, to_id=to_id), by=ADMINISTRATOR)

    def enrol(self, use_cases: UseCases, name: str, **of: object) -> ParticipantId:
        request = an_enrolment(name, **of)  # type: ignore[arg-type]
        return use_cases.enrol_participant(request, by=ADMINISTRATOR).person.id

    def test_two_registrations_become_one_person_who_has_been_there_twice(
        self,
        storage: MemoryStorage,
        use_cases: UseCases,
        clock: SettableClock,
        ada: ParticipantId,
    ) -> None:
        twin = self.enrol(use_cases, "Ada Twin", school=RIVERSIDE)
        before = whole(storage, ada)
        later = tomorrow(clock)
        self.merge(use_cases, ada, twin)
        one = whole(storage, twin)
        assert whole(storage, ada) == one
        assert one.person.trn == "1234567"
        assert one.person.email == "ada.twin@example.org"
        assert [(c.from_id, c.to_id, c.changed_at) for c in one.id_changes] == [(ada, twin, later)]
        goes_on, ended = sorted(one.trainings, key=lambda t: t.record.merged_into is not None)
        assert ended.record.id == before.trainings[0].record.id
        assert ended.record.merged_into == goes_on.record.id
        assert ended.latest.record.end_date == later
        assert ended.latest.record.induction_status is InductionStatus.CHANGED
        assert ended.latest.record.email == "ada.teacher@example.org"
        assert goes_on.latest.record.end_date is None
        assert one.training_as(ParticipantType.ECT) == goes_on
        event = storage.state.events[-1].event
        assert event == ParticipantsMerged(
            participant_id=twin,
            from_id=ada,
            training_records=(ended.record.id,),
            ended=(ended.record.id,),
        )

    def test_another_kind_of_training_goes_along_as_it_is(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId, mo: ParticipantId
    ) -> None:
        before = whole(storage, mo).trainings[0]
        self.merge(use_cases, mo, ada)
        mentoring = whole(storage, ada).training_as(MENTOR)
        assert mentoring is not None
        assert mentoring.record.id == before.record.id
        assert mentoring.latest.record.end_date is None

    def test_training_that_has_not_begun_never_does(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        to_come = use_cases.enrol_participant(
            evolve(an_enrolment("Ada Twin", school=RIVERSIDE), start_date=date(2025, 9, 1)),
            by=ADMINISTRATOR,
        )
        self.merge(use_cases, to_come.person.id, ada)
        (record,) = (
            placed.record
            for training in whole(storage, ada).trainings
            if training.record.merged_into
            for placed in training.history
        )
        assert record.start_date == record.end_date == datetime(2025, 9, 1, tzinfo=UTC)

    def test_an_address_that_was_given_up_can_be_taken_back(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        twin = self.enrol(use_cases, "Ada Twin")
        self.merge(use_cases, ada, twin)
        back = AmendmentRequest(participant_id=twin, email="ada.teacher@example.org")
        use_cases.amend_participant(back, by=ADMINISTRATOR)
        assert whole(storage, twin).person.email == "ada.teacher@example.org"
        assert storage.state.people[ada].email == "ada.twin@example.org"

    def test_the_training_that_a_school_has_removed_does_not_stay_for_one_that_goes_on(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        twin = self.enrol(use_cases, "Ada Twin")
        use_cases.remove_participant(RemovalRequest(participant_id=twin), by=ADMINISTRATOR)
        before = whole(storage, ada).trainings[0]
        self.merge(use_cases, ada, twin)
        stays = whole(storage, twin).training_as(ParticipantType.ECT)
        assert stays is not None
        assert stays.record.id == before.record.id
        assert stays.latest.record.end_date is None

    def test_a_transfer_to_come_ends_with_the_training(
        self, storage: MemoryStorage, use_cases: UseCases, clock: SettableClock, ada: ParticipantId
    ) -> None:
        use_cases.transfer_participant(
            TransferRequest(
                participant_id=ada,
                to_urn=RIVERSIDE.urn,
                programme="school",
                start_date=date(2025, 1, 6),
            ),
            by=ADMINISTRATOR,
        )
        twin = self.enrol(use_cases, "Ada Twin")
        later = tomorrow(clock)
        self.merge(use_cases, ada, twin)
        (ended,) = (t for t in whole(storage, twin).trainings if t.record.merged_into)
        assert all(p.record.ended(date_of(2025, 1, 6)) for p in ended.history)
        present, to_come = (placed.record for placed in ended.history)
        assert (present.end_date, present.induction_status) == (later, InductionStatus.CHANGED)
        assert (to_come.start_date, to_come.school_transfer) == (to_come.end_date, False)

    def test_a_file_can_be_loaded_again_after_a_merge(
        self, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        row = EnrolmentRow(line=2, request=an_enrolment("Ada Twin"))
        use_cases.import_participants([row], by=ADMINISTRATOR)
        twin = use_cases.enrol_participant(
            an_enrolment("Ada Twin", type_=MENTOR), by=ADMINISTRATOR
        ).person.id
        use_cases.amend_participant(
            AmendmentRequest(participant_id=ada, email="ada@new.example.org"), by=ADMINISTRATOR
        )
        self.merge(use_cases, ada, twin)
        loaded = use_cases.import_participants([row], by=ADMINISTRATOR)
        assert (loaded.created, loaded.unchanged, loaded.rejected) == (0, 1, 0)

    def test_ids_that_were_given_up_lead_to_who_it_is_now(
        self,
        storage: MemoryStorage,
        use_cases: UseCases,
        clock: SettableClock,
        ada: ParticipantId,
    ) -> None:
        twin, triplet = self.enrol(use_cases, "Ada Twin"), self.enrol(use_cases, "Ada Triplet")
        self.merge(use_cases, twin, ada)
        tomorrow(clock)
        self.merge(use_cases, ada, triplet)
        one = whole(storage, triplet)
        assert whole(storage, twin) == whole(storage, ada) == one
        assert [(change.from_id, change.to_id) for change in one.id_changes] == [
            (ada, triplet),
            (twin, ada),
        ]
        assert len(one.trainings) == 3

    def test_who_is_known_by_an_address_that_was_given_up_is_not_registered_again(
        self, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        twin = self.enrol(use_cases, "Ada Teacher Twin")
        self.merge(use_cases, ada, twin)
        again = evolve(
            an_enrolment("Ada Teacher Twin", type_=MENTOR, school=RIVERSIDE),
            email="ada.teacher@example.org",
        )
        enrolled = use_cases.enrol_participant(again, by=ADMINISTRATOR)
        assert enrolled.person.id == twin
        assert enrolled.person.email == "ada.teacher.twin@example.org"
        assert enrolled.record.email == "ada.teacher@example.org"
        as_ect = evolve(again, type="ect")
        with pytest.raises(Refused) as error:
            use_cases.enrol_participant(as_ect, by=ADMINISTRATOR)
        assert ("participant", "already_enrolled") in refused(error)

    def test_a_training_is_named_by_its_record_too(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        use_cases.enrol_participant(
            evolve(an_enrolment(type_=MENTOR), trn="1234567"), by=ADMINISTRATOR
        )
        ect, mentor = whole(storage, ada).trainings
        use_cases.amend_participant(
            AmendmentRequest(participant_id=ect.record.id, sparsity_uplift=True), by=ADMINISTRATOR
        )
        assert [t.record.sparsity_uplift for t in whole(storage, ada).trainings] == [True, False]
        use_cases.remove_participant(
            RemovalRequest(participant_id=mentor.record.id), by=ADMINISTRATOR
        )
        assert [t.goes_on for t in whole(storage, ada).trainings] == [True, False]

    @pytest.mark.parametrize(
        ("trn", "broken"), [("1234567", None), ("7654321", ("to", "different_trns"))]
    )
    def test_two_trns_are_two_people(
        self,
        use_cases: UseCases,
        ada: ParticipantId,
        trn: str,
        broken: tuple[str, str] | None,
    ) -> None:
        twin = self.enrol(use_cases, "Ada Twin")
        if broken is None:
            self.merge(use_cases, twin, ada)
            return
        use_cases.amend_participant(
            AmendmentRequest(participant_id=twin, trn=trn), by=ADMINISTRATOR
        )
        with pytest.raises(Refused) as error:
            self.merge(use_cases, twin, ada)
        assert refused(error) == [broken]

    def test_nobody_is_merged_with_their_mentor(
        self, use_cases: UseCases, mo: ParticipantId
    ) -> None:
        mentored = use_cases.enrol_participant(
            evolve(an_enrolment("Bo Teacher"), mentor_id=mo), by=ADMINISTRATOR
        ).person.id
        use_cases.transfer_participant(
            TransferRequest(participant_id=mentored, to_urn=RIVERSIDE.urn, programme="school"),
            by=ADMINISTRATOR,
        )
        for one, other in ((mo, mentored), (mentored, mo)):
            with pytest.raises(Refused) as error:
                self.merge(use_cases, one, other)
            assert refused(error) == [("to", "own_mentor")]

    def test_an_id_is_given_up_once_and_for_another(
        self, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        with pytest.raises(Refused) as error:
            self.merge(use_cases, ada, ada)
        assert refused(error) == [("to", "same_participant")]
        twin, triplet = self.enrol(use_cases, "Ada Twin"), self.enrol(use_cases, "Ada Triplet")
        self.merge(use_cases, twin, ada)
        with pytest.raises(Refused) as error:
            self.merge(use_cases, twin, triplet)
        assert refused(error) == [("from", "given_up")]
        with pytest.raises(Refused) as error:
            self.merge(use_cases, triplet, twin)
        assert refused(error) == [("to", "given_up")]
        with pytest.raises(NotFound):
            self.merge(use_cases, NOBODY, ada)


class TestRemoving:
    def test_a_participant_has_gone_for_good(
        self,
        storage: MemoryStorage,
        use_cases: UseCases,
        clock: SettableClock,
        ada: ParticipantId,
    ) -> None:
        later = tomorrow(clock)
        use_cases.remove_participant(RemovalRequest(participant_id=ada), by=ADMINISTRATOR)
        (training,) = whole(storage, ada).trainings
        record = training.latest.record
        assert (record.induction_status, record.updated_at) == (InductionStatus.WITHDRAWN, later)
        assert not training.goes_on
        assert storage.state.events[-1].event == ParticipantRemoved(
            participant_id=ada,
            training_record_id=training.record.id,
            school_id=GREENDALE_ID,
            cohort=2024,
        )
        with pytest.raises(Refused) as error:
            use_cases.remove_participant(RemovalRequest(participant_id=ada), by=ADMINISTRATOR)
        assert refused(error) == [("participant", "already_removed")]

    def test_a_mentor_who_has_gone_mentors_nobody(
        self, storage: MemoryStorage, use_cases: UseCases, mo: ParticipantId
    ) -> None:
        mentored = use_cases.enrol_participant(
            evolve(an_enrolment("Bo Teacher"), mentor_id=mo), by=ADMINISTRATOR
        ).person.id
        assert whole(storage, mentored).trainings[0].latest.record.mentor_id == mo
        use_cases.remove_participant(RemovalRequest(participant_id=mo), by=ADMINISTRATOR)
        assert whole(storage, mentored).trainings[0].latest.record.mentor_id is None

    def test_who_trains_as_both_is_removed_from_one(
        self, storage: MemoryStorage, use_cases: UseCases, ada: ParticipantId
    ) -> None:
        use_cases.enrol_participant(
            evolve(an_enrolment(type_=MENTOR), trn="1234567"), by=ADMINISTRATOR
        )
        with pytest.raises(Refused) as error:
            use_cases.remove_participant(RemovalRequest(participant_id=ada), by=ADMINISTRATOR)
        assert refused(error) == [("type", "ambiguous")]
        use_cases.remove_participant(
            RemovalRequest(participant_id=ada, type="mentor"), by=ADMINISTRATOR
        )
        assert [t.goes_on for t in whole(storage, ada).trainings] == [True, False]

    def test_nobody_is_removed_who_is_not_there(self, use_cases: UseCases) -> None:
        with pytest.raises(NotFound):
            use_cases.remove_participant(RemovalRequest(participant_id=NOBODY), by=ADMINISTRATOR)
