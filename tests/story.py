"""A school's year, told by the use cases: from opening a cohort to a challenge and after it."""

from datetime import timedelta

import pytest
from attrs import evolve

from ecf_core.model.participant import ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.profile import DOCUMENTED
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    DELIVERY_PARTNERS,
    ESTABLISHMENTS,
    FURNISHED_AT,
    GREENDALE,
    GREENDALE_ID,
    LEAD_PROVIDERS,
    NORTH_HUB,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    RIVERSIDE,
    RIVERSIDE_ID,
    SOUTH_HUB,
    a_request,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock
from ecf_core.testing.participants import an_enrolment
from ecf_core.use_cases import UseCases
from ecf_core.use_cases.provider_relationships import RelationshipRow
from tests.unit.cohort_files import SOUND

OF_PURPLE = ParticipantsFilter(lead_provider_id=PURPLE_LEARNING.id)
OF_ORANGE = ParticipantsFilter(lead_provider_id=ORANGE_INSTITUTE.id)


class Story:
    """Subclass it with a ``storage`` and its ``queries``."""

    @pytest.fixture
    def clock(self) -> SettableClock:
        return SettableClock()

    @pytest.fixture
    def use_cases(self, storage: Storage, clock: SettableClock) -> UseCases:
        return UseCases.over(
            begin=storage.begin,
            look=storage.look,
            clock=clock,
            new_id=SequentialIds(),
            new_secret=SequentialSecrets(),
            rules=DOCUMENTED,
        )

    @pytest.fixture
    def opened(self, storage: Storage, use_cases: UseCases) -> None:
        """Cohort 2024 is open; both lead providers work with both hubs; two schools have chosen."""
        with storage.begin() as work:
            work.providers.put_lead_providers(LEAD_PROVIDERS, at=FURNISHED_AT)
            work.providers.put_delivery_partners(DELIVERY_PARTNERS)
            work.commit()
        use_cases.import_schools(ESTABLISHMENTS, by=ADMINISTRATOR)
        use_cases.open_cohort(SOUND, by=ADMINISTRATOR)
        rows = [
            RelationshipRow(line=line, delivery_partner_id=hub.id, lead_provider_name=lp.name)
            for line, (lp, hub) in enumerate(
                (
                    (lp, hub)
                    for lp in (PURPLE_LEARNING, ORANGE_INSTITUTE)
                    for hub in (NORTH_HUB, SOUTH_HUB)
                ),
                start=2,
            )
        ]
        use_cases.import_provider_relationships(rows, cohort=2024, by=ADMINISTRATOR)
        for school in (GREENDALE_ID, RIVERSIDE_ID):
            use_cases.confirm_programme(
                ProgrammeRequest(school_id=school, cohort=2024, programme="provider_led"),
                by=ADMINISTRATOR,
            )

    @pytest.mark.usefixtures("opened")
    def test_from_opening_a_cohort_to_a_challenge_and_its_replacement(
        self, use_cases: UseCases, queries: Queries, clock: SettableClock
    ) -> None:
        mentor = use_cases.enrol_participant(
            an_enrolment("Mo Mentor", type_=ParticipantType.MENTOR), by=ADMINISTRATOR
        )
        ada, bo = (
            use_cases.enrol_participant(
                evolve(an_enrolment(name), mentor_id=mentor.person.id), by=ADMINISTRATOR
            ).person.id
            for name in ("Ada Teacher", "Bo Teacher")
        )
        assert queries.participants.all(OF_PURPLE) == ()

        # A partnership: the default programme takes it, and everyone trains with Purple Learning.
        first = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        assert first.moved is None
        seen = queries.participants.all(OF_PURPLE)
        assert {row.id for row in seen} == {mentor.person.id, ada, bo}

        # Bo goes to Riverside and stays with Purple Learning.
        clock.advance(days=10)
        transfer = TransferRequest(participant_id=bo, to_urn=RIVERSIDE.urn, programme="continue")
        use_cases.transfer_participant(transfer, by=ADMINISTRATOR)
        told = queries.transfers.one_of_lead_provider(
            PURPLE_LEARNING.id, bo, None, at=clock.instant
        )
        assert told is not None
        assert [(t.type, t.leaving.urn, t.joining and t.joining.urn) for t in told.transfers] == [
            ("new_school", GREENDALE.urn, RIVERSIDE.urn)
        ]

        # The school challenges; nobody moves, and the lead provider sees those of Riverside alone.
        clock.advance(days=1)
        use_cases.challenge_partnership(
            ChallengeRequest(partnership_id=first.partnership.id, reason="another_provider"),
            by=ADMINISTRATOR,
        )
        assert [row.id for row in queries.participants.all(OF_PURPLE)] == [bo]
        assert len(self._shown(queries, ada).induction_records) == 1

        # Cy is on-boarded meanwhile, and waits with the others.
        cy = use_cases.enrol_participant(an_enrolment("Cy Teacher"), by=ADMINISTRATOR).person.id

        # Another lead provider forms a partnership: all who wait move into it, at one instant.
        clock.advance(days=1)
        request = a_request(lead_provider=ORANGE_INSTITUTE, delivery_partner=SOUTH_HUB)
        second = use_cases.create_partnership(request, by=ADMINISTRATOR)
        assert second.moved is not None
        assert second.moved.participants == 3
        assert {row.id for row in queries.participants.all(OF_ORANGE)} == {
            mentor.person.id,
            ada,
            cy,
        }
        for each in (mentor.person.id, ada, cy):
            old, new = self._shown(queries, each).induction_records
            assert (old.induction_status, old.end_date) == ("changed", clock.instant)
            assert (old.partnership_id, old.lead_provider) == (first.partnership.id, None)
            assert (new.start_date, new.end_date) == (clock.instant, None)
            assert (new.lead_provider, new.delivery_partner) == (
                ORANGE_INSTITUTE.name,
                SOUTH_HUB.name,
            )
            assert new.mentor_id == old.mentor_id

        # Bo is where he was, with Purple Learning, and Riverside's own programme is still free.
        left, joined = self._shown(queries, bo).induction_records
        assert (left.urn, left.induction_status) == (GREENDALE.urn, "leaving")
        assert (joined.urn, joined.lead_provider) == (RIVERSIDE.urn, PURPLE_LEARNING.name)
        standing = queries.schools.cohort(RIVERSIDE_ID, 2024, at=clock.instant + timedelta(days=1))
        assert [
            (programme.default, programme.active_participants, programme.partnership_id is None)
            for programme in standing.induction_programmes
        ] == [(True, 0, True), (False, 1, False)]

    def _shown(self, queries: Queries, id_: object) -> ParticipantRow:
        (row,) = [row for row in queries.participants.all(ParticipantsFilter()) if row.id == id_]
        return row
