from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.induction_record import InductionHistory
from ecf_core.model.instants import midnight
from ecf_core.model.partnership import Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import ProgrammeChoice, TrainingProgramme
from ecf_core.rules.destination import (
    AddProgramme,
    BeginTraining,
    Destination,
    Join,
    Relate,
    destination,
)
from ecf_core.rules.migrating_participants import PlacedProgramme
from ecf_core.rules.proposed_transfer import InTraining, ProposedTransfer, TransferRequest
from ecf_core.rules.rule import violations
from ecf_core.rules.transferring_a_participant import TRANSFERRING_A_PARTICIPANT
from ecf_core.testing.contracts.enrolled import AN_ENROLMENT
from ecf_core.testing.contracts.partnerships import (
    A_CHALLENGE,
    A_PARTNERSHIP,
    A_PROGRAMME,
    A_SCHOOL_COHORT,
    ANOTHER_ID,
)
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE_ID,
    NOW,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
    SOUTH_HUB,
)
from ecf_core.testing.fakes import SequentialIds

NEW_ID = SequentialIds()
UNDER_IT = evolve(A_PROGRAMME, partnership_id=A_PARTNERSHIP.id)
LED_BY_SCHOOL = evolve(A_PROGRAMME, training_programme=TrainingProgramme.SCHOOL_LED)
ADA = InTraining(
    person=AN_ENROLMENT.person,
    training_record=AN_ENROLMENT.training_record,
    history=InductionHistory((AN_ENROLMENT.record,)),
    at=PlacedProgramme(
        programme=UNDER_IT, school_id=GREENDALE_ID, cohort=2024, partnership=A_PARTNERSHIP
    ),
)
WAITING = evolve(ADA, at=evolve(ADA.at, programme=A_PROGRAMME, partnership=None))
CHALLENGED = evolve(
    ADA, at=evolve(ADA.at, partnership=evolve(A_PARTNERSHIP, challenge=A_CHALLENGE))
)
LED_BY_THEIR_SCHOOL = evolve(ADA, at=evolve(ADA.at, programme=LED_BY_SCHOOL, partnership=None))

DEFAULT = evolve(A_PROGRAMME, id=InductionProgrammeId(NEW_ID()))
THERE = evolve(
    A_SCHOOL_COHORT,
    school_id=RIVERSIDE_ID,
    default_programme=DEFAULT,
)
NO_ECTS = evolve(THERE, choice=ProgrammeChoice.NO_ECTS, default_programme=None)
WITH_SAME_PROVIDERS = evolve(
    A_PARTNERSHIP,
    id=PartnershipId(NEW_ID()),
    school_id=RIVERSIDE_ID,
    relationship=True,
    challenge_deadline=None,
)
WITH_OTHERS = evolve(
    A_PARTNERSHIP, id=ANOTHER_ID, school_id=RIVERSIDE_ID, lead_provider_id=ORANGE_INSTITUTE.id
)
SOUND = ProposedTransfer(
    request=TransferRequest(
        participant_id=ADA.person.id, to_urn=RIVERSIDE.urn, programme="continue"
    ),
    participant=ADA,
    trains_as_both=False,
    cohort=COHORT_2024,
    school=School(id=RIVERSIDE_ID, establishment=RIVERSIDE, created_at=NOW, updated_at=NOW),
    school_cohort=THERE,
    programmes=(DEFAULT,),
    partnerships=(WITH_OTHERS,),
    provider_relationship=True,
)

CLOSED = School(
    id=RIVERSIDE_ID,
    establishment=evolve(RIVERSIDE, status_code=2),
    created_at=NOW,
    updated_at=NOW,
)


def _asked(**changes: Any) -> ProposedTransfer:
    return evolve(SOUND, request=evolve(SOUND.request, **changes))


