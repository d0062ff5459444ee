"""What is shown of a participant."""

from datetime import date, timedelta

import pytest
from attrs import evolve

from ecf_core.model.ids import ParticipantId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import MentorFundingEndReason
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.provider_participant_lists import (
    ProviderParticipantsFilter,
    TrainingsFilter,
)
from ecf_core.queries.provider_participants import (
    EnrolmentRow,
    ProviderParticipantRow,
)
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.reading_participants import (
    ADA,
    CHANGES,
    EVERYONE,
    EVERYTHING,
    challenge,
    change,
    enrol,
    ids,
    ids_of,
    one_of,
    schedule,
    training_of,
    trainings,
)
from ecf_core.testing.contracts.trained import (
    A_DAY,
    BEFORE,
    ORANGE_2024,
    PURPLE_2023,
    PURPLE_2024,
    UNPARTNERED,
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
        enrol(places, mentor, evolve(ADA, training_record=known, record=record))
        change(places, *(lambda work, s=state: work.participants.add_state(s) for state in states))
        assert one_of(queries) == ProviderParticipantRow(
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
        enrol(places, evolve(ADA, person=evolve(ADA.person, trn=None)))
        row = one_of(queries)
        assert row is not None
        (enrolment,) = row.enrolments
        assert (row.trn, enrolment.trn_validated, enrolment.eligible_for_funding) == (None,) * 3
        assert (enrolment.email, enrolment.mentor_id) == (ADA.person.email, None)
        assert (enrolment.stopped_reason, enrolment.stopped_at) == (None, None)
        assert (enrolment.induction_end_date, enrolment.mentor_funding_end_date) == (None, None)

    def test_a_lead_provider_sees_those_under_its_own_partnerships_alone(
        self, places: Storage, queries: Queries
    ) -> None:
        enrol(places, ADA, a_training(2, ORANGE_2024), a_training(3, UNPARTNERED))
        assert ids(queries) == ids_of(1)
        assert ids(queries, of=ORANGE_INSTITUTE.id) == ids_of(2)
        one = queries.provider_participants.one
        assert one(ORANGE_INSTITUTE.id, ADA.person.id, EVERYONE) is None
        assert one(PURPLE_LEARNING.id, ParticipantId(NO_SUCH_ID), EVERYONE) is None
        training = queries.provider_participants.training
        assert training(ORANGE_INSTITUTE.id, ADA.person.id, EVERYTHING) is None

    def test_a_challenge_hides_participants_until_it_is_lifted(
        self, places: Storage, queries: Queries
    ) -> None:
        enrol(places, ADA, a_training(2, PURPLE_2023))
        assert PURPLE_2024.partnership is not None
        change(places, challenge)
        assert ids(queries) == ids_of(2)
        lifted = evolve(PURPLE_2024.partnership, version=2, updated_at=NOW + A_DAY)
        change(places, lambda work: work.partnerships.save(lifted))
        assert ids(queries) == ids_of(1, 2)
        since = ProviderParticipantsFilter(updated_since=NOW + A_DAY)
        assert ids(queries, since) == ids_of(1)

    def test_who_has_gone_to_another_lead_provider_is_seen_by_both(
        self, places: Storage, queries: Queries
    ) -> None:
        enrol(places, ADA)
        change(places, CHANGES["a record with another lead provider"])
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
        enrol(places, old)
        change(places, lambda work: work.participants.put_records(*gone_to(old, 11, PURPLE_2024)))
        for year, listed in ((2023, []), (2024, ids_of(1))):
            assert ids(queries, ProviderParticipantsFilter(cohorts=frozenset({year}))) == listed
        for years, shown in (({2023}, 2023), ({2024}, 2024), ({2023, 2024}, 2024), (None, 2024)):
            wanted = TrainingsFilter(cohorts=frozenset(years) if years else None)
            (row,) = trainings(queries, wanted)
            assert row.enrolment.cohort == shown
            assert training_of(queries, old, wanted) == row
        assert trainings(queries, TrainingsFilter(cohorts=frozenset({2020}))) == ()
        assert trainings(queries, TrainingsFilter(cohorts=frozenset())) == ()

    def test_the_record_without_an_end_counts_and_then_the_one_that_starts_last(
        self, places: Storage, queries: Queries
    ) -> None:
        enrol(places, ADA)
        closed = evolve(ADA.record, end_date=NOW - A_DAY, schedule="first")
        records = (
            closed,
            evolve(gone_to(ADA, 11, PURPLE_2024)[1], start_date=NOW - A_DAY, schedule="second"),
        )
        change(places, lambda work: work.participants.put_records(*records))
        assert schedule(queries) == "second"
        ended = evolve(records[1], end_date=NOW)
        change(places, lambda work: work.participants.put_records(ended))
        assert schedule(queries) == "second"
