from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import evolve

from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import Enrolment, MentorFundingEndReason
from ecf_core.ports.storage import Storage
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.queries import Queries
from ecf_core.queries.order import Order, Sort
from ecf_core.queries.provider_participant_lists import (
    SORTABLE,
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.provider_participants import (
    EnrolmentRow,
    ProviderParticipantRow,
    TrainingRow,
)
from ecf_core.queries.window import Window
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.partnerships import A_CHALLENGE
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    ORANGE_2024,
    PURPLE_2020,
    PURPLE_2023,
    PURPLE_2024,
    UNPARTNERED,
    a_mentor_too,
    a_training,
    gone_to,
    make_places,
    said,
)
from ecf_core.testing.examples import (
    GREENDALE,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)

ALL = Window(per_page=3000)
EVERYONE = ProviderParticipantsFilter()
EVERYTHING = TrainingsFilter()
ADA = a_training(1)
Change = Callable[[UnitOfWork], None]


def _challenge(work: UnitOfWork) -> None:
    assert PURPLE_2024.partnership is not None
    challenged = evolve(PURPLE_2024.partnership, challenge=A_CHALLENGE, updated_at=NOW)
    work.partnerships.save(challenged)


SEEN_BY_NOBODY = a_mentor_too(ADA, 12, UNPARTNERED)


CHANGES: dict[str, Change] = {
    "the person": lambda work: work.participants.put_people(
        evolve(ADA.person, full_name="Ada Married", updated_at=NOW)
    ),
    "the training": lambda work: work.participants.put_training_records(
        evolve(ADA.training_record, sparsity_uplift=True, updated_at=NOW)
    ),
    "the record": lambda work: work.participants.put_records(
        evolve(ADA.record, schedule="ecf-standard-january", updated_at=NOW)
    ),
    "a record with another lead provider": lambda work: work.participants.put_records(
        *gone_to(ADA, 11, ORANGE_2024)
    ),
    "a training of which nothing is seen": lambda work: work.participants.enrol(
        [evolve(SEEN_BY_NOBODY, record=evolve(SEEN_BY_NOBODY.record, updated_at=NOW))]
    ),
    "the delivery partner": lambda work: work.providers.put_delivery_partners(
        [evolve(NORTH_HUB, discarded_at=NOW, updated_at=NOW)]
    ),
}


