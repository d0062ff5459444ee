from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId, ParticipantId, TrainingRecordId
from ecf_core.model.participant import ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import NORTH_AUTHORITY, an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

TRANSFER_DAY = date(2024, 10, 1)


class ParticipantQueriesContract(FurnishedContract):
    """How participants are shown, with their induction records."""

    @pytest.fixture
    def partnered(self, storage: Storage, use_cases: UseCases) -> None:
        """Two schools that chose provider-led, of which one has a partnership."""
        furnish_for_participants(storage.begin)
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            choice = ProgrammeRequest(school_id=school, cohort=2024, programme="provider_led")
            use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)

    @pytest.mark.usefixtures("partnered")
    def test_a_participant_is_shown_with_all_that_concerns_the_training(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        mentor = use_cases.enrol_participant(
            an_enrolment("Mo Mentor", type_=ParticipantType.MENTOR), by=ADMINISTRATOR
        )
        request = evolve(
            an_enrolment(),
            trn="12345",
            mentor_id=mentor.person.id,
            appropriate_body=NORTH_AUTHORITY.name,
        )
        enrolled = use_cases.enrol_participant(request, by=ADMINISTRATOR)
        (row,) = queries.participants.all(ParticipantsFilter(id=enrolled.person.id))
        assert row.training_record_id == enrolled.training_record.id
        assert (row.type, row.full_name, row.trn) == ("ect", "Ada Teacher", "0012345")
        assert row.email == "ada.teacher@example.org"
        assert (row.urn, row.cohort, row.training_status) == (GREENDALE.urn, 2024, "active")
        assert row.created_at == NOW
        (record,) = row.induction_records
        assert record.id == enrolled.record.id
        assert record.programme_id == enrolled.record.programme_id
        assert record.training_programme == "provider_led"
        assert record.partnership_id is not None
        assert record.lead_provider == PURPLE_LEARNING.name
        assert record.delivery_partner == NORTH_HUB.name
        assert (record.urn, record.cohort) == (GREENDALE.urn, 2024)
        assert record.schedule == "ecf-standard-september"
        assert record.appropriate_body == NORTH_AUTHORITY.name
        assert record.start_date == enrolled.record.start_date
        assert record.end_date is None
        assert (record.induction_status, record.training_status) == ("active", "active")
        assert record.school_transfer is False
        assert record.mentor_id == mentor.person.id

    def test_nobody_is_shown_as_nobody(self, queries: Queries) -> None:
        nobody = ParticipantsFilter(id=ParticipantId(NO_SUCH_ID))
        assert queries.participants.all(nobody) == ()
        assert queries.participants.all(ParticipantsFilter()) == ()

    @pytest.mark.usefixtures("partnered")
    def test_a_person_is_found_with_every_training_and_a_training_alone(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock
    ) -> None:
        as_ect = use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
        clock.advance(hours=1)
        request = an_enrolment(type_=ParticipantType.MENTOR)
        as_mentor = use_cases.enrol_participant(request, by=ADMINISTRATOR)
        use_cases.enrol_participant(an_enrolment("Someone Else"), by=ADMINISTRATOR)
        assert as_ect.person.id == as_mentor.person.id

        def found(id_: ParticipantId | TrainingRecordId) -> list[str]:
            return [row.type for row in queries.participants.all(ParticipantsFilter(id=id_))]

        assert found(as_ect.person.id) == ["ect", "mentor"]
        assert found(as_ect.training_record.id) == ["ect"]
        assert found(as_mentor.training_record.id) == ["mentor"]
        assert found(ParticipantId(NO_SUCH_ID)) == []

    @pytest.mark.usefixtures("partnered")
    def test_participants_are_found_by_their_latest_record(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock
    ) -> None:
        stays = use_cases.enrol_participant(an_enrolment("Stay Here"), by=ADMINISTRATOR)
        clock.advance(hours=1)
        goes = use_cases.enrol_participant(an_enrolment("Go There"), by=ADMINISTRATOR)
        transfer = TransferRequest(
            participant_id=goes.person.id,
            to_urn=RIVERSIDE.urn,
            programme="school",
            start_date=TRANSFER_DAY,
        )
        there = use_cases.transfer_participant(transfer, by=ADMINISTRATOR)

        def found(wanted: ParticipantsFilter) -> list[ParticipantId]:
            return [row.id for row in queries.participants.all(wanted)]

        both = [stays.person.id, goes.person.id]
        assert found(ParticipantsFilter()) == both
        assert found(ParticipantsFilter(cohort=2024)) == both
        assert found(ParticipantsFilter(cohort=2023)) == []
        assert found(ParticipantsFilter(urn=GREENDALE.urn)) == both[:1]
        assert found(ParticipantsFilter(urn=RIVERSIDE.urn)) == both[1:]
        assert found(ParticipantsFilter(programme_id=there.programme_id)) == both[1:]
        assert found(ParticipantsFilter(programme_id=stays.record.programme_id)) == both[:1]
        assert found(ParticipantsFilter(programme_id=InductionProgrammeId(NO_SUCH_ID))) == []
        assert found(ParticipantsFilter(urn="nowhere")) == []
        leaves = datetime(2024, 10, 1, tzinfo=UTC)
        for at, here in ((NOW, both), (leaves - timedelta(seconds=1), both), (leaves, both[:1])):
            assert found(ParticipantsFilter(urn=GREENDALE.urn, at=at)) == here
            assert found(ParticipantsFilter(urn=RIVERSIDE.urn, at=at)) == both[1:]
        elsewhere = ParticipantsFilter(
            urn=GREENDALE.urn, programme_id=there.programme_id, cohort=2024, at=NOW
        )
        assert found(elsewhere) == []
        (row,) = queries.participants.all(ParticipantsFilter(id=goes.person.id))
        assert [(r.urn, r.induction_status) for r in row.induction_records] == [
            (GREENDALE.urn, "leaving"),
            (RIVERSIDE.urn, "active"),
        ]

    @pytest.mark.usefixtures("partnered")
    def test_a_challenge_hides_participants_from_the_lead_provider(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        enrolled = use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)
        of_purple = ParticipantsFilter(lead_provider_id=PURPLE_LEARNING.id)
        (row,) = queries.participants.all(of_purple)
        assert row.id == enrolled.person.id
        assert (
            queries.participants.all(evolve(of_purple, lead_provider_id=ORANGE_INSTITUTE.id)) == ()
        )
        partnership_id = row.latest.partnership_id
        use_cases.challenge_partnership(
            ChallengeRequest(partnership_id=partnership_id, reason="mistake"), by=ADMINISTRATOR
        )
        assert queries.participants.all(of_purple) == ()
        (shown,) = queries.participants.all(ParticipantsFilter())
        assert shown.latest.partnership_id == partnership_id
        assert (shown.latest.lead_provider, shown.latest.delivery_partner) == (None, None)

    @pytest.mark.usefixtures("partnered")
    def test_a_programme_counts_who_is_active_in_it(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        """Who is still to come from another school is not; who is about to leave no longer."""
        use_cases.enrol_participant(an_enrolment("Stay Here"), by=ADMINISTRATOR)
        goes = use_cases.enrol_participant(an_enrolment("Go There"), by=ADMINISTRATOR)
        transfer = TransferRequest(
            participant_id=goes.person.id,
            to_urn=RIVERSIDE.urn,
            programme="school",
            start_date=TRANSFER_DAY,
        )
        use_cases.transfer_participant(transfer, by=ADMINISTRATOR)

        def active(days: int) -> list[int]:
            at = NOW + timedelta(days=days)
            return [
                programme.active_participants
                for school in (GREENDALE_ID, RIVERSIDE_ID)
                for programme in queries.schools.cohort(school, 2024, at=at).induction_programmes
            ]

        assert active(0) == [1, 0]
        assert active(30) == [1, 1]