CASES = {
    ("type", "invalid"): evolve(_asked(type="head"), participant=None, cohort=None),
    ("participant", "ambiguous"): evolve(SOUND, participant=None, cohort=None, trains_as_both=True),
    ("participant", "invalid"): evolve(SOUND, participant=None, cohort=None),
    ("urn", "blank"): evolve(_asked(to_urn=None), school=None),
    ("urn", "invalid"): evolve(SOUND, school=None),
    ("urn", "already_there"): evolve(
        SOUND, participant=evolve(ADA, at=evolve(ADA.at, school_id=RIVERSIDE_ID))
    ),
    ("urn", "ineligible_error"): evolve(SOUND, school=CLOSED, school_cohort=NO_ECTS),
    ("programme", "blank"): _asked(programme=""),
    ("programme", "invalid"): _asked(programme="stay"),
    ("programme", "no_programme"): evolve(_asked(programme="school"), school_cohort=NO_ECTS),
    ("programme", "no_providers"): evolve(SOUND, participant=WAITING),
    ("programme", "partnership_challenged"): evolve(
        SOUND, partnerships=(evolve(WITH_SAME_PROVIDERS, challenge=A_CHALLENGE),)
    ),
    ("programme", "no_relationship"): evolve(SOUND, provider_relationship=False),
    ("start_date", "too_early"): _asked(
        start_date=(AN_ENROLMENT.record.start_date - timedelta(days=1)).date()
    ),
}


def _codes(facts: ProposedTransfer) -> list[tuple[str, str]]:
    return [(v.field, v.code) for v in violations(TRANSFERRING_A_PARTICIPANT, facts)]


@pytest.mark.parametrize("broken", CASES, ids="-".join)
def test_each_rule_of_transferring_is_broken_by_its_case_alone(broken: tuple[str, str]) -> None:
    codes = _codes(CASES[broken])
    assert broken in codes
    assert {field for field, _ in codes} <= {broken[0], "programme"}


def test_every_rule_of_transferring_has_its_case() -> None:
    assert [(rule.field, rule.code) for rule in TRANSFERRING_A_PARTICIPANT] == list(CASES)


@pytest.mark.parametrize(
    "sound",
    [
        SOUND,
        _asked(programme="school"),
        evolve(_asked(programme="school"), participant=WAITING, provider_relationship=False),
        evolve(SOUND, participant=LED_BY_THEIR_SCHOOL, provider_relationship=False),
        evolve(SOUND, partnerships=(WITH_SAME_PROVIDERS,), provider_relationship=False),
        _asked(start_date=AN_ENROLMENT.record.start_date.date()),
        evolve(SOUND, school=CLOSED),
        evolve(SOUND, school_cohort=NO_ECTS),
    ],
)
def test_a_sound_transfer_breaks_no_rule(sound: ProposedTransfer) -> None:
    assert _codes(sound) == []


def test_a_participant_whose_partnership_is_challenged_has_no_providers_to_continue_with() -> None:
    assert _codes(evolve(SOUND, participant=CHALLENGED)) == [("programme", "no_providers")]


UNDER_SAME = evolve(
    DEFAULT, id=InductionProgrammeId(NEW_ID()), partnership_id=WITH_SAME_PROVIDERS.id
)
OTHER_LED_BY_SCHOOL = evolve(LED_BY_SCHOOL, id=InductionProgrammeId(NEW_ID()))
SCHOOL_LED_THERE = evolve(
    THERE, choice=ProgrammeChoice.SCHOOL_LED, default_programme=OTHER_LED_BY_SCHOOL
)


