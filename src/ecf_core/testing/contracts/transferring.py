from datetime import datetime, timedelta

import pytest

from ecf_core.model.ids import LeadProviderId
from ecf_core.model.instants import midnight
from ecf_core.model.participant import Enrolment
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.transfers import ParticipantTransfersRow, TransferRow
from ecf_core.queries.window import Window
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

EVERY = PartnershipsFilter()
ALL = Window(per_page=3000)
A_DAY = timedelta(days=1)
TRANSFERRED = NOW + 30 * A_DAY
THERE = midnight(TRANSFERRED.date())


class TransferringContract(FurnishedContract):
    """Ada may go from one school to another."""

    @pytest.fixture
    def ada(self, storage: Storage, use_cases: UseCases) -> Enrolment:
        """She trains with Purple Learning at Greendale; Orange Institute is Riverside's."""
        furnish_for_participants(storage.begin)
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            choice = ProgrammeRequest(school_id=school, cohort=2024, programme="provider_led")
            use_cases.confirm_programme(choice, by=ADMINISTRATOR)
        use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        riversides = a_request(school=RIVERSIDE_ID, lead_provider=ORANGE_INSTITUTE)
        use_cases.create_partnership(riversides, by=ADMINISTRATOR)
        return use_cases.enrol_participant(an_enrolment(), by=ADMINISTRATOR)

    def _goes(self, use_cases: UseCases, who: Enrolment, *, programme: str = "school") -> None:
        """To Riverside, thirty days from the beginning."""
        request = TransferRequest(
            participant_id=who.person.id,
            to_urn=RIVERSIDE.urn,
            programme=programme,
            start_date=TRANSFERRED.date(),
        )
        use_cases.transfer_participant(request, by=ADMINISTRATOR)


def shown_of(
    queries: Queries,
    who: Enrolment,
    by: LeadProviderId = PURPLE_LEARNING.id,
    *,
    since: datetime | None = None,
    at: datetime = NOW,
) -> ParticipantTransfersRow | None:
    return queries.transfers.one_of_lead_provider(by, who.person.id, since, at=at)


def transfers_of(
    queries: Queries,
    who: Enrolment,
    by: LeadProviderId = PURPLE_LEARNING.id,
    *,
    at: datetime = NOW,
) -> tuple[TransferRow, ...]:
    row = shown_of(queries, who, by, at=at)
    return row.transfers if row else ()
