"""What schools do of which lead providers learn: they enrol participants, who transfer."""

from datetime import date
from typing import Final

from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.participant import Enrolment, ParticipantType
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    COHORT_2023,
    COHORT_2024,
    ORANGE_INSTITUTE,
    RIVERSIDE,
    RIVERSIDE_ID,
)
from ecf_core.testing.participants import an_enrolment, furnish_for_participants
from tests.integration.http.world import World

TRANSFERRED: Final = date(2024, 10, 1)


def enrolled(
    world: World,
    name: str,
    *,
    mentor: Enrolment | None = None,
    type_: ParticipantType = ParticipantType.ECT,
    cohort: Cohort = COHORT_2024,
    trn: str | None = None,
) -> Enrolment:
    """At Greendale, a second after whoever was enrolled before."""
    world.clock.advance(seconds=1)
    request = evolve(
        an_enrolment(name, type_=type_, cohort=cohort),
        mentor_id=mentor.person.id if mentor else None,
        trn=trn,
    )
    return world.container.use_cases().enrol_participant(request, by=ADMINISTRATOR)


def transferred(world: World, who: Enrolment, programme: str = "school") -> None:
    """To Riverside."""
    request = TransferRequest(
        participant_id=who.person.id,
        to_urn=RIVERSIDE.urn,
        programme=programme,
        start_date=TRANSFERRED,
    )
    world.container.use_cases().transfer_participant(request, by=ADMINISTRATOR)


def who_goes_to_a_school_that_trains_by_itself(world: World) -> Enrolment:
    """Greendale has a partnership with Purple Learning."""
    furnish_for_participants(world.container.storage().begin)
    world.formed()
    world.confirm(RIVERSIDE_ID, programme="school_led")
    ed = enrolled(world, "Ed Goes")
    transferred(world, ed)
    return ed


def mentor_of_another(world: World, name: str, *, trn: str | None = None) -> Enrolment:
    """Trained with Orange Institute since 2023; an early career teacher of 2024 is theirs."""
    mentor = enrolled(world, name, type_=ParticipantType.MENTOR, cohort=COHORT_2023, trn=trn)
    enrolled(world, f"Teacher of {name}", mentor=mentor)
    return mentor


def partnered_in_both_years(world: World) -> None:
    """With Orange Institute in 2023, and with Purple Learning in 2024."""
    furnish_for_participants(world.container.storage().begin)
    world.confirm(cohort=COHORT_2023)
    world.formed(ORANGE_INSTITUTE, cohort="2023")
    world.formed()
