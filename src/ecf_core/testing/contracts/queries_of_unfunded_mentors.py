import pytest
from attrs import evolve

from ecf_core.model.ids import ParticipantId
from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.unfunded_mentors import UnfundedMentorRow
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.mentoring import (
    MENTOR,
    MentoringContract,
    enrolled,
    mentor_ids,
    mentor_of,
    mentors_of,
)
from ecf_core.testing.examples import (
    COHORT_2023,
    NOW,
    ORANGE_INSTITUTE,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases


class UnfundedMentorQueriesContract(MentoringContract):
    """Which mentors a lead provider is shown that it does not train, and how."""

    def test_a_mentor_of_its_teachers_whom_it_does_not_train_is_shown(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, mo: Enrolment
    ) -> None:
        assert mentor_ids(queries) == []
        clock.advance(days=1)
        enrolled(use_cases, "Ada Teacher", mentor=mo)
        expected = UnfundedMentorRow(
            mo.person.id,
            "Mo Mentor",
            "mo.mentor@example.org",
            None,
            mo.person.created_at,
            clock.instant,
        )
        assert mentors_of(queries) == [expected]
        assert mentor_of(queries, mo.person.id) == expected
        assert mentor_of(queries, mo.person.id, by=ORANGE_INSTITUTE.id) is None
        assert mentor_ids(queries, by=ORANGE_INSTITUTE.id) == []
        assert mentor_of(queries, ParticipantId(NO_SUCH_ID)) is None

    @pytest.mark.usefixtures("mo")
    def test_a_mentor_whom_it_trains_itself_is_not(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        """Nor by the other, of whom it has no early career teacher."""
        own = enrolled(use_cases, "My Mentor", type_=MENTOR)
        enrolled(use_cases, "Ada Teacher", mentor=own)
        assert mentor_ids(queries) == mentor_ids(queries, by=ORANGE_INSTITUTE.id) == []
        enrolled(use_cases, "Bo Teacher", mentor=own, cohort=COHORT_2023)
        assert mentor_ids(queries, by=ORANGE_INSTITUTE.id) == [own.person.id]
        assert mentor_ids(queries) == []

    @pytest.mark.usefixtures("mo")
    def test_one_who_has_no_record_as_a_mentor_is_shown_and_found(
        self, storage: Storage, use_cases: UseCases, queries: Queries
    ) -> None:
        """Though the lead provider trains them as a teacher."""
        ada = enrolled(use_cases, "Ada Teacher")
        bo = enrolled(use_cases, "Bo Teacher")
        with storage.begin() as work:
            work.participants.put_records(evolve(bo.record, mentor_id=ada.person.id))
            work.commit()
        assert mentor_ids(queries) == [ada.person.id]
        assert mentor_of(queries, ada.person.id) is not None

    def test_the_mentor_is_the_one_that_its_latest_record_names(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        ada = enrolled(use_cases, "Ada Teacher", mentor=mo)
        changed = evolve(ada.record, mentor_id=None, updated_at=NOW)
        with storage.begin() as work:
            work.participants.put_records(changed)
            work.commit()
        assert mentor_ids(queries) == []

    def test_the_address_is_that_of_the_mentors_own_latest_record(
        self, storage: Storage, use_cases: UseCases, queries: Queries, mo: Enrolment
    ) -> None:
        enrolled(use_cases, "Ada Teacher", mentor=mo)
        with storage.begin() as work:
            work.participants.put_records(evolve(mo.record, email="mo@greendale.example"))
            work.commit()
        assert [row.email for row in mentors_of(queries)] == ["mo@greendale.example"]
