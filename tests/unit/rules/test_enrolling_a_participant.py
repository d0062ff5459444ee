from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.participant import ParticipantType
from ecf_core.model.school import School
from ecf_core.rules.enrolling_a_participant import ENROLLING_A_PARTICIPANT
from ecf_core.rules.proposed_enrolment import Known, Place, ProposedEnrolment
from ecf_core.rules.rule import violations
from ecf_core.testing.contracts.enrolled import A_MENTOR, AN_ENROLMENT
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import COHORT_2024, GREENDALE, GREENDALE_ID, NOW, RIVERSIDE_ID
from ecf_core.testing.participants import SCHEDULES, an_enrolment

ADA = AN_ENROLMENT.person
REQUEST = evolve(an_enrolment(ADA.full_name), email=ADA.email)
SOUND = ProposedEnrolment(
    request=REQUEST,
    cohort=COHORT_2024,
    school=School(id=GREENDALE_ID, establishment=GREENDALE, created_at=NOW, updated_at=NOW),
    school_cohort=A_SCHOOL_COHORT,
    programmes=(A_PROGRAMME,),
    partnerships=(),
    schedule=SCHEDULES[1],
    appropriate_body=None,
    named_mentor=None,
    with_trn=None,
    with_email=None,
    at=NOW,
)
AT_RIVERSIDE = Place(
    type=ParticipantType.ECT, school_id=RIVERSIDE_ID, cohort=2024, since=NOW - timedelta(days=9)
)
AS_ECT = Known(person=ADA, places=(AT_RIVERSIDE,))
AS_MENTOR = Known(person=ADA, places=(evolve(AT_RIVERSIDE, type=ParticipantType.MENTOR),))
MENTOR_HERE = evolve(AT_RIVERSIDE, type=ParticipantType.MENTOR, school_id=GREENDALE_ID)
MO = Known(person=A_MENTOR.person, places=(MENTOR_HERE,))
SOMEONE_ELSE = Known(person=A_MENTOR.person, places=())

UNDER_A_CHALLENGE = evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id)
CHALLENGED: dict[str, Any] = {
    "school_cohort": evolve(A_SCHOOL_COHORT, default_programme=UNDER_A_CHALLENGE),
    "programmes": (UNDER_A_CHALLENGE,),
    "partnerships": (evolve(A_PARTNERSHIP, challenge=A_CHALLENGE),),
}


def _asked(**changes: Any) -> ProposedEnrolment:
    return evolve(SOUND, request=evolve(REQUEST, **changes))


CASES = {
    ("urn", "blank"): evolve(_asked(urn=None), school=None),
    ("urn", "invalid"): evolve(SOUND, school=None),
    ("cohort", "blank"): evolve(_asked(cohort=None), cohort=None, schedule=None),
    ("cohort", "invalid"): evolve(SOUND, cohort=None, schedule=None),
    ("cohort", "no_schedule"): evolve(SOUND, schedule=None),
    ("type", "blank"): _asked(type=""),
    ("type", "invalid"): _asked(type="head"),
    ("full_name", "blank"): _asked(full_name="  "),
    ("full_name", "too_long"): _asked(full_name="x" * 501),
    ("email", "blank"): _asked(email=" "),
    ("email", "invalid"): _asked(email="ada"),
    ("email", "taken"): evolve(SOUND, with_email=SOMEONE_ELSE),
    ("trn", "too_long"): _asked(trn="12345678"),
    ("trn", "invalid"): _asked(trn="1234"),
    ("trn", "taken"): evolve(SOUND, with_trn=SOMEONE_ELSE),
    ("participant", "already_enrolled"): evolve(SOUND, with_trn=AS_ECT),
    ("appropriate_body", "invalid"): _asked(appropriate_body="Nobody"),
    ("mentor", "not_an_ect"): evolve(
        _asked(type="mentor", mentor_id=A_MENTOR.person.id), named_mentor=MO
    ),
    ("mentor", "invalid"): _asked(mentor_email="nobody@example.org"),
    ("mentor", "themselves"): evolve(
        _asked(mentor_id=ADA.id),
        named_mentor=Known(person=ADA, places=(MENTOR_HERE,)),
        with_email=AS_MENTOR,
    ),
    ("start_date", "invalid"): _asked(start_date=date(1999, 12, 31)),
    ("programme", "no_programme"): evolve(SOUND, school_cohort=None, programmes=()),
    ("programme", "invalid"): _asked(programme_id=InductionProgrammeId(ANOTHER_ID)),
    ("programme", "partnership_challenged"): evolve(
        _asked(programme_id=UNDER_A_CHALLENGE.id), **CHALLENGED
    ),
}


def _codes(facts: ProposedEnrolment) -> list[tuple[str, str]]:
    return [(v.field, v.code) for v in violations(ENROLLING_A_PARTICIPANT, facts)]


def test_a_sound_enrolment_breaks_no_rule() -> None:
    assert _codes(SOUND) == []
    assert _codes(_asked(programme_id=A_PROGRAMME.id, trn="12345")) == []


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2000, 1, 1), []),
        (date(2029, 12, 31), []),
        (date(2030, 1, 1), [("start_date", "invalid")]),
        (date(9999, 12, 31), [("start_date", "invalid")]),
    ],
)
def test_training_begins_within_some_years_of_the_cohort(
    day: date, codes: list[tuple[str, str]]
) -> None:
    assert _codes(_asked(start_date=day)) == codes


