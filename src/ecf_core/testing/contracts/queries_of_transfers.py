from datetime import datetime

import pytest

from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.transfers import ParticipantTransfersRow, TransferEnd, TransferRow
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.transferring import (
    A_DAY,
    ALL,
    EVERY,
    THERE,
    TRANSFERRED,
    TransferringContract,
    shown_of,
    transfers_of,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment
from ecf_core.use_cases import UseCases


class TransferQueriesContract(TransferringContract):
    """Whose transfers a lead provider is shown, and which."""

    def test_a_transfer_is_shown_to_those_who_train_before_and_after_it(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, ada: Enrolment
    ) -> None:
        assert shown_of(queries, ada) is None
        clock.advance(days=1)
        self._goes(use_cases, ada)
        use_cases.enrol_participant(an_enrolment("Bo Stays"), by=ADMINISTRATOR)
        expected = ParticipantTransfersRow(
            ada.person.id,
            ada.person.created_at,
            clock.instant,
            (
                TransferRow(
                    training_record_id=ada.training_record.id,
                    type="new_provider",
                    status="incomplete",
                    created_at=ada.record.created_at,
                    leaving=TransferEnd(GREENDALE.urn, PURPLE_LEARNING.name, THERE),
                    joining=TransferEnd(RIVERSIDE.urn, ORANGE_INSTITUTE.name, THERE),
                ),
            ),
        )
        for lead_provider in (PURPLE_LEARNING, ORANGE_INSTITUTE):
            assert shown_of(queries, ada, lead_provider.id) == expected
            page = queries.transfers.of_lead_provider(lead_provider.id, None, ALL, at=clock.instant)
            assert (page.rows, page.more) == ((expected,), False)
        assert shown_of(queries, ada, LeadProviderId(NO_SUCH_ID)) is None
        one = queries.transfers.one_of_lead_provider
        nobody = ParticipantId(NO_SUCH_ID)
        assert one(PURPLE_LEARNING.id, nobody, None, at=clock.instant) is None

    @pytest.mark.parametrize(
        ("at", "status"),
        [(THERE - A_DAY, "incomplete"), (THERE, "complete"), (THERE + A_DAY, "complete")],
    )
    def test_a_transfer_is_complete_when_the_day_has_come(
        self, use_cases: UseCases, queries: Queries, ada: Enrolment, at: datetime, status: str
    ) -> None:
        self._goes(use_cases, ada)
        assert [t.status for t in transfers_of(queries, ada, at=at)] == [status]

    def test_who_continues_with_the_provider_is_at_a_new_school(
        self, use_cases: UseCases, queries: Queries, ada: Enrolment
    ) -> None:
        self._goes(use_cases, ada, programme="continue")
        (row,) = transfers_of(queries, ada)
        assert row.type == "new_school"
        assert shown_of(queries, ada, ORANGE_INSTITUTE.id) is None

    def test_who_leaves_a_school_and_has_joined_none_is_shown_to_the_former_alone(
        self, storage: Storage, queries: Queries, ada: Enrolment
    ) -> None:
        with storage.begin() as work:
            work.participants.put_records(ada.record.left(on=TRANSFERRED, at=NOW))
            work.commit()
        (row,) = transfers_of(queries, ada)
        assert (row.type, row.joining) == ("unknown", None)
        assert row.leaving == TransferEnd(GREENDALE.urn, PURPLE_LEARNING.name, TRANSFERRED)
        assert shown_of(queries, ada, ORANGE_INSTITUTE.id) is None

    def test_a_school_that_trains_by_itself_has_no_provider(
        self, use_cases: UseCases, queries: Queries, ada: Enrolment
    ) -> None:
        choice = ProgrammeRequest(school_id=RIVERSIDE_ID, cohort=2024, programme="school_led")
        (of_riverside,) = queries.partnerships.of_lead_provider(
            ORANGE_INSTITUTE.id, EVERY, (), ALL
        ).rows
        request = ChallengeRequest(partnership_id=of_riverside.id, reason="mistake")
        use_cases.challenge_partnership(request, by=ADMINISTRATOR)
        use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        self._goes(use_cases, ada)
        (row,) = transfers_of(queries, ada)
        assert row.type == "new_school"
        assert row.joining == TransferEnd(RIVERSIDE.urn, None, THERE)
