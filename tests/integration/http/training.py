"""Participants to ask the API for."""

from collections.abc import Callable
from typing import Final

from ecf_core.model.participant import Enrolment
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.testing.contracts.trained import make_places
from tests.integration.http.world import World

V3: Final = "/api/v3/participants/ecf"
V1: Final = "/api/v1/participants/ecf"
FLAT: Final = [
    f"/api/{version}/participants{rest}" for version in ("v1", "v2") for rest in ("/ecf", "")
]


def make_ready(world: World) -> None:
    """Schools, partnerships and programmes to train in."""
    make_places(world.container.storage().begin)


def change(world: World, *changes: Callable[[UnitOfWork], object]) -> None:
    with world.container.storage().begin() as work:
        for each in changes:
            each(work)
        work.commit()


def enrol(world: World, *enrolments: Enrolment) -> None:
    change(world, lambda work: work.participants.enrol(enrolments))


def ids(world: World, query: str = "", path: str = V3) -> list[str]:
    return [each["id"] for each in world.shown(f"{path}?{query}")]