class ProviderParticipantQueriesContract(FurnishedContract):
    """How participants are shown to the lead providers that train them."""

    @pytest.fixture
    def places(self, storage: Storage) -> Storage:
        make_places(storage.begin)
        return storage

    def test_all_that_concerns_a_training_is_shown(self, places: Storage, queries: Queries) -> None:
        mentor = a_training(2)
        known = evolve(
            ADA.training_record,
            trn_validated=True,
            eligible_for_funding=False,
            pupil_premium_uplift=True,
            sparsity_uplift=True,
            induction_end_date=date(2026, 7, 20),
            mentor_funding_end_date=date(2026, 7, 21),
            mentor_funding_end_reason=MentorFundingEndReason.STARTED_NOT_COMPLETED,
            cohort_changed_after_payments_frozen=True,
            updated_at=NOW,
        )
        record = evolve(
            ADA.record,
            training_status=TrainingStatus.DEFERRED,
            mentor_id=mentor.person.id,
            email="ada@greendale.example.org",
            end_date=NOW + timedelta(microseconds=1),
            updated_at=NOW + timedelta(seconds=1),
        )
        states = (
            said(1, ADA, TrainingStatus.WITHDRAWN),
            said(2, ADA, TrainingStatus.DEFERRED, at=BEFORE),
            said(3, ADA, TrainingStatus.DEFERRED, at=NOW - A_DAY),
            said(4, ADA, TrainingStatus.DEFERRED, ORANGE_INSTITUTE),
        )
        _enrol(places, mentor, evolve(ADA, training_record=known, record=record))
        _change(places, *(lambda work, s=state: work.participants.add_state(s) for state in states))
        assert _one(queries) == ProviderParticipantRow(
            id=ADA.person.id,
            full_name="Teacher 1",
            trn="0000001",
            created_at=BEFORE,
            updated_at=record.updated_at,
            enrolments=(
                EnrolmentRow(
                    training_record_id=known.id,
                    email="ada@greendale.example.org",
                    mentor_id=mentor.person.id,
                    urn=GREENDALE.urn,
                    type="ect",
                    cohort=2024,
                    training_status="deferred",
                    induction_status="active",
                    start_date=BEFORE,
                    end_date=record.end_date,
                    trn_validated=True,
                    eligible_for_funding=False,
                    pupil_premium_uplift=True,
                    sparsity_uplift=True,
                    schedule=record.schedule,
                    delivery_partner_id=NORTH_HUB.id,
                    stopped_reason="career-break",
                    stopped_at=NOW - A_DAY,
                    created_at=BEFORE,
                    induction_end_date=date(2026, 7, 20),
                    mentor_funding_end_date=date(2026, 7, 21),
                    cohort_changed_after_payments_frozen=True,
                    mentor_funding_end_reason="started_not_completed",
                    record_created_at=BEFORE,
                ),
            ),
            id_changes=(),
        )

    def test_what_is_not_known_is_not_shown(self, places: Storage, queries: Queries) -> None:
        _enrol(places, evolve(ADA, person=evolve(ADA.person, trn=None)))
        row = _one(queries)
        assert row is not None
        (enrolment,) = row.enrolments
        assert (row.trn, enrolment.trn_validated, enrolment.eligible_for_funding) == (None,) * 3
        assert (enrolment.email, enrolment.mentor_id) == (ADA.person.email, None)
        assert (enrolment.stopped_reason, enrolment.stopped_at) == (None, None)
        assert (enrolment.induction_end_date, enrolment.mentor_funding_end_date) == (None, None)

    def test_a_lead_provider_sees_those_under_its_own_partnerships_alone(
        self, places: Storage, queries: Queries
    ) -> None:
        _enrol(places, ADA, a_training(2, ORANGE_2024), a_training(3, UNPARTNERED))
        assert _ids(queries) == _ids_of(1)
        assert _ids(queries, of=ORANGE_INSTITUTE.id) == _ids_of(2)
        one = queries.provider_participants.one
        assert one(ORANGE_INSTITUTE.id, ADA.person.id, EVERYONE) is None
        assert one(PURPLE_LEARNING.id, ParticipantId(NO_SUCH_ID), EVERYONE) is None
        training = queries.provider_participants.training
        assert training(ORANGE_INSTITUTE.id, ADA.person.id, EVERYTHING) is None

    def test_a_challenge_hides_participants_until_it_is_lifted(
        self, places: Storage, queries: Queries
    ) -> None:
        _enrol(places, ADA, a_training(2, PURPLE_2023))
        assert PURPLE_2024.partnership is not None
        _change(places, _challenge)
        assert _ids(queries) == _ids_of(2)
        lifted = evolve(PURPLE_2024.partnership, version=2, updated_at=NOW + A_DAY)
        _change(places, lambda work: work.partnerships.save(lifted))
        assert _ids(queries) == _ids_of(1, 2)
        since = ProviderParticipantsFilter(updated_since=NOW + A_DAY)
        assert _ids(queries, since) == _ids_of(1)

    def test_who_has_gone_to_another_lead_provider_is_seen_by_both(
        self, places: Storage, queries: Queries
    ) -> None:
        _enrol(places, ADA)
        _change(places, CHANGES["a record with another lead provider"])
        statuses = []
        for of in (PURPLE_LEARNING.id, ORANGE_INSTITUTE.id):
            row = queries.provider_participants.one(of, ADA.person.id, EVERYONE)
            assert row is not None
            (enrolment,) = row.enrolments
            statuses.append((enrolment.induction_status, enrolment.end_date))
        assert statuses == [("leaving", NOW), ("active", None)]

    def test_a_participant_who_changed_cohort_is_in_the_latest_alone_but_for_trainings(
        self, places: Storage, queries: Queries
    ) -> None:
        old = a_training(1, PURPLE_2023)
        _enrol(places, old)
        _change(places, lambda work: work.participants.put_records(*gone_to(old, 11, PURPLE_2024)))
        for year, listed in ((2023, []), (2024, _ids_of(1))):
            assert _ids(queries, ProviderParticipantsFilter(cohorts=frozenset({year}))) == listed
        for years, shown in (({2023}, 2023), ({2024}, 2024), ({2023, 2024}, 2024), (None, 2024)):
            wanted = TrainingsFilter(cohorts=frozenset(years) if years else None)
            (row,) = _trainings(queries, wanted)
            assert row.enrolment.cohort == shown
            assert _training(queries, old, wanted) == row
        assert _trainings(queries, TrainingsFilter(cohorts=frozenset({2020}))) == ()
        assert _trainings(queries, TrainingsFilter(cohorts=frozenset())) == ()

    def test_the_record_without_an_end_counts_and_then_the_one_that_starts_last(
        self, places: Storage, queries: Queries
    ) -> None:
        _enrol(places, ADA)
        closed = evolve(ADA.record, end_date=NOW - A_DAY, schedule="first")
        records = (
            closed,
            evolve(gone_to(ADA, 11, PURPLE_2024)[1], start_date=NOW - A_DAY, schedule="second"),
        )
        _change(places, lambda work: work.participants.put_records(*records))
        assert _schedule(queries) == "second"
        ended = evolve(records[1], end_date=NOW)
        _change(places, lambda work: work.participants.put_records(ended))
        assert _schedule(queries) == "second"

    def test_cohort_2020_is_shown_when_it_is_asked_for(
        self, places: Storage, queries: Queries
    ) -> None:
        first = a_training(2, PURPLE_2020)
        _enrol(places, ADA, first)
        assert _ids(queries) == _ids_of(1)
        assert [row.id for row in _trainings(queries)] == _ids_of(1)
        of_2020 = frozenset({2020})
        assert _ids(queries, ProviderParticipantsFilter(cohorts=of_2020)) == _ids_of(2)
        assert _training(queries, first, EVERYTHING) is None
        assert _training(queries, first, TrainingsFilter(cohorts=of_2020)) is not None

    def test_a_person_who_trains_twice_is_one_participant_and_two_trainings(
        self, places: Storage, queries: Queries
    ) -> None:
        mentor = a_mentor_too(ADA, 9, PURPLE_2023)
        _enrol(places, evolve(mentor, person=ADA.person), ADA)
        (row,) = _people(queries)
        assert [each.type for each in row.enrolments] == ["ect", "mentor"]
        assert [each.cohort for each in row.enrolments] == [2024, 2023]
        both = _trainings(queries)
        assert [each.id for each in both] == [ADA.person.id] * 2
        assert [(each.enrolment,) for each in both] == [
            each.participant.enrolments for each in both
        ]
        ect = _training(queries, ADA, EVERYTHING)
        assert ect is not None
        assert ect.enrolment.type == "ect"
        as_mentor = _training(queries, ADA, TrainingsFilter(cohorts=frozenset({2023})))
        assert as_mentor is not None
        assert as_mentor.enrolment.type == "mentor"

    def test_one_training_that_is_wanted_brings_the_others_along(
        self, places: Storage, queries: Queries
    ) -> None:
        """Cohort and status are both asked of the one."""
        mentor = a_mentor_too(ADA, 9, PURPLE_2023)
        withdrawn = evolve(mentor.record, training_status=TrainingStatus.WITHDRAWN)
        _enrol(places, ADA, evolve(mentor, record=withdrawn), a_training(2))
        by_status = ProviderParticipantsFilter(training_status="withdrawn")
        by_cohort = ProviderParticipantsFilter(cohorts=frozenset({2023}))
        one = queries.provider_participants.one
        for wanted in (by_status, by_cohort):
            (row,) = _people(queries, wanted)
            assert len(row.enrolments) == 2
            assert one(PURPLE_LEARNING.id, ADA.person.id, wanted) == row
        neither = evolve(by_status, cohorts=frozenset({2024}))
        assert _people(queries, neither) == ()
        assert one(PURPLE_LEARNING.id, ADA.person.id, neither) is None
        nobodys = ProviderParticipantsFilter(from_id=ADA.person.id)
        assert _people(queries, nobodys) == ()

    @pytest.mark.parametrize("changed", CHANGES)
    def test_what_is_shown_as_updated_is_what_updated_since_compares(
        self, places: Storage, queries: Queries, changed: str
    ) -> None:
        _enrol(places, ADA, a_training(2, PURPLE_2023))
        since = ProviderParticipantsFilter(updated_since=NOW)
        trainings_since = TrainingsFilter(updated_since=NOW)
        assert _ids(queries, since) == []
        _change(places, CHANGES[changed])
        (row,) = _people(queries, since)
        assert (row.id, row.updated_at) == (ADA.person.id, NOW)
        assert [each.updated_at for each in _trainings(queries, trainings_since)] == [NOW]
        later = NOW + timedelta(microseconds=1)
        assert _ids(queries, evolve(since, updated_since=later)) == []
        assert _trainings(queries, evolve(trainings_since, updated_since=later)) == ()

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("field", [*sorted(SORTABLE), None])
    def test_participants_in_any_order_are_cut_into_pages(
        self, places: Storage, queries: Queries, field: str | None, *, descending: bool
    ) -> None:
        _several(places)
        order = (Sort(field, descending),) if field else ()
        found = _people(queries, order=order)
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
        _several(places)
        for wanted in (EVERYTHING, TrainingsFilter(updated_since=BEFORE)):
            rows = _trainings(queries, wanted)
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


