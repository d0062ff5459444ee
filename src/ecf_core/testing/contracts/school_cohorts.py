import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.ports.storage import Storage
from ecf_core.testing.contracts.partnerships import (
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import GREENDALE_ID, NOW, RIVERSIDE_ID, furnish


class SchoolCohortsContract:
    """How schools' choices are kept, with their induction programmes."""

    @pytest.fixture(autouse=True)
    def _furnished(self, storage: Storage) -> None:
        furnish(storage.begin)

    def test_every_field_of_a_school_cohort_survives(self, storage: Storage) -> None:
        with_partnership = evolve(
            A_SCHOOL_COHORT, default_programme=evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id)
        )
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add(with_partnership)
            work.commit()
        with storage.begin() as work:
            assert work.school_cohorts.find(GREENDALE_ID, 2024) == with_partnership
            assert work.school_cohorts.find(GREENDALE_ID, 2023) is None
            assert work.school_cohorts.find(RIVERSIDE_ID, 2024) is None

    def test_a_school_has_one_choice_for_a_cohort(self, storage: Storage) -> None:
        with storage.begin() as work:
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.school_cohorts.add(
                evolve(
                    A_SCHOOL_COHORT,
                    default_programme=evolve(A_PROGRAMME, id=InductionProgrammeId(ANOTHER_ID)),
                )
            )
            work.commit()

    def test_saving_a_stale_school_cohort_is_a_stale_write(self, storage: Storage) -> None:
        no_ects = A_SCHOOL_COHORT.confirmed(ProgrammeChoice.NO_ECTS, None, at=NOW)
        with storage.begin() as work:
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.school_cohorts.save(no_ects)
            work.commit()
        with pytest.raises(StaleWrite), storage.begin() as work:
            work.school_cohorts.save(A_SCHOOL_COHORT)
            work.commit()
        with storage.begin() as work:
            assert work.school_cohorts.find(GREENDALE_ID, 2024) == evolve(no_ects, version=2)

    def test_another_default_programme_takes_the_place_of_the_first(self, storage: Storage) -> None:
        second = evolve(A_PROGRAMME, id=InductionProgrammeId(ANOTHER_ID))
        with storage.begin() as work:
            work.school_cohorts.add(A_SCHOOL_COHORT)
            work.school_cohorts.save(
                A_SCHOOL_COHORT.confirmed(ProgrammeChoice.PROVIDER_LED, second, at=NOW)
            )
            work.commit()
        with storage.begin() as work:
            found = work.school_cohorts.find(GREENDALE_ID, 2024)
            assert found is not None
            assert found.default_programme == second
