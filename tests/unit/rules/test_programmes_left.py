import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme
from ecf_core.rules.programme_change import (
    Adopt,
    LeaveAlone,
    ProgrammeChange,
    Replace,
    Start,
    programmes_left,
)
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    ANOTHER_ID,
)
from ecf_core.testing.fakes import SequentialIds

NEW_ID = SequentialIds()
CHALLENGED = evolve(A_PARTNERSHIP, id=ANOTHER_ID, challenge=A_CHALLENGE)
RELATIONSHIP = evolve(
    A_PARTNERSHIP,
    id=PartnershipId(NEW_ID()),
    relationship=True,
    challenge_deadline=None,
)


def _programme(**what: object) -> InductionProgramme:
    return evolve(A_PROGRAMME, id=InductionProgrammeId(NEW_ID()), **what)  # type: ignore[arg-type]


UNPARTNERED = _programme()
UNDER_THE_CHALLENGED = _programme(partnership_id=CHALLENGED.id)
UNDER_A_RELATIONSHIP = _programme(partnership_id=RELATIONSHIP.id)
UNDER_THIS = _programme(partnership_id=A_PARTNERSHIP.id)
LED_BY_THE_SCHOOL = _programme(training_programme=TrainingProgramme.SCHOOL_LED)
OTHER_LED_BY_THE_SCHOOL = _programme(training_programme=TrainingProgramme.SCHOOL_LED)
EVERY = (
    UNPARTNERED,
    UNDER_THE_CHALLENGED,
    UNDER_A_RELATIONSHIP,
    UNDER_THIS,
    LED_BY_THE_SCHOOL,
    OTHER_LED_BY_THE_SCHOOL,
)


@pytest.mark.parametrize(
    ("change", "former", "default", "left"),
    [
        pytest.param(Adopt(UNPARTNERED), UNPARTNERED, UNPARTNERED, [UNDER_THE_CHALLENGED], id="C1"),
        pytest.param(
            Replace(UNDER_THE_CHALLENGED),
            UNDER_THE_CHALLENGED,
            UNDER_THIS,
            [UNPARTNERED, UNDER_THE_CHALLENGED],
            id="C2",
        ),
        pytest.param(LeaveAlone(UNDER_THIS), UNDER_THIS, UNDER_THIS, [], id="C3"),
        pytest.param(
            LeaveAlone(UNDER_A_RELATIONSHIP),
            UNDER_A_RELATIONSHIP,
            UNDER_A_RELATIONSHIP,
            [],
            id="C4",
        ),
        pytest.param(
            Start(), None, UNDER_THIS, [UNPARTNERED, UNDER_THE_CHALLENGED], id="C5 no default"
        ),
        pytest.param(
            Start(),
            LED_BY_THE_SCHOOL,
            UNDER_THIS,
            [UNPARTNERED, UNDER_THE_CHALLENGED, LED_BY_THE_SCHOOL],
            id="C5 school-led",
        ),
    ],
)
def test_whose_participants_go_to_the_default_programme(
    change: ProgrammeChange,
    former: InductionProgramme | None,
    default: InductionProgramme,
    left: list[InductionProgramme],
) -> None:
    """Never those of a programme with an unchallenged partnership, a relationship one too."""
    partnerships = (A_PARTNERSHIP, CHALLENGED, RELATIONSHIP)
    found = programmes_left(change, partnerships, EVERY, former=former, default=default)
    assert found == tuple(programme.id for programme in left)
