"""The drawings of the explanations, made of what the code is and does."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args
from uuid import UUID

from attrs import fields, frozen

from docs.markdown import drawn, table
from ecf_adapters.memory import MemoryStorage
from ecf_core import (
    DOCUMENTED,
    Actor,
    ActorKind,
    ChallengeReason,
    ChallengeRequest,
    Partnership,
    PartnershipId,
    ProgrammeRequest,
    Refused,
    UpdateRequest,
    UseCases,
)
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.participant import TrainingRecord
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.testing.examples import (
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
    SOUTH_HUB,
    a_request,
    furnish,
)
from ecf_core.testing.fakes import SequentialIds, SequentialSecrets, SettableClock

_PROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"
_THIS: Final = PartnershipId(UUID(int=0xEC << 120))
_SCHOOL: Final = Actor(ActorKind.ADMINISTRATOR, "for the school")


def layers() -> str:
    """What may import what: a row imports what is below it, and packages of a row do not meet."""
    contracts = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]
    every: list[list[str]] = [c["layers"] for c in contracts["contracts"] if c["type"] == "layers"]
    packages, inside = every
    rows = [*packages[:-1], f"{packages[-1]}:", *(f"    {row}" for row in inside)]
    width = max(map(len, rows))
    lines = [f"│ {row.ljust(width)} │" for row in rows]
    between = f"├─{'─' * width}─┤"
    body = [part for line in lines[: len(packages)] for part in (line, between)]
    edges = [f"┌─{'─' * width}─┐", f"└─{'─' * width}─┘"]
    return drawn((edges[0], *body[:-1], *lines[len(packages) :], edges[1]))


def records() -> str:
    """Which noun names which, by the ids in its fields."""
    return drawn(
        f"{_words(of.__name__):<19} ──▶  {', '.join(dict.fromkeys(_named_by(of)))}"
        for of in (TrainingRecord, InductionRecord, InductionProgramme, Partnership)
    )


def _named_by(of: type[Any]) -> Iterator[str]:
    for field in fields(of):
        for kind in (field.type, *get_args(field.type)):
            named = getattr(kind, "__name__", "")
            if named.endswith("Id") and field.name != "id":
                what, called = _words(named.removesuffix("Id")), field.name.removesuffix("_id")
                yield what if what.endswith(called.replace("_", " ")) else f"{what} ({called})"


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


@frozen
class _Scene:
    """A school that has chosen provider-led, and what lead providers and the school do there."""

    storage: MemoryStorage
    do: UseCases

    @classmethod
    def opened(cls) -> "_Scene":
        storage, rules = MemoryStorage(), DOCUMENTED
        furnish(storage.begin)
        do = UseCases.over(
            begin=storage.begin,
            look=storage.look,
            clock=SettableClock(),
            new_id=SequentialIds(),
            new_secret=SequentialSecrets(),
            rules=rules,
        )
        choice = ProgrammeRequest(school_id=GREENDALE_ID, cohort=2024, programme="provider_led")
        do.confirm_programme(choice, by=_SCHOOL)
        return cls(storage, do)

    def stored(self, *, relationship: bool) -> None:
        """The partnership is there."""
        with self.storage.begin() as work:
            work.partnerships.add(
                Partnership(
                    id=_THIS,
                    school_id=GREENDALE_ID,
                    cohort=2024,
                    lead_provider_id=PURPLE_LEARNING.id,
                    delivery_partner_id=NORTH_HUB.id,
                    relationship=relationship,
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
            work.commit()

    def reported(self) -> PartnershipId:
        return self.do.create_partnership(a_request(), by=_SCHOOL).partnership.id

    def reported_by_another(self) -> PartnershipId:
        request = a_request(lead_provider=ORANGE_INSTITUTE)
        return self.do.create_partnership(request, by=_SCHOOL).partnership.id

    def updated(self) -> PartnershipId:
        request = UpdateRequest(
            partnership_id=_THIS,
            lead_provider_id=PURPLE_LEARNING.id,
            delivery_partner_id=SOUTH_HUB.id,
        )
        return self.do.update_partnership(request, by=_SCHOOL).partnership.id

    def challenged(self) -> PartnershipId:
        request = ChallengeRequest(partnership_id=_THIS, reason=ChallengeReason.MISTAKE)
        return self.do.challenge_partnership(request, by=_SCHOOL).partnership.id


def _challenged(scene: _Scene) -> None:
    scene.stored(relationship=False)
    with scene.storage.begin() as work:
        before = work.partnerships.find(_THIS)
        assert before is not None  # noqa: S101 - it was stored above
        work.partnerships.save(before.challenged(ChallengeReason.MISTAKE, at=NOW))
        work.commit()


_STATES: Final[Mapping[str, Callable[[_Scene], None]]] = {
    "none": lambda _: None,
    "active": lambda scene: scene.stored(relationship=False),
    "challenged": _challenged,
    "relationship": lambda scene: scene.stored(relationship=True),
}
_ACTS: Final[Mapping[str, Callable[[_Scene], PartnershipId]]] = {
    "reported": _Scene.reported,
    "reported by another lead provider": _Scene.reported_by_another,
    "updated": _Scene.updated,
    "challenged": _Scene.challenged,
}


def _state(partnership: Partnership) -> str:
    if partnership.challenge:
        return "challenged"
    return "relationship" if partnership.relationship else "active"


def _comes_to(state: str, act: str) -> str:
    """What an act makes of a partnership: its state, another partnership's, or a refusal."""
    scene = _Scene.opened()
    _STATES[state](scene)
    try:
        id_ = _ACTS[act](scene)
    except Refused as refusal:
        return f"`{refusal.violations[0].code}`"
    with scene.storage.begin() as work:
        after = work.partnerships.find(id_)
    assert after is not None  # noqa: S101 - the act has stored it
    return _state(after) if id_ == _THIS or state == "none" else f"another, {_state(after)}"


def states() -> str:
    """What every act makes of a partnership in every state, by trying it."""
    rows = ((state, *(_comes_to(state, act) for act in _ACTS)) for state in _STATES)
    return table(("A partnership that is", *_ACTS), rows)


def life() -> str:
    """The states of a partnership, and what leads from one to another."""
    arrows = [
        (state, act, after)
        for state in _STATES
        for act in _ACTS
        if (after := _comes_to(state, act)) in _STATES and "another" not in act
    ]
    longest = max(len(act) for _, act, _ in arrows)
    return drawn(
        f"{state:>12} ── {act} {'─' * (longest - len(act))}──▶ {after}"
        for state, act, after in arrows
    )
