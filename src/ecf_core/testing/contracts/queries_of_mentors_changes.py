from datetime import datetime, timedelta

import pytest
from attrs import evolve

from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Sort
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.unfunded_mentors import SORTABLE
from ecf_core.queries.window import Window
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.migrating_participants import Move
from ecf_core.testing.contracts.enrolled import ANOTHER_PROGRAMME
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.mentoring import (
    ALL,
    MENTOR,
    MentoringContract,
    challenge,
    enrolled,
    mentor_ids,
    mentor_of,
    mentors_of,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    COHORT_2025,
    GREENDALE_ID,
    NOW,
    PURPLE_LEARNING,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases


class MentorsChangesContract(MentoringContract):
    """When mentors are shown as changed, and in which order."""

    def test_a_challenge_hides_the_mentors_of_who_trains_under_it(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        """And when it is lifted, they are shown as changed."""
        enrolled(use_cases, "Ada Teacher", mentor=mo)
        challenge(use_cases, queries, PURPLE_LEARNING.id)
        assert mentor_ids(queries) == []
        clock.advance(days=1)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert [(row.id, row.updated_at) for row in mentors_of(queries)] == [
            (mo.person.id, clock.instant)
        ]

    def test_a_programme_that_takes_a_partnership_shows_its_mentors_as_changed(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        choice = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2025, programme="provider_led")
        use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        enrolled(use_cases, "Ada Teacher", mentor=mo, cohort=COHORT_2025)
        assert mentor_ids(queries) == []
        clock.advance(days=1)
        use_cases.create_partnership(a_request(cohort=COHORT_2025), by=ADMINISTRATOR)
        assert [row.updated_at for row in mentors_of(queries)] == [clock.instant]

    def test_whoever_is_named_as_a_mentor_or_no_longer_is_touched(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        """Nobody else is, and nothing goes back."""
        ada, bo = (enrolled(use_cases, name, mentor=mo) for name in ("Ada Teacher", "Bo Teacher"))

        def touched(days: int, *records: InductionRecord) -> list[datetime]:
            at = NOW + timedelta(days=days)
            with storage.begin() as work:
                work.participants.put_records(*(evolve(r, updated_at=at) for r in records))
                work.commit()
            return [row.updated_at for row in mentors_of(queries)]

        assert touched(1, ada.record) == [NOW]
        assert touched(2, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=2)]
        assert touched(3, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=2)]
        assert touched(4, ada.record, bo.record) == [NOW + timedelta(days=4)]
        assert touched(1, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=4)]
        with storage.begin() as work:
            work.participants.put_people(evolve(mo.person, full_name="Mo M."))
            work.commit()
        (row,) = mentors_of(queries)
        assert (row.full_name, row.updated_at) == ("Mo M.", NOW + timedelta(days=4))

    def test_a_move_touches_the_mentors_of_those_who_move(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        ada = enrolled(use_cases, "Ada Teacher", mentor=mo)
        later = NOW + timedelta(days=9)
        (own,) = queries.partnerships.of_lead_provider(
            PURPLE_LEARNING.id, PartnershipsFilter(), (), ALL
        ).rows
        programme = evolve(ANOTHER_PROGRAMME, partnership_id=own.id)
        move = Move(from_programmes=(ada.record.programme_id,), to_programme=programme.id)
        with storage.begin() as work:
            work.school_cohorts.add_programme(GREENDALE_ID, 2024, programme, at=NOW)
            assert work.participants.move(move, at=later, batch=NO_SUCH_ID) == 1
            work.commit()
        assert [row.updated_at for row in mentors_of(queries)] == [later]

    def test_those_that_changed_since_are_shown_by_what_is_shown(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        clock.advance(days=1)
        enrolled(use_cases, "Ada Teacher", mentor=mo)
        since, later = clock.instant, clock.instant + timedelta(microseconds=1)
        assert mentor_ids(queries, since=since) == [mo.person.id]
        assert mentor_ids(queries, since=later) == []
        assert mentor_of(queries, mo.person.id, since=since)
        assert mentor_of(queries, mo.person.id, since=later) is None

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", [*sorted(SORTABLE), None])
    def test_pages_of_unfunded_mentors_never_overlap(
        self,
        use_cases: UseCases,
        queries: Queries,
        clock: SettableClock,
        mo: Enrolment,
        field: str | None,
        *,
        descending: bool,
    ) -> None:
        mentors = [
            mo,
            *(
                enrolled(use_cases, name, type_=MENTOR, cohort=COHORT_2023)
                for name in ("Zoe Mentor", "Abe Mentor")
            ),
        ]
        for number, mentor in enumerate(mentors):
            clock.advance(days=1)
            enrolled(use_cases, f"Teacher {'abc'[number]}", mentor=mentor)
        order = (Sort(field, descending),) if field else ()
        every = mentors_of(queries, order=order)
        keys = [getattr(row, field or "created_at") for row in every]
        assert keys == sorted(keys, reverse=descending and field is not None)
        assert len(every) == 3
        pages = [
            queries.unfunded_mentors.of_lead_provider(
                PURPLE_LEARNING.id, None, order, Window(page=number, per_page=2)
            )
            for number in (1, 2)
        ]
        assert [row for page in pages for row in page.rows] == every
        assert [page.more for page in pages] == [True, False]
