from datetime import datetime, timedelta

import pytest
from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import Enrolment, ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.unfunded_mentors import SORTABLE, UnfundedMentorRow
from ecf_core.queries.window import Window
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.migrating_participants import Move
from ecf_core.testing.contracts.enrolled import ANOTHER_PROGRAMME
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    COHORT_2024,
    COHORT_2025,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

ALL = Window(per_page=3000)
MENTOR = ParticipantType.MENTOR


class UnfundedMentorQueriesContract(FurnishedContract):
    """Which mentors a lead provider is shown that it does not train, and how."""

    @pytest.fixture
    def mo(self, storage: Storage, use_cases: UseCases) -> Enrolment:
        """Mo is a mentor at Greendale, trained with Orange Institute since 2023.

        For 2024 the school has a partnership with Purple Learning.
        """
        furnish_for_participants(storage.begin)
        for cohort in (2023, 2024):
            choice = ProgrammeRequest(
                school_id=GREENDALE_ID, cohort=cohort, programme="provider_led"
            )
            use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        of_2023 = a_request(cohort=COHORT_2023, lead_provider=ORANGE_INSTITUTE)
        use_cases.create_partnership(of_2023, by=ADMINISTRATOR)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        return _enrolled(use_cases, "Mo Mentor", type_=MENTOR, cohort=COHORT_2023)

    def test_a_mentor_of_its_teachers_whom_it_does_not_train_is_shown(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        assert _ids(queries) == []
        clock.advance(days=1)
        _enrolled(use_cases, "Ada Teacher", mentor=mo)
        expected = UnfundedMentorRow(
            mo.person.id,
            "Mo Mentor",
            "mo.mentor@example.org",
            None,
            mo.person.created_at,
            clock.instant,
        )
        assert _shown(queries) == [expected]
        assert _one(queries, mo.person.id) == expected
        assert _one(queries, mo.person.id, by=ORANGE_INSTITUTE.id) is None
        assert _ids(queries, by=ORANGE_INSTITUTE.id) == []
        assert _one(queries, ParticipantId(NO_SUCH_ID)) is None

    @pytest.mark.usefixtures("mo")
    def test_a_mentor_whom_it_trains_itself_is_not(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        """Nor by the other, of whom it has no early career teacher."""
        own = _enrolled(use_cases, "My Mentor", type_=MENTOR)
        _enrolled(use_cases, "Ada Teacher", mentor=own)
        assert _ids(queries) == _ids(queries, by=ORANGE_INSTITUTE.id) == []
        _enrolled(use_cases, "Bo Teacher", mentor=own, cohort=COHORT_2023)
        assert _ids(queries, by=ORANGE_INSTITUTE.id) == [own.person.id]
        assert _ids(queries) == []

    @pytest.mark.usefixtures("mo")
    def test_one_who_has_no_record_as_a_mentor_is_shown_and_found(
        self, storage: Storage, use_cases: UseCases, queries: Queries
    ) -> None:
        """Though the lead provider trains them as a teacher."""
        ada = _enrolled(use_cases, "Ada Teacher")
        bo = _enrolled(use_cases, "Bo Teacher")
        with storage.begin() as work:
            work.participants.put_records(evolve(bo.record, mentor_id=ada.person.id))
            work.commit()
        assert _ids(queries) == [ada.person.id]
        assert _one(queries, ada.person.id) is not None

    def test_the_mentor_is_the_one_that_its_latest_record_names(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        ada = _enrolled(use_cases, "Ada Teacher", mentor=mo)
        changed = evolve(ada.record, mentor_id=None, updated_at=NOW)
        with storage.begin() as work:
            work.participants.put_records(changed)
            work.commit()
        assert _ids(queries) == []

    def test_the_address_is_that_of_the_mentors_own_latest_record(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        _enrolled(use_cases, "Ada Teacher", mentor=mo)
        with storage.begin() as work:
            work.participants.put_records(evolve(mo.record, email="mo@greendale.example"))
            work.commit()
        assert [row.email for row in _shown(queries)] == ["mo@greendale.example"]

    def test_a_challenge_hides_the_mentors_of_who_trains_under_it(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        """And when it is lifted, they are shown as changed."""
        _enrolled(use_cases, "Ada Teacher", mentor=mo)
        _challenge(use_cases, queries, PURPLE_LEARNING.id)
        assert _ids(queries) == []
        clock.advance(days=1)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert [(row.id, row.updated_at) for row in _shown(queries)] == [
            (mo.person.id, clock.instant)
        ]

    def test_a_programme_that_takes_a_partnership_shows_its_mentors_as_changed(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        choice = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2025, programme="provider_led")
        use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        _enrolled(use_cases, "Ada Teacher", mentor=mo, cohort=COHORT_2025)
        assert _ids(queries) == []
        clock.advance(days=1)
        use_cases.create_partnership(a_request(cohort=COHORT_2025), by=ADMINISTRATOR)
        assert [row.updated_at for row in _shown(queries)] == [clock.instant]

    def test_whoever_is_named_as_a_mentor_or_no_longer_is_touched(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        """Nobody else is, and nothing goes back."""
        ada, bo = (_enrolled(use_cases, name, mentor=mo) for name in ("Ada Teacher", "Bo Teacher"))

        def touched(days: int, *records: InductionRecord) -> list[datetime]:
            at = NOW + timedelta(days=days)
            with storage.begin() as work:
                work.participants.put_records(*(evolve(r, updated_at=at) for r in records))
                work.commit()
            return [row.updated_at for row in _shown(queries)]

        assert touched(1, ada.record) == [NOW]
        assert touched(2, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=2)]
        assert touched(3, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=2)]
        assert touched(4, ada.record, bo.record) == [NOW + timedelta(days=4)]
        assert touched(1, evolve(ada.record, mentor_id=None)) == [NOW + timedelta(days=4)]
        with storage.begin() as work:
            work.participants.put_people(evolve(mo.person, full_name="Mo M."))
            work.commit()
        (row,) = _shown(queries)
        assert (row.full_name, row.updated_at) == ("Mo M.", NOW + timedelta(days=4))

    def test_a_move_touches_the_mentors_of_those_who_move(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        ada = _enrolled(use_cases, "Ada Teacher", mentor=mo)
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
        assert [row.updated_at for row in _shown(queries)] == [later]

    def test_those_that_changed_since_are_shown_by_what_is_shown(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        clock.advance(days=1)
        _enrolled(use_cases, "Ada Teacher", mentor=mo)
        since, later = clock.instant, clock.instant + timedelta(microseconds=1)
        assert _ids(queries, since=since) == [mo.person.id]
        assert _ids(queries, since=later) == []
        assert _one(queries, mo.person.id, since=since)
        assert _one(queries, mo.person.id, since=later) is None

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
                _enrolled(use_cases, name, type_=MENTOR, cohort=COHORT_2023)
                for name in ("Zoe Mentor", "Abe Mentor")
            ),
        ]
        for number, mentor in enumerate(mentors):
            clock.advance(days=1)
            _enrolled(use_cases, f"Teacher {'abc'[number]}", mentor=mentor)
        order = (Sort(field, descending),) if field else ()
        every = _shown(queries, order=order)
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


def _enrolled(
    use_cases: UseCases,
    name: str,
    *,
    type_: ParticipantType = ParticipantType.ECT,
    mentor: Enrolment | None = None,
    cohort: Cohort = COHORT_2024,
) -> Enrolment:
    """At Greendale."""
    request = an_enrolment(name, type_=type_, cohort=cohort)
    named = evolve(request, mentor_id=mentor.person.id if mentor else None)
    return use_cases.enrol_participant(named, by=ADMINISTRATOR)


def _challenge(use_cases: UseCases, queries: Queries, by: LeadProviderId) -> None:
    (own,) = queries.partnerships.of_lead_provider(by, PartnershipsFilter(), (), ALL).rows
    request = ChallengeRequest(partnership_id=own.id, reason="mistake")
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)


def _shown(
    queries: Queries,
    *,
    by: LeadProviderId = PURPLE_LEARNING.id,
    since: datetime | None = None,
    order: Order = (),
) -> list[UnfundedMentorRow]:
    return list(queries.unfunded_mentors.of_lead_provider(by, since, order, ALL).rows)


def _ids(
    queries: Queries, *, by: LeadProviderId = PURPLE_LEARNING.id, since: datetime | None = None
) -> list[ParticipantId]:
    return [row.id for row in _shown(queries, by=by, since=since)]


def _one(
    queries: Queries,
    id_: ParticipantId,
    *,
    by: LeadProviderId = PURPLE_LEARNING.id,
    since: datetime | None = None,
) -> UnfundedMentorRow | None:
    return queries.unfunded_mentors.one_of_lead_provider(by, id_, since)
