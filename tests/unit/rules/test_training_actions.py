"""Each rule of the actions on training has its case; messages are held over HTTP."""

from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.induction_record import InductionStatus, TrainingStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.model.participant_in_training import Participant
from ecf_core.model.schedule import ScheduleType
from ecf_core.rules.changing_a_schedule import CHANGING_A_SCHEDULE, Agreed, ProposedScheduleChange
from ecf_core.rules.rule import Judged, Rule, judged, violations
from ecf_core.rules.stopping_training import (
    DEFERRING_TRAINING,
    RESUMING_TRAINING,
    WITHDRAWING_TRAINING,
)
from ecf_core.rules.training_action import ProposedTrainingAction
from ecf_core.testing.contracts.acted_on import (
    A_SCHEDULE_CHANGE,
    ADA,
    AN_ACTION,
    NEXT_PARTNERSHIP,
    PLACED,
    REDUCED_SCHEDULES,
    UNDER_IT,
)
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import NORTH_HUB, ORANGE_INSTITUTE

(TRAINING,) = ADA.trainings
ANOTHERS = evolve(A_PARTNERSHIP, lead_provider_id=ORANGE_INSTITUTE.id)
NEXT = Agreed(NEXT_PARTNERSHIP, NORTH_HUB)
RELATIONSHIP = evolve(NEXT_PARTNERSHIP, relationship=True, challenge_deadline=None)
REPLACEMENT = evolve(REDUCED_SCHEDULES[0], type=ScheduleType.REPLACEMENT)


def _with(**changes: Any) -> Participant:
    """Ada, whose one record is another; or who trains as something else."""
    type_ = changes.pop("type_", ParticipantType.ECT)
    partnership = changes.pop("partnership", A_PARTNERSHIP)
    placed = evolve(PLACED, partnership=partnership, record=evolve(PLACED.record, **changes))
    training = evolve(TRAINING, record=evolve(TRAINING.record, type=type_))
    return evolve(ADA, trainings=(evolve(training, history=(placed,)),))


DEFERRED = _with(training_status=TrainingStatus.DEFERRED)
WITHDRAWN = _with(training_status=TrainingStatus.WITHDRAWN)
REMOVED = _with(induction_status=InductionStatus.WITHDRAWN)
A_MENTOR = _with(type_=ParticipantType.MENTOR)
CHALLENGED = _with(partnership=evolve(A_PARTNERSHIP, challenge=A_CHALLENGE))
OF_A_RELATIONSHIP = _with(
    partnership=evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None)
)
GIVEN_UP = evolve(
    ADA,
    trainings=(evolve(TRAINING, record=evolve(TRAINING.record, merged_into=TRAINING.record.id)),),
)

TO_DEFER = ProposedTrainingAction(request=AN_ACTION, participant=ADA)
TO_RESUME = evolve(TO_DEFER, participant=DEFERRED)
TO_CHANGE = ProposedScheduleChange(
    request=A_SCHEDULE_CHANGE,
    participant=ADA,
    schedule=REDUCED_SCHEDULES[0],
    partnerships=(Agreed(A_PARTNERSHIP, NORTH_HUB),),
    school_cohort=evolve(A_SCHOOL_COHORT, default_programme=UNDER_IT),
    programmes=(UNDER_IT,),
)
TO_MOVE = evolve(
    TO_CHANGE,
    request=evolve(A_SCHEDULE_CHANGE, cohort=2025),
    schedule=REDUCED_SCHEDULES[1],
    partnerships=(NEXT,),
    school_cohort=evolve(A_SCHOOL_COHORT, cohort=2025),
    programmes=(),
)


def _asked(facts: Any, **changes: Any) -> Any:
    return evolve(facts, request=evolve(facts.request, **changes))


def _codes(rules: tuple[Rule[Any], ...], facts: Any) -> list[tuple[str, str]]:
    return [(v.field, v.code) for v in violations(rules, facts)]


WHO = ("participant_id", "not_recognised")
COURSE = ("course_identifier", "not_recognised")
OF_EVERY_ACTION = [
    ({"participant": None}, {}, [WHO]),
    ({"participant": None}, {"course": None}, [WHO, ("course_identifier", "blank")]),
    ({}, {"course": None}, [COURSE, ("course_identifier", "blank")]),
    ({}, {"course": "ecf-mentor"}, [COURSE]),
    ({"participant": A_MENTOR}, {}, [COURSE]),
    ({"participant": REMOVED}, {}, [COURSE]),
    ({"participant": GIVEN_UP}, {}, [COURSE]),
    ({"participant": _with(partnership=ANOTHERS)}, {}, [WHO]),
    ({"participant": _with(partnership=None)}, {}, [WHO]),
    ({"participant": CHALLENGED}, {}, [WHO]),
]


@pytest.mark.parametrize(("facts", "request_", "broken"), OF_EVERY_ACTION)
@pytest.mark.parametrize(
    ("rules", "sound"),
    [
        (DEFERRING_TRAINING, TO_DEFER),
        (WITHDRAWING_TRAINING, _asked(TO_DEFER, reason="other")),
        (RESUMING_TRAINING, TO_RESUME),
        (CHANGING_A_SCHEDULE, TO_CHANGE),
    ],
)
def test_every_action_asks_first_whom_it_is_on(
    rules: tuple[Rule[Any], ...], sound: Any, facts: Any, request_: Any, *, broken: Any
) -> None:
    assert _codes(rules, sound) == []
    changed = _asked(evolve(sound, **facts), **request_)
    others = [each for each in _codes(rules, changed) if each[0] != "participant_profile"]
    assert others == broken


