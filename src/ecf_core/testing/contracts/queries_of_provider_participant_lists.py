"""Which participants are wanted, and in what order."""

from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Sort
from ecf_core.queries.provider_participant_lists import (
    SORTABLE,
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.reading_participants import (
    ADA,
    CHANGES,
    EVERYONE,
    EVERYTHING,
    change,
    enrol,
    ids,
    ids_of,
    people,
    several,
    training_of,
    trainings,
)
from ecf_core.testing.contracts.trained import (
    BEFORE,
    PURPLE_2020,
    PURPLE_2023,
    a_mentor_too,
    a_training,
    make_places,
)
from ecf_core.testing.examples import (
    NOW,
    PURPLE_LEARNING,
)


class ProviderParticipantListsContract(FurnishedContract):
    """Which participants a lead provider is shown, and in what order."""

    @pytest.fixture
    def places(self, storage: Storage) -> Storage:
        make_places(storage.begin)
        return storage

    def test_cohort_2020_is_shown_when_it_is_asked_for(
        self, places: Storage, queries: Queries
    ) -> None:
        first = a_training(2, PURPLE_2020)
        enrol(places, ADA, first)
        assert ids(queries) == ids_of(1)
        assert [row.id for row in trainings(queries)] == ids_of(1)
        of_2020 = frozenset({2020})
        assert ids(queries, ProviderParticipantsFilter(cohorts=of_2020)) == ids_of(2)
        assert training_of(queries, first, EVERYTHING) is None
        assert training_of(queries, first, TrainingsFilter(cohorts=of_2020)) is not None

    def test_a_person_who_trains_twice_is_one_participant_and_two_trainings(
        self, places: Storage, queries: Queries
    ) -> None:
        mentor = a_mentor_too(ADA, 9, PURPLE_2023)
        enrol(places, evolve(mentor, person=ADA.person), ADA)
        (row,) = people(queries)
        assert [each.type for each in row.enrolments] == ["ect", "mentor"]
        assert [each.cohort for each in row.enrolments] == [2024, 2023]
        both = trainings(queries)
        assert [each.id for each in both] == [ADA.person.id] * 2
        assert [(each.enrolment,) for each in both] == [
            each.participant.enrolments for each in both
        ]
        ect = training_of(queries, ADA, EVERYTHING)
        assert ect is not None
        assert ect.enrolment.type == "ect"
        as_mentor = training_of(queries, ADA, TrainingsFilter(cohorts=frozenset({2023})))
        assert as_mentor is not None
        assert as_mentor.enrolment.type == "mentor"

    def test_one_training_that_is_wanted_brings_the_others_along(
        self, places: Storage, queries: Queries
    ) -> None:
        """Cohort and status are both asked of the one."""
        mentor = a_mentor_too(ADA, 9, PURPLE_2023)
        withdrawn = evolve(mentor.record, training_status=TrainingStatus.WITHDRAWN)
        enrol(places, ADA, evolve(mentor, record=withdrawn), a_training(2))
        by_status = ProviderParticipantsFilter(training_status="withdrawn")
        by_cohort = ProviderParticipantsFilter(cohorts=frozenset({2023}))
        one = queries.provider_participants.one
        for wanted in (by_status, by_cohort):
            (row,) = people(queries, wanted)
            assert len(row.enrolments) == 2
            assert one(PURPLE_LEARNING.id, ADA.person.id, wanted) == row
        neither = evolve(by_status, cohorts=frozenset({2024}))
        assert people(queries, neither) == ()
        assert one(PURPLE_LEARNING.id, ADA.person.id, neither) is None
        nobodys = ProviderParticipantsFilter(from_id=ADA.person.id)
        assert people(queries, nobodys) == ()

    @pytest.mark.parametrize("changed", CHANGES)
    def test_what_is_shown_as_updated_is_what_updated_since_compares(
        self, places: Storage, queries: Queries, changed: str
    ) -> None:
        enrol(places, ADA, a_training(2, PURPLE_2023))
        since = ProviderParticipantsFilter(updated_since=NOW)
        trainings_since = TrainingsFilter(updated_since=NOW)
        assert ids(queries, since) == []
        change(places, CHANGES[changed])
        (row,) = people(queries, since)
        assert (row.id, row.updated_at) == (ADA.person.id, NOW)
        assert [each.updated_at for each in trainings(queries, trainings_since)] == [NOW]
        later = NOW + timedelta(microseconds=1)
        assert ids(queries, evolve(since, updated_since=later)) == []
        assert trainings(queries, evolve(trainings_since, updated_since=later)) == ()

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", [*sorted(SORTABLE), None])
    def test_participants_in_any_order_are_cut_into_pages(
        self, places: Storage, queries: Queries, field: str | None, *, descending: bool
    ) -> None:
        several(places)
        order = (Sort(field, descending),) if field else ()
        found = people(queries, order=order)
        assert len(found) == 7
        expected = sorted(found, key=lambda row: row.id)
        by = field or "created_at"
        expected.sort(key=lambda row: getattr(row, by), reverse=descending and field is not None)
        assert list(found) == expected
        pages = [
            queries.provider_participants.page(
                PURPLE_LEARNING.id, EVERYONE, order, Window(page=number, per_page=3)
            )
            for number in (1, 2, 3, 4)
        ]
        assert [row for page in pages for row in page.rows] == expected
        assert [(len(page.rows), page.more) for page in pages] == [
            (3, True),
            (3, True),
            (1, False),
            (0, False),
        ]

    def test_trainings_are_in_the_order_in_which_people_came_or_have_changed(
        self, places: Storage, queries: Queries
    ) -> None:
        several(places)
        for wanted in (EVERYTHING, TrainingsFilter(updated_since=BEFORE)):
            rows = trainings(queries, wanted)
            assert len(rows) == 9
            moment = "created_at" if wanted is EVERYTHING else "updated_at"
            keys = [(getattr(row, moment), row.id, row.training_record_id) for row in rows]
            assert keys == sorted(keys)
            pages = [
                queries.provider_participants.trainings(
                    PURPLE_LEARNING.id, wanted, Window(page=number, per_page=4)
                ).rows
                for number in (1, 2, 3)
            ]
            assert sum(pages, ()) == rows

    def test_a_training_that_goes_over_to_another_person_is_shown_there_alone(
        self, places: Storage, queries: Queries
    ) -> None:
        mentor = a_training(2, type_=ParticipantType.MENTOR)
        enrol(places, ADA, mentor)
        taken = evolve(ADA.training_record, participant_id=mentor.person.id)
        change(places, lambda work: work.participants.put_training_records(taken))
        (row,) = people(queries)
        assert row.id == mentor.person.id
        assert [each.type for each in row.enrolments] == ["ect", "mentor"]
