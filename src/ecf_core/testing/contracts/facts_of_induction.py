import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId, ParticipantId, PartnershipId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.school_cohort import TrainingProgramme
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.changing_the_partnership import PartnershipChangeRequest
from ecf_core.rules.migrating_participants import MigrationRequest, PlacedProgramme
from ecf_core.rules.proposed_enrolment import EnrolmentRequest, Known, Place
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_THIRD_PROGRAMME,
    AN_ENROLMENT,
    ANOTHER_PROGRAMME,
    prepare,
)
from ecf_core.testing.contracts.facts_of_changes import AN_UPDATE, HUGE, NO_SUCH_ID
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
    a_request,
)
from ecf_core.testing.participants import NORTH_AUTHORITY, SCHEDULES, an_enrolment

PROGRAMMES = {A_PROGRAMME, ANOTHER_PROGRAMME, A_THIRD_PROGRAMME}
CHALLENGED = evolve(
    A_PARTNERSHIP, id=ANOTHER_ID, lead_provider_id=ORANGE_INSTITUTE.id, challenge=A_CHALLENGE
)
UNDER_IT = evolve(
    A_PROGRAMME,
    id=InductionProgrammeId(NO_SUCH_ID),
    training_programme=TrainingProgramme.PROVIDER_LED,
    partnership_id=CHALLENGED.id,
)
AT_GREENDALE = PlacedProgramme(
    programme=A_PROGRAMME, school_id=GREENDALE_ID, cohort=2024, partnership=None
)


