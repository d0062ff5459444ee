"""A school's year as its lead providers see it: who trains with whom, and who went where."""

from typing import Any

from ecf_core.model.instants import midnight
from ecf_core.model.participant import ParticipantType
from ecf_core.model.providers import LeadProvider
from ecf_core.testing.examples import ORANGE_INSTITUTE, PURPLE_LEARNING, RIVERSIDE_ID
from ecf_core.testing.participants import furnish_for_participants
from tests.integration.http.schooling import TRANSFERRED, enrolled, transferred
from tests.integration.http.world import PARTICIPANTS, UNFUNDED_MENTORS, World


def names(world: World, by: LeadProvider, query: str = "") -> set[str]:
    return {row["attributes"]["full_name"] for row in world.shown(f"{PARTICIPANTS}?{query}", by)}


def transfers(world: World, by: LeadProvider) -> list[Any]:
    rows = world.shown(f"{PARTICIPANTS}/transfers", by)
    return [(t["transfer_type"], t["status"]) for r in rows for t in r["attributes"]["transfers"]]


def test_lead_providers_see_those_whom_they_train(world: World) -> None:
    """From a partnership to a challenge, and to the partnership that takes its place."""
    furnish_for_participants(world.container.storage().begin)
    world.confirm(RIVERSIDE_ID)
    mo = enrolled(world, "Mo Mentor", type_=ParticipantType.MENTOR)
    for name in ("Ada Teacher", "Bo Teacher"):
        enrolled(world, name, mentor=mo)
    purple, orange = PURPLE_LEARNING, ORANGE_INSTITUTE
    assert names(world, purple) == set()

    # A partnership: the lead provider that polls learns of all who train with it now.
    world.clock.advance(days=1)
    since = f"filter[updated_since]={world.clock.instant:%Y-%m-%dT%H:%M:%SZ}"
    formed = world.formed()
    everyone = {"Mo Mentor", "Ada Teacher", "Bo Teacher"}
    assert names(world, purple) == names(world, purple, since) == everyone
    assert world.shown(UNFUNDED_MENTORS) == []

    # Cy is to go to Riverside, and continues there.
    cy = enrolled(world, "Cy Teacher")
    assert world.call("GET", f"{PARTICIPANTS}/{cy.person.id}/transfers").status_code == 404
    transferred(world, cy, "continue")
    assert transfers(world, purple) == [("new_school", "incomplete")]
    assert names(world, purple) == {*everyone, "Cy Teacher"}

    # The school challenges: who still trains with it is who went elsewhere.
    world.clock.instant = midnight(TRANSFERRED)
    world.challenge(formed["id"])
    assert names(world, purple) == {"Cy Teacher"}
    assert transfers(world, purple) == [("new_school", "complete")]
    assert names(world, orange) == set()

    # Another lead provider forms a partnership: all who waited train with it.
    world.clock.advance(days=1)
    since = f"filter[updated_since]={world.clock.instant:%Y-%m-%dT%H:%M:%SZ}"
    world.formed(orange)
    assert names(world, orange) == names(world, orange, since) == everyone
    assert names(world, purple) == {"Cy Teacher"}
    assert transfers(world, orange) == []
