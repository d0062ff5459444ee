import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme
from ecf_core.rules.programme_change import (
    Adopt,
    LeaveAlone,
    ProgrammeChange,
    Replace,
    Start,
    default_programme_after,
    programme_change,
)
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    ANOTHER_ID,
)

OTHER = evolve(A_PARTNERSHIP, id=ANOTHER_ID)
WITH_THIS = evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id)
WITH_OTHER = evolve(A_PROGRAMME, partnership_id=OTHER.id)
SCHOOL_LED = evolve(A_PROGRAMME, training_programme=TrainingProgramme.SCHOOL_LED)
FRESH = InductionProgramme(
    id=InductionProgrammeId(ANOTHER_ID),
    training_programme=TrainingProgramme.PROVIDER_LED,
    partnership_id=A_PARTNERSHIP.id,
)


@pytest.mark.parametrize(
    ("default", "of_default", "change", "after"),
    [
        pytest.param(A_PROGRAMME, None, Adopt(A_PROGRAMME), WITH_THIS, id="C1 none yet"),
        pytest.param(
            WITH_OTHER,
            evolve(OTHER, challenge=A_CHALLENGE),
            Replace(WITH_OTHER),
            FRESH,
            id="C2 challenged",
        ),
        pytest.param(WITH_THIS, A_PARTNERSHIP, LeaveAlone(WITH_THIS), WITH_THIS, id="C3 the same"),
        pytest.param(
            WITH_THIS,
            evolve(A_PARTNERSHIP, challenge=A_CHALLENGE),
            LeaveAlone(WITH_THIS),
            WITH_THIS,
            id="C3 the same, challenged until now",
        ),
        pytest.param(WITH_OTHER, OTHER, LeaveAlone(WITH_OTHER), WITH_OTHER, id="C4 unchallenged"),
        pytest.param(None, None, Start(), FRESH, id="C5 no default"),
        pytest.param(SCHOOL_LED, None, Start(), FRESH, id="C5 school-led"),
    ],
)
def test_what_a_partnership_changes_in_a_school_cohort(
    default: InductionProgramme | None,
    of_default: Partnership | None,
    change: ProgrammeChange,
    after: InductionProgramme,
) -> None:
    assert programme_change(default, A_PARTNERSHIP, of_default) == change
    assert default_programme_after(change, A_PARTNERSHIP, FRESH) == after
