from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.window import Window
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.transferring import (
    A_DAY,
    ALL,
    EVERY,
    TRANSFERRED,
    TransferringContract,
    shown_of,
    transfers_of,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    GREENDALE,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment
from ecf_core.use_cases import UseCases


class TransferListsContract(TransferringContract):
    """When the transfers that a lead provider is shown change, and what is on a page of them."""

    def test_a_challenge_hides_the_transfers_of_who_trained_under_it(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, ada: Enrolment
    ) -> None:
        """The other lead provider still sees from whom Ada came, and that it changed."""
        self._goes(use_cases, ada)
        clock.advance(days=1)
        (of_greendale,) = queries.partnerships.of_lead_provider(
            PURPLE_LEARNING.id, EVERY, (), ALL
        ).rows
        request = ChallengeRequest(partnership_id=of_greendale.id, reason="mistake")
        use_cases.challenge_partnership(request, by=ADMINISTRATOR)
        assert shown_of(queries, ada) is None
        shown = shown_of(queries, ada, ORANGE_INSTITUTE.id)
        assert shown
        assert shown.transfers[0].leaving.lead_provider == PURPLE_LEARNING.name
        assert shown.updated_at == clock.instant
        # The lead provider reports it again.
        clock.advance(days=1)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        again = shown_of(queries, ada)
        assert again
        assert again.updated_at == clock.instant

    @pytest.mark.usefixtures("ada")
    def test_a_programme_that_takes_a_partnership_changes_the_transfers_from_it(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock
    ) -> None:
        """Bo was at Greendale before it had a partnership for that cohort."""
        for school_id in (GREENDALE_ID, RIVERSIDE_ID):
            choice = ProgrammeRequest(school_id=school_id, cohort=2023, programme="provider_led")
            use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        bo = use_cases.enrol_participant(
            an_enrolment("Bo Teacher", cohort=COHORT_2023), by=ADMINISTRATOR
        )
        self._goes(use_cases, bo)
        assert shown_of(queries, bo) is None
        clock.advance(days=1)
        use_cases.create_partnership(a_request(cohort=COHORT_2023), by=ADMINISTRATOR)
        shown = shown_of(queries, bo)
        assert shown
        assert shown.updated_at == clock.instant
        (row,) = shown.transfers
        assert (row.leaving.lead_provider, row.joining and row.joining.lead_provider) == (
            PURPLE_LEARNING.name,
            None,
        )

    def test_who_goes_there_and_back_has_two_transfers(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock, ada: Enrolment
    ) -> None:
        self._goes(use_cases, ada)
        clock.advance(days=40)
        back = TransferRequest(
            participant_id=ada.person.id, to_urn=GREENDALE.urn, programme="school"
        )
        use_cases.transfer_participant(back, by=ADMINISTRATOR)
        for lead_provider in (PURPLE_LEARNING, ORANGE_INSTITUTE):
            shown = transfers_of(queries, ada, lead_provider.id)
            # The second school is left for the first; nothing is left to pair the first with.
            of_riverside = (RIVERSIDE.urn, GREENDALE.urn)
            assert [(t.leaving.urn, t.joining.urn) for t in shown if t.joining] == [of_riverside]
            alone = [t.leaving.urn for t in shown if not t.joining]
            assert alone == ([GREENDALE.urn] if lead_provider is PURPLE_LEARNING else [])

    def test_who_changed_since_is_shown_by_what_is_shown(
        self,
        storage: Storage,
        use_cases: UseCases,
        queries: Queries,
        clock: SettableClock,
        ada: Enrolment,
    ) -> None:
        clock.advance(days=1)
        self._goes(use_cases, ada)
        since = clock.instant
        later = since + timedelta(microseconds=1)
        assert shown_of(queries, ada, since=since)
        assert shown_of(queries, ada, since=later) is None
        page = queries.transfers.of_lead_provider
        assert len(page(PURPLE_LEARNING.id, since, ALL, at=NOW).rows) == 1
        assert page(PURPLE_LEARNING.id, later, ALL, at=NOW).rows == ()
        with storage.begin() as work:
            work.participants.put_people(evolve(ada.person, full_name="Ada L", updated_at=later))
            work.commit()
        (shown,) = page(PURPLE_LEARNING.id, later, ALL, at=NOW).rows
        assert shown.updated_at == later

    def test_pages_of_transfers_are_of_people(
        self,
        storage: Storage,
        use_cases: UseCases,
        queries: Queries,
        clock: SettableClock,
        ada: Enrolment,
    ) -> None:
        """However many transfers each of them has."""
        others = []
        for name in ("Bo Teacher", "Cy Teacher", "Di Teacher"):
            clock.advance(seconds=1)
            others.append(use_cases.enrol_participant(an_enrolment(name), by=ADMINISTRATOR))
        for each in (*reversed(others), ada):
            self._goes(use_cases, each)
        with storage.begin() as work:  # Ada leaves Riverside, too, for nobody knows where
            history = work.participants.history(ada.training_record.id)
            assert history
            work.participants.put_records(
                history.latest.left(on=TRANSFERRED + A_DAY, at=clock.instant)
            )
            work.commit()
        expected = [each.person.id for each in (ada, *others)]
        pages = [
            queries.transfers.of_lead_provider(
                PURPLE_LEARNING.id, None, Window(page=number, per_page=2), at=NOW
            )
            for number in (1, 2, 3)
        ]
        assert [[row.id for row in page.rows] for page in pages] == [expected[:2], expected[2:], []]
        assert [page.more for page in pages] == [True, False, False]
        assert [len(row.transfers) for row in pages[0].rows] == [1, 1]