@pytest.mark.parametrize(
    ("rules", "facts", "broken"),
    [
        (
            DEFERRING_TRAINING,
            _asked(TO_DEFER, reason=None),
            [("reason", "blank"), ("reason", "invalid")],
        ),
        (DEFERRING_TRAINING, _asked(TO_DEFER, reason="moved-school"), [("reason", "invalid")]),
        (DEFERRING_TRAINING, TO_RESUME, [("participant_profile", "already_deferred")]),
        (
            DEFERRING_TRAINING,
            evolve(TO_DEFER, participant=WITHDRAWN),
            [("participant_profile", "already_withdrawn")],
        ),
        (WITHDRAWING_TRAINING, TO_RESUME, []),
        (WITHDRAWING_TRAINING, _asked(TO_DEFER, reason="career-break"), [("reason", "invalid")]),
        (
            WITHDRAWING_TRAINING,
            evolve(TO_DEFER, participant=WITHDRAWN),
            [("participant_profile", "already_withdrawn")],
        ),
        (RESUMING_TRAINING, evolve(TO_DEFER, participant=WITHDRAWN), []),
        (RESUMING_TRAINING, TO_DEFER, [("participant_profile", "already_active")]),
        (
            DEFERRING_TRAINING,
            evolve(TO_DEFER, participant=OF_A_RELATIONSHIP),
            [],
        ),
    ],
)
def test_a_training_status_is_said_once_and_with_a_reason_of_its_own(
    rules: tuple[Rule[Any], ...], facts: Any, broken: list[tuple[str, str]]
) -> None:
    assert _codes(rules, facts) == broken


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        (
            evolve(_asked(TO_CHANGE, schedule=None), schedule=None),
            [("schedule_identifier", "blank")],
        ),
        (evolve(TO_CHANGE, participant=WITHDRAWN), [("participant_id", "withdrawn")]),
        (
            evolve(TO_CHANGE, participant=_with(schedule=REDUCED_SCHEDULES[0].identifier)),
            [("schedule_identifier", "already_on_schedule")],
        ),
        (evolve(TO_CHANGE, schedule=REPLACEMENT), [("schedule_identifier", "not_for_course")]),
        (
            _asked(
                evolve(TO_CHANGE, schedule=REPLACEMENT, participant=A_MENTOR), course="ecf-mentor"
            ),
            [],
        ),
        (evolve(TO_CHANGE, schedule=None), [("action", "schedule_not_found")]),
        (TO_MOVE, []),
        (evolve(TO_MOVE, partnerships=()), [("cohort", "no_partnership")]),
        (
            evolve(TO_MOVE, partnerships=(Agreed(RELATIONSHIP, NORTH_HUB),)),
            [("cohort", "no_partnership")],
        ),
        (
            evolve(
                TO_MOVE,
                partnerships=(
                    Agreed(evolve(NEXT_PARTNERSHIP, challenge=A_CHALLENGE), NORTH_HUB),
                    Agreed(
                        evolve(
                            NEXT_PARTNERSHIP, id=ANOTHER_ID, lead_provider_id=ORANGE_INSTITUTE.id
                        ),
                        NORTH_HUB,
                    ),
                ),
            ),
            [("cohort", "no_partnership")],
        ),
        (evolve(TO_MOVE, school_cohort=None), [("action", "school_cohort_not_found")]),
        (
            evolve(TO_MOVE, schedule=None, school_cohort=None),
            [("action", "schedule_not_found")],
        ),
        (
            evolve(_asked(TO_MOVE, schedule=None), schedule=None, partnerships=()),
            [("schedule_identifier", "blank"), ("cohort", "no_partnership")],
        ),
    ],
)
def test_a_schedule_is_one_that_the_participant_can_be_on(
    facts: ProposedScheduleChange, broken: list[tuple[str, str]]
) -> None:
    assert _codes(CHANGING_A_SCHEDULE, facts) == broken


def test_a_relationship_partnership_is_for_its_own_cohort() -> None:
    agreed = Agreed(evolve(A_PARTNERSHIP, relationship=True, challenge_deadline=None), NORTH_HUB)
    facts = evolve(TO_CHANGE, participant=OF_A_RELATIONSHIP, partnerships=(agreed,))
    assert _codes(CHANGING_A_SCHEDULE, facts) == []
    assert facts.usable == agreed


def test_a_schedule_is_the_lead_providers_own_whatever_the_next_one_chose() -> None:
    reduced = REDUCED_SCHEDULES[0].identifier
    theirs = evolve(PLACED.record, schedule=reduced)
    own = evolve(PLACED, record=evolve(theirs, end_date=theirs.start_date))
    training = evolve(TRAINING, history=(own, evolve(PLACED, partnership=ANOTHERS)))
    facts = evolve(TO_CHANGE, participant=ADA.put(training))
    assert facts.record == own
    assert _codes(CHANGING_A_SCHEDULE, facts) == [("schedule_identifier", "already_on_schedule")]


def test_the_rules_about_declarations_are_not_judged_yet() -> None:
    waiting = {
        judgement.rule.code
        for judgement in judged(CHANGING_A_SCHEDULE, TO_MOVE)
        if judgement.passed is None
    }
    assert waiting == {"declarations_invalidated", "has_declarations"}


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (Judged.FIELD_STANDS, ["a", "c"]),
        (Judged.ALL_STANDS, ["a"]),
        (Judged.ALWAYS, ["a", "b", "c"]),
    ],
)
def test_a_rule_says_when_it_is_judged(when: Judged, told: list[str]) -> None:
    rules = (
        Rule[object]("x", "a", "", lambda _: True),
        Rule[object]("x", "b", "", lambda _: True, when),
        Rule[object]("y", "c", "", lambda _: True, when),
    )
    assert [v.code for v in violations(rules, object())] == told