def _several(storage: Storage) -> None:
    """Their instants repeat, their ids go against the order they came in; two train twice."""
    enrolments = []
    for number in range(7):
        at = BEFORE + number // 3 * A_DAY
        each = a_training(50 - number, (PURPLE_2024, PURPLE_2023)[number % 2], at=at)
        person = evolve(each.person, updated_at=at + (number % 2) * 9 * A_DAY)
        enrolments.append(evolve(each, person=person))
        if number % 4 == 1:
            enrolments.append(a_mentor_too(enrolments[-1], 70 - number))
    _enrol(storage, *enrolments)


def _enrol(storage: Storage, *enrolments: Enrolment) -> None:
    _change(storage, lambda work: work.participants.enrol(enrolments))


def _change(storage: Storage, *changes: Change) -> None:
    with storage.begin() as work:
        for change in changes:
            change(work)
        work.commit()


def _people(
    queries: Queries, wanted: ProviderParticipantsFilter = EVERYONE, order: Order = ()
) -> tuple[ProviderParticipantRow, ...]:
    return queries.provider_participants.page(PURPLE_LEARNING.id, wanted, order, ALL).rows


def _ids(
    queries: Queries,
    wanted: ProviderParticipantsFilter = EVERYONE,
    of: LeadProviderId = PURPLE_LEARNING.id,
) -> list[ParticipantId]:
    page = queries.provider_participants.page(of, wanted, (), ALL)
    return [row.id for row in page.rows]


def _ids_of(*numbers: int) -> list[ParticipantId]:
    return [a_training(number).person.id for number in numbers]


def _one(queries: Queries) -> ProviderParticipantRow | None:
    return queries.provider_participants.one(PURPLE_LEARNING.id, ADA.person.id, EVERYONE)


def _schedule(queries: Queries) -> str:
    row = _one(queries)
    assert row is not None
    return row.enrolments[0].schedule


def _trainings(queries: Queries, wanted: TrainingsFilter = EVERYTHING) -> tuple[TrainingRow, ...]:
    return queries.provider_participants.trainings(PURPLE_LEARNING.id, wanted, ALL).rows


def _training(queries: Queries, of: Enrolment, wanted: TrainingsFilter) -> TrainingRow | None:
    return queries.provider_participants.training(PURPLE_LEARNING.id, of.person.id, wanted)
