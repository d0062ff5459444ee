from attrs import evolve

from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.ports.storage import Storage
from ecf_core.queries import Queries
from ecf_core.queries.schools import InductionProgrammeRow, SchoolCohortRow, SchoolRow
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.testing.contracts.furnished import FurnishedContract
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    GREENDALE,
    GREENDALE_ID,
    INDEPENDENT,
    NOW,
    SOUTH_HUB,
    a_request,
)
from ecf_core.testing.fakes import SettableClock
from ecf_core.use_cases import UseCases


class SchoolQueriesContract(FurnishedContract):
    """What administrators are shown of schools."""

    def test_a_schools_standing_in_a_cohort(self, storage: Storage, queries: Queries) -> None:
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add(
                evolve(
                    A_SCHOOL_COHORT,
                    default_programme=evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id),
                )
            )
            work.commit()
        greendale = SchoolRow(
            id=GREENDALE_ID,
            urn=GREENDALE.urn,
            name=GREENDALE.name,
            eligible=True,
            cip_only=False,
            type=GREENDALE.type_name,
            status=GREENDALE.status_name,
            district_code=GREENDALE.district_code,
            section_41_approved=False,
            programme="provider_led",
            in_partnership=True,
        )
        not_known = evolve(greendale, programme="not_yet_known", in_partnership=False)
        assert queries.schools.one(GREENDALE.urn, 2024) == greendale
        assert queries.schools.one(GREENDALE.urn, 2023) == not_known
        assert queries.schools.one(GREENDALE.urn, None) == not_known
        assert queries.schools.one("nonsense", 2024) is None
        independent = queries.schools.one(INDEPENDENT.urn, None)
        assert independent is not None
        assert (independent.eligible, independent.cip_only) == (False, True)
        assert queries.schools.id_of(GREENDALE.urn) == GREENDALE_ID
        assert queries.schools.id_of("nonsense") is None
        assert queries.schools.cohort_exists(2024) is True
        assert queries.schools.cohort_exists(1999) is False

    def test_only_current_partnerships_count_for_a_school(
        self, storage: Storage, queries: Queries
    ) -> None:
        with storage.begin() as work:
            work.partnerships.add(evolve(A_PARTNERSHIP, challenge=A_CHALLENGE))
            work.partnerships.add(
                evolve(
                    A_PARTNERSHIP,
                    id=ANOTHER_ID,
                    delivery_partner_id=SOUTH_HUB.id,
                    relationship=True,
                    challenge_deadline=None,
                )
            )
            work.commit()
        row = queries.schools.one(GREENDALE.urn, 2024)
        assert row is not None
        assert row.in_partnership is False

    def test_the_programmes_of_a_school_cohort_are_all_shown(
        self, use_cases: UseCases, clock: SettableClock, queries: Queries
    ) -> None:
        for choice in ("provider_led", "school_led", "no_early_career_teachers"):
            use_cases.confirm_programme(
                ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme=choice),
                by=ADMINISTRATOR,
            )
            clock.advance(hours=1)
            assert queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).programme == choice
        shown = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW)
        assert [p.training_programme for p in shown.induction_programmes] == [
            "provider_led",
            "school_led",
        ]
        assert [p.default for p in shown.induction_programmes] == [False, False]
        assert shown.default_programme_id is None
        assert queries.schools.cohort(GREENDALE_ID, 2023, at=NOW) == SchoolCohortRow(
            programme=ProgrammeChoice.NOT_YET_KNOWN.value, induction_programmes=()
        )

    def test_the_default_programme_shows_its_partnership(
        self, use_cases: UseCases, queries: Queries
    ) -> None:
        use_cases.confirm_programme(
            ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led"),
            by=ADMINISTRATOR,
        )
        formed = use_cases.create_partnership(a_request(), by=ADMINISTRATOR)
        (programme,) = queries.schools.cohort(GREENDALE_ID, 2024, at=NOW).induction_programmes
        assert programme == InductionProgrammeRow(
            id=programme.id,
            training_programme="provider_led",
            partnership_id=formed.partnership.id,
            default=True,
            active_participants=0,
        )
