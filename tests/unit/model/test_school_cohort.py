import pytest
from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.school_cohort import ProgrammeChoice, TrainingProgramme
from ecf_core.testing.contracts.partnerships import A_PROGRAMME, A_SCHOOL_COHORT

SCHOOL_LED = evolve(A_PROGRAMME, training_programme=TrainingProgramme.SCHOOL_LED)


@pytest.mark.parametrize(
    ("choice", "default"),
    [
        (ProgrammeChoice.PROVIDER_LED, None),
        (ProgrammeChoice.PROVIDER_LED, SCHOOL_LED),
        (ProgrammeChoice.SCHOOL_LED, A_PROGRAMME),
        (ProgrammeChoice.NOT_YET_KNOWN, A_PROGRAMME),
        (ProgrammeChoice.NO_ECTS, SCHOOL_LED),
    ],
)
def test_a_default_programme_that_the_choice_does_not_ask_for_cannot_be(
    choice: ProgrammeChoice, default: object
) -> None:
    with pytest.raises(ValueError, match=choice):
        evolve(A_SCHOOL_COHORT, choice=choice, default_programme=default)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [0, -1, 10_000])
def test_a_cohort_starts_in_a_year(year: int) -> None:
    with pytest.raises(ValueError, match="start_year"):
        Cohort(start_year=year)