class FactsOfInductionContract(AskingContract):
    """What a storage says of participants and programmes, before anything is decided."""

    @pytest.fixture
    def populated(self, storage: Storage) -> None:
        """Three programmes of one school, another under a challenged partnership, two people."""
        prepare(storage)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.partnerships.add(CHALLENGED)
            work.school_cohorts.add_programme(GREENDALE_ID, 2024, UNDER_IT, at=NOW)
            work.participants.enrol([A_MENTOR, AN_ENROLMENT])
            work.commit()

    @pytest.mark.usefixtures("populated")
    def test_a_proposal_and_an_update_hold_the_schools_whole_standing(self, ask: Look) -> None:
        update = evolve(AN_UPDATE, partnership_id=A_PARTNERSHIP.id)
        with ask() as facts:
            proposal = facts.proposal(a_request())
            proposed = facts.proposed_update(update)
        for each in (proposal, proposed):
            assert set(each.partnerships) == {A_PARTNERSHIP, CHALLENGED}
            assert set(each.programmes) == PROGRAMMES | {UNDER_IT}
            assert len(each.programmes) == len(PROGRAMMES) + 1
            assert len(each.partnerships) == 2
            assert each.school_cohort == A_SCHOOL_COHORT

    @pytest.mark.usefixtures("populated")
    def test_a_change_of_partnership_holds_the_schools_whole_standing(self, ask: Look) -> None:
        request = PartnershipChangeRequest(
            urn=GREENDALE.urn, cohort=2024, partnership_id=A_PARTNERSHIP.id
        )
        with ask() as facts:
            proposed = facts.proposed_partnership_change(request)
            elsewhere = facts.proposed_partnership_change(evolve(request, urn=RIVERSIDE.urn))
            unknown = facts.proposed_partnership_change(
                PartnershipChangeRequest(
                    urn="nowhere", cohort=HUGE, partnership_id=PartnershipId(NO_SUCH_ID)
                )
            )
        assert proposed.cohort == COHORT_2024
        assert proposed.school is not None
        assert proposed.partnership == A_PARTNERSHIP
        assert set(proposed.partnerships) == {A_PARTNERSHIP, CHALLENGED}
        assert proposed.school_cohort == A_SCHOOL_COHORT
        assert set(proposed.programmes) == PROGRAMMES | {UNDER_IT}
        assert elsewhere.partnership == A_PARTNERSHIP
        assert (elsewhere.partnerships, elsewhere.programmes) == ((), ())
        assert unknown.cohort is None
        assert unknown.school is None
        assert unknown.partnership is None

    @pytest.mark.usefixtures("populated")
    def test_a_migration_holds_the_programmes_with_their_places(self, ask: Look) -> None:
        with ask() as facts:
            proposed = facts.proposed_migration(
                MigrationRequest(from_programme=UNDER_IT.id, to_programme=A_PROGRAMME.id)
            )
            unknown = facts.proposed_migration(
                MigrationRequest(from_programme=InductionProgrammeId(ANOTHER_ID), to_programme=None)
            )
        assert proposed.source == PlacedProgramme(
            programme=UNDER_IT, school_id=GREENDALE_ID, cohort=2024, partnership=CHALLENGED
        )
        assert proposed.target == AT_GREENDALE
        assert (unknown.source, unknown.target) == (None, None)

    @pytest.mark.usefixtures("populated")
    def test_an_enrolment_holds_everything_that_it_names(self, ask: Look) -> None:
        known = evolve(
            an_enrolment(),
            trn=AN_ENROLMENT.person.trn,
            email=A_MENTOR.person.email.upper(),
            appropriate_body=NORTH_AUTHORITY.name,
            mentor_id=A_MENTOR.person.id,
        )
        with ask() as facts:
            proposed, by_email, newcomer = facts.proposed_enrolments(
                [
                    known,
                    evolve(known, mentor_id=None, mentor_email=A_MENTOR.person.email.upper()),
                    an_enrolment(),
                ],
                at=NOW,
            )
        assert proposed.request is known
        assert proposed.cohort == COHORT_2024
        assert proposed.school is not None
        assert proposed.school_cohort == A_SCHOOL_COHORT
        assert set(proposed.programmes) == PROGRAMMES | {UNDER_IT}
        assert proposed.partnerships == (CHALLENGED,)
        assert proposed.schedule in SCHEDULES
        assert proposed.appropriate_body == NORTH_AUTHORITY
        assert proposed.mentor == by_email.mentor == A_MENTOR.person.id
        place = Place(
            type=ParticipantType.ECT,
            school_id=GREENDALE_ID,
            cohort=2024,
            since=AN_ENROLMENT.record.start_date,
        )
        assert proposed.at == NOW
        assert proposed.with_trn == Known(person=AN_ENROLMENT.person, places=(place,))
        assert proposed.with_email == Known(
            person=A_MENTOR.person,
            places=(evolve(place, type=ParticipantType.MENTOR, since=A_MENTOR.record.start_date),),
        )
        assert newcomer.with_trn is None
        assert newcomer.with_email is None
        assert newcomer.mentor is None
        assert newcomer.appropriate_body is None

    @pytest.mark.usefixtures("populated")
    def test_an_enrolment_names_what_is_not_there(self, ask: Look) -> None:
        with ask() as facts:
            nothing, elsewhere, other_mentors = facts.proposed_enrolments(
                [
                    EnrolmentRequest(
                        urn="nowhere",
                        cohort=HUGE,
                        type="head",
                        full_name=None,
                        email=None,
                        appropriate_body="Nobody",
                        mentor_id=ParticipantId(NO_SUCH_ID),
                    ),
                    evolve(
                        an_enrolment(school=RIVERSIDE),
                        cohort=2023,
                        mentor_id=A_MENTOR.person.id,
                    ),
                    evolve(an_enrolment(), mentor_id=AN_ENROLMENT.person.id),
                ],
                at=NOW,
            )
            assert facts.proposed_enrolments([], at=NOW) == ()
        assert (nothing.cohort, nothing.school, nothing.school_cohort) == (None, None, None)
        assert (nothing.schedule, nothing.appropriate_body, nothing.mentor) == (None, None, None)
        assert elsewhere.school is not None
        assert elsewhere.school.id == RIVERSIDE_ID
        assert (elsewhere.school_cohort, elsewhere.programmes) == (None, ())
        assert elsewhere.partnerships == ()
        assert elsewhere.mentor is None
        assert other_mentors.mentor is None