@pytest.mark.parametrize(
    ("starts", "refused"),
    [
        pytest.param(None, False, id="has begun, and the mentor is here now"),
        pytest.param(9, False, id="before the mentor goes"),
        pytest.param(10, True, id="as the mentor goes"),
        pytest.param(60, True, id="after the mentor has gone"),
    ],
)
def test_a_mentor_is_one_of_the_school_when_training_begins(
    starts: int | None, *, refused: bool
) -> None:
    goes = NOW.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=10)
    elsewhere = evolve(MENTOR_HERE, school_id=RIVERSIDE_ID, since=goes)
    day = None if starts is None else (NOW + timedelta(days=starts)).date()
    asked = _asked(mentor_id=MO.person.id, start_date=day)
    leaving = evolve(asked, named_mentor=evolve(MO, places=(MENTOR_HERE, elsewhere)))
    assert _codes(leaving) == ([("mentor", "invalid")] if refused else [])
    coming = evolve(MENTOR_HERE, school_id=GREENDALE_ID, since=goes)
    at_riverside = evolve(MENTOR_HERE, school_id=RIVERSIDE_ID)
    arriving = evolve(asked, named_mentor=evolve(MO, places=(at_riverside, coming)))
    assert _codes(arriving) == ([] if refused else [("mentor", "invalid")])
    beginning = evolve(asked, named_mentor=evolve(MO, places=(coming,)))
    assert _codes(beginning) == []


def test_who_joins_the_default_waits_there_for_the_next_partnership() -> None:
    assert _codes(evolve(SOUND, **CHALLENGED)) == []


@pytest.mark.parametrize("broken", CASES, ids="-".join)
def test_each_rule_of_enrolling_is_broken_by_its_case_alone(broken: tuple[str, str]) -> None:
    assert _codes(CASES[broken]) == [broken]


def test_every_rule_of_enrolling_has_its_case() -> None:
    assert [(rule.field, rule.code) for rule in ENROLLING_A_PARTICIPANT] == list(CASES)


@pytest.mark.parametrize(
    ("with_trn", "with_email", "request_", "known", "codes"),
    [
        pytest.param(AS_MENTOR, None, {}, AS_MENTOR, [], id="by TRN, with another address"),
        pytest.param(AS_MENTOR, AS_MENTOR, {}, AS_MENTOR, [], id="by both"),
        pytest.param(AS_MENTOR, SOMEONE_ELSE, {}, AS_MENTOR, ["taken"], id="two people"),
        pytest.param(None, AS_MENTOR, {}, AS_MENTOR, [], id="by address and name"),
        pytest.param(None, AS_MENTOR, {"trn": "9999999"}, None, ["taken"], id="another TRN"),
        pytest.param(None, AS_MENTOR, {"full_name": "Bo"}, None, ["taken"], id="another name"),
        pytest.param(None, AS_ECT, {}, AS_ECT, ["already_enrolled"], id="trained so already"),
        pytest.param(None, None, {}, None, [], id="nobody"),
    ],
)
def test_who_is_there_already(
    with_trn: Known | None,
    with_email: Known | None,
    request_: dict[str, Any],
    known: Known | None,
    codes: list[str],
) -> None:
    facts = evolve(_asked(**request_), with_trn=with_trn, with_email=with_email)
    assert facts.known == known
    assert [code for _, code in _codes(facts)] == codes


@given(
    st.builds(
        evolve,
        st.just(SOUND),
        request=st.builds(
            evolve,
            st.just(REQUEST),
            urn=st.none() | st.text(),
            cohort=st.none() | st.integers(),
            type=st.none() | st.sampled_from(["ect", "mentor", "head"]),
            full_name=st.none() | st.text() | st.just(ADA.full_name),
            email=st.none() | st.text() | st.just(ADA.email),
            trn=st.none() | st.text(),
            mentor_email=st.none() | st.text(),
            programme_id=st.none() | st.just(A_PROGRAMME.id) | st.uuids(),
        ),
        cohort=st.none() | st.just(COHORT_2024),
        school=st.none() | st.just(SOUND.school),
        school_cohort=st.none() | st.just(A_SCHOOL_COHORT),
        programmes=st.sampled_from([(), (A_PROGRAMME,)]),
        schedule=st.none() | st.just(SCHEDULES[1]),
        named_mentor=st.none() | st.just(MO),
        with_trn=st.none() | st.sampled_from([AS_ECT, AS_MENTOR, SOMEONE_ELSE]),
        with_email=st.none() | st.sampled_from([AS_ECT, AS_MENTOR, SOMEONE_ELSE]),
    )
)
def test_any_combination_of_missing_facts_about_an_enrolment_has_an_answer(
    facts: ProposedEnrolment,
) -> None:
    """And what no rule is broken by can be done: it has a programme and a schedule."""
    codes = _codes(facts)
    assert len({field for field, _ in codes}) == len(codes)
    if not codes:
        assert None not in {facts.programme, facts.schedule, facts.school, facts.cohort}