@pytest.mark.parametrize(
    ("facts", "joins"),
    [
        pytest.param(_asked(programme="school"), Join(DEFAULT), id="the school's own"),
        pytest.param(SOUND, Relate(), id="no partnership with the providers"),
        pytest.param(
            evolve(SOUND, partnerships=(WITH_OTHERS, WITH_SAME_PROVIDERS)),
            AddProgramme(WITH_SAME_PROVIDERS),
            id="a partnership without a programme",
        ),
        pytest.param(
            evolve(SOUND, partnerships=(WITH_SAME_PROVIDERS,), programmes=(DEFAULT, UNDER_SAME)),
            Join(UNDER_SAME),
            id="a partnership with a programme",
        ),
        pytest.param(
            evolve(
                SOUND,
                partnerships=(WITH_SAME_PROVIDERS,),
                school_cohort=evolve(THERE, default_programme=UNDER_SAME),
            ),
            Join(UNDER_SAME),
            id="the default is with the providers",
        ),
        pytest.param(
            evolve(SOUND, school_cohort=None, programmes=(), partnerships=()),
            BeginTraining(),
            id="a school that has said nothing",
        ),
        pytest.param(
            evolve(SOUND, school_cohort=NO_ECTS, partnerships=()),
            BeginTraining(),
            id="a school that had no ECTs",
        ),
        pytest.param(
            evolve(SOUND, school_cohort=SCHOOL_LED_THERE), Relate(), id="a school-led school"
        ),
        pytest.param(
            evolve(SOUND, participant=LED_BY_THEIR_SCHOOL),
            AddProgramme(None),
            id="school-led, to a provider-led school",
        ),
        pytest.param(
            evolve(SOUND, participant=LED_BY_THEIR_SCHOOL, school_cohort=SCHOOL_LED_THERE),
            Join(OTHER_LED_BY_SCHOOL),
            id="school-led, to a school-led school",
        ),
        pytest.param(
            evolve(
                SOUND,
                participant=LED_BY_THEIR_SCHOOL,
                programmes=(DEFAULT, OTHER_LED_BY_SCHOOL),
            ),
            Join(OTHER_LED_BY_SCHOOL),
            id="school-led, to a school that was",
        ),
        pytest.param(
            evolve(SOUND, participant=LED_BY_THEIR_SCHOOL, school_cohort=None, programmes=()),
            BeginTraining(),
            id="school-led, to a school that has said nothing",
        ),
    ],
)
def test_what_a_participant_joins_at_the_new_school(
    facts: ProposedTransfer, joins: Destination
) -> None:
    assert _codes(facts) == []
    assert destination(facts) == joins


ENDED = evolve(
    ADA,
    history=InductionHistory((evolve(AN_ENROLMENT.record, end_date=NOW + timedelta(days=5)),)),
)
ENROLLED_FROM_LATER = evolve(
    ADA,
    history=InductionHistory((evolve(AN_ENROLMENT.record, start_date=NOW + timedelta(days=5)),)),
)


@pytest.mark.parametrize(
    ("who", "day", "expected"),
    [
        (ADA, None, NOW),
        (ADA, date(2024, 12, 1), midnight(date(2024, 12, 1))),
        (ADA, AN_ENROLMENT.record.start_date.date(), AN_ENROLMENT.record.start_date),
        (ENDED, None, NOW + timedelta(days=5)),
        (ENROLLED_FROM_LATER, None, NOW + timedelta(days=5)),
        (ENROLLED_FROM_LATER, date(2024, 9, 15), NOW + timedelta(days=5)),
    ],
)
def test_when_a_participant_changes_schools(
    who: InTraining, day: date | None, expected: object
) -> None:
    assert who.transferred_on(day, now=NOW) == expected


def test_a_partnership_is_continued_with_the_same_two_providers_only() -> None:
    other_partner: Partnership = evolve(WITH_SAME_PROVIDERS, delivery_partner_id=SOUTH_HUB.id)
    assert evolve(SOUND, partnerships=(other_partner,)).continued is None


def test_a_school_without_ects_takes_up_training_though_it_has_a_programme_of_old() -> None:
    """What is led by the school would else be joined while the school's choice says otherwise."""
    facts = evolve(
        SOUND,
        participant=LED_BY_THEIR_SCHOOL,
        school_cohort=NO_ECTS,
        programmes=(OTHER_LED_BY_SCHOOL,),
    )
    assert destination(facts) == BeginTraining()
