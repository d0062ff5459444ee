from datetime import datetime

import pytest
from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import LeadProviderId, ParticipantId
from ecf_core.model.participant import Enrolment, ParticipantType
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.order import Order
from ecf_core.queries.partnerships import PartnershipsFilter
from ecf_core.queries.unfunded_mentors import UnfundedMentorRow
from ecf_core.queries.window import Window
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    COHORT_2024,
    GREENDALE_ID,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    a_request,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from ecf_core.use_cases import UseCases

ALL = Window(per_page=3000)
MENTOR = ParticipantType.MENTOR


class MentoringContract(FurnishedContract):
    """Mo is a mentor whom another lead provider trains."""

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
        return enrolled(use_cases, "Mo Mentor", type_=MENTOR, cohort=COHORT_2023)


def enrolled(
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


def challenge(use_cases: UseCases, queries: Queries, by: LeadProviderId) -> None:
    (own,) = queries.partnerships.of_lead_provider(by, PartnershipsFilter(), (), ALL).rows
    request = ChallengeRequest(partnership_id=own.id, reason="mistake")
    use_cases.challenge_partnership(request, by=ADMINISTRATOR)


def mentors_of(
    queries: Queries,
    *,
    by: LeadProviderId = PURPLE_LEARNING.id,
    since: datetime | None = None,
    order: Order = (),
) -> list[UnfundedMentorRow]:
    return list(queries.unfunded_mentors.of_lead_provider(by, since, order, ALL).rows)


def mentor_ids(
    queries: Queries, *, by: LeadProviderId = PURPLE_LEARNING.id, since: datetime | None = None
) -> list[ParticipantId]:
    return [row.id for row in mentors_of(queries, by=by, since=since)]


def mentor_of(
    queries: Queries,
    id_: ParticipantId,
    *,
    by: LeadProviderId = PURPLE_LEARNING.id,
    since: datetime | None = None,
) -> UnfundedMentorRow | None:
    return queries.unfunded_mentors.one_of_lead_provider(by, id_, since)
