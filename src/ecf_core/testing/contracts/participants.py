from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.appropriate_body import AppropriateBody, BodyType
from ecf_core.model.ids import AppropriateBodyId, InductionRecordId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionStatus, TrainingStatus
from ecf_core.model.participant import Enrolment, ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_WHOLE_RECORD,
    AN_ENROLMENT,
    ANOTHER_PROGRAMME,
    enrolment,
    prepare,
)
from ecf_core.testing.contracts.partnerships import ANOTHER_ID
from ecf_core.testing.examples import NOW, furnish
from ecf_core.testing.participants import NORTH_AUTHORITY, an_enrolment

TOMORROW = NOW + timedelta(days=1)
A_THIRD = enrolment(3)


class ParticipantsContract:
    """How participants and their histories are kept."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    @pytest.fixture
    def prepared(self, storage: Storage) -> Storage:
        prepare(storage)
        return storage

    def _history(self, prepared: Storage, of: Enrolment = AN_ENROLMENT) -> InductionHistory:
        with prepared.begin() as work:
            found = work.participants.history(of.training_record.id)
        assert found is not None
        return found

    def test_every_field_of_an_induction_record_survives(self, prepared: Storage) -> None:
        first = evolve(
            A_WHOLE_RECORD,
            induction_status=InductionStatus.COMPLETED,
            training_status=TrainingStatus.DEFERRED,
            end_date=TOMORROW + timedelta(milliseconds=1),
        )
        with prepared.begin() as work:
            work.participants.enrol([A_MENTOR, evolve(AN_ENROLMENT, record=first)])
            work.commit()
        assert self._history(prepared).records == (first,)
        assert self._history(prepared, A_MENTOR).records == (A_MENTOR.record,)
        with prepared.begin() as work:
            assert work.participants.history(TrainingRecordId(ANOTHER_ID)) is None

    def test_a_history_is_added_to_and_its_records_replaced(self, prepared: Storage) -> None:
        left = AN_ENROLMENT.record.left(on=TOMORROW, at=NOW)
        next_ = evolve(AN_ENROLMENT.record, id=InductionRecordId(ANOTHER_ID), start_date=TOMORROW)
        with prepared.begin() as work:
            work.participants.enrol([AN_ENROLMENT])
            work.participants.put_records(left, next_)
            work.commit()
        assert self._history(prepared).records == (left, next_)

    def test_a_mentor_who_has_gone_for_good_is_none(self, prepared: Storage) -> None:
        gone = evolve(A_MENTOR.record, induction_status=InductionStatus.WITHDRAWN)
        request = evolve(an_enrolment(), mentor_id=A_MENTOR.person.id)
        for record, mentor in ((A_MENTOR.record, A_MENTOR.person.id), (gone, None)):
            with prepared.begin() as work:
                work.participants.enrol([evolve(A_MENTOR, record=record)])
                (proposed,) = work.facts.proposed_enrolments([request], at=NOW)
                assert proposed.mentor == mentor

    def test_two_records_are_never_open(self, prepared: Storage) -> None:
        second = evolve(AN_ENROLMENT.record, id=InductionRecordId(ANOTHER_ID), start_date=NOW)
        with prepared.begin() as work:
            work.participants.enrol([AN_ENROLMENT])
            work.commit()
        with pytest.raises(StaleWrite), prepared.begin() as work:
            work.participants.put_records(second)
            work.commit()
        assert self._history(prepared).records == (AN_ENROLMENT.record,)

    @pytest.mark.parametrize("days", [(-30, -1), (-5, -1), (-5, -5), (-1, 1), (1, 2), (2, None)])
    def test_records_never_overlap(self, prepared: Storage, days: tuple[int, int | None]) -> None:
        start, end = days
        in_three_days = NOW + timedelta(days=3)
        first = evolve(AN_ENROLMENT.record, end_date=in_three_days)
        second = evolve(
            first,
            id=InductionRecordId(ANOTHER_ID),
            start_date=NOW + timedelta(days=start),
            end_date=None if end is None else NOW + timedelta(days=end),
        )
        with prepared.begin() as work:
            work.participants.enrol([evolve(AN_ENROLMENT, record=first)])
            work.commit()
        with pytest.raises(StaleWrite), prepared.begin() as work:
            work.participants.put_records(second)
            work.commit()
        with prepared.begin() as work:
            work.participants.put_records(evolve(second, start_date=in_three_days, end_date=None))
            work.commit()
        with pytest.raises(StaleWrite), prepared.begin() as work:
            work.participants.put_records(evolve(first, end_date=NOW + timedelta(days=4)))
            work.commit()
        assert self._history(prepared).records[0] == first

    @pytest.mark.parametrize(
        "other",
        [
            evolve(A_THIRD, person=evolve(A_THIRD.person, trn=AN_ENROLMENT.person.trn)),
            evolve(A_THIRD, person=evolve(A_THIRD.person, email=AN_ENROLMENT.person.email)),
            evolve(A_THIRD, person=evolve(A_THIRD.person, email="TEACHER.1@example.org")),
            evolve(
                A_THIRD,
                person=AN_ENROLMENT.person,
                training_record=evolve(
                    A_THIRD.training_record, participant_id=AN_ENROLMENT.person.id
                ),
            ),
        ],
        ids=["same TRN", "same e-mail", "same e-mail, spelt otherwise", "same type of training"],
    )
    def test_what_is_one_persons_is_nobody_elses(self, prepared: Storage, other: Enrolment) -> None:
        with prepared.begin() as work:
            work.participants.enrol([AN_ENROLMENT])
            work.commit()
        with pytest.raises(StaleWrite), prepared.begin() as work:
            work.participants.enrol([other])
            work.commit()
        with prepared.begin() as work:
            assert work.participants.history(A_THIRD.training_record.id) is None

    def test_people_without_a_trn_are_many(self, prepared: Storage) -> None:
        nameless = [
            evolve(each, person=evolve(each.person, trn=None)) for each in map(enrolment, (1, 2, 3))
        ]
        with prepared.begin() as work:
            work.participants.enrol(nameless)
            work.commit()
        for each in nameless:
            assert self._history(prepared, each).records == (each.record,)

    def test_one_person_trains_as_both(self, prepared: Storage) -> None:
        """And the later of what is said of a person counts, also at once."""
        moved = evolve(AN_ENROLMENT.person, email="ada@example.org", updated_at=NOW)
        mentor = evolve(
            A_THIRD,
            person=moved,
            training_record=evolve(
                A_THIRD.training_record, participant_id=moved.id, type=ParticipantType.MENTOR
            ),
        )
        with prepared.begin() as work:
            work.participants.enrol([AN_ENROLMENT, mentor])
            work.commit()
        assert self._history(prepared).records == (AN_ENROLMENT.record,)
        assert self._history(prepared, mentor).records == (mentor.record,)
        reused = enrolment(4)
        with prepared.begin() as work:
            work.participants.enrol(
                [evolve(reused, person=evolve(reused.person, email=AN_ENROLMENT.person.email))]
            )
            work.commit()

    def test_a_programme_is_added_beside_the_default(self, prepared: Storage) -> None:
        elsewhere = evolve(AN_ENROLMENT.record, programme_id=ANOTHER_PROGRAMME.id)
        with prepared.begin() as work:
            work.participants.enrol([evolve(AN_ENROLMENT, record=elsewhere)])
            work.commit()
        assert self._history(prepared).records == (elsewhere,)

    def test_what_is_not_committed_has_not_happened(self, prepared: Storage) -> None:
        with prepared.begin() as work:
            work.participants.enrol([AN_ENROLMENT])
        with prepared.begin() as work:
            assert work.participants.history(AN_ENROLMENT.training_record.id) is None

    def test_appropriate_bodies_are_kept_by_name(self, prepared: Storage) -> None:
        south = AppropriateBody(
            id=AppropriateBodyId(ANOTHER_ID), name="A South Hub", type=BodyType.TEACHING_SCHOOL_HUB
        )
        national = evolve(NORTH_AUTHORITY, type=BodyType.NATIONAL)
        with prepared.begin() as work:
            work.appropriate_bodies.put([south, national], at=NOW)
            work.commit()
        with prepared.begin() as work:
            assert work.appropriate_bodies.all() == (south, national)
        with pytest.raises(StaleWrite), prepared.begin() as work:
            work.appropriate_bodies.put([evolve(south, name=NORTH_AUTHORITY.name)], at=NOW)
            work.commit()
