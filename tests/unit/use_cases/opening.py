"""Opening a cohort in memory, and what came of it."""

from collections.abc import Callable
from typing import Any

from ecf_adapters.memory import MemoryStorage
from ecf_core.rules.opening_a_cohort import CohortFiles, CohortStanding
from ecf_core.rules.opening_a_cohort.plan import Action, Planned
from ecf_core.testing.examples import (
    ADMINISTRATOR,
    FURNISHED_AT,
    LEAD_PROVIDERS,
    PURPLE_LEARNING,
)
from ecf_core.testing.fakes import SequentialIds, SettableClock
from ecf_core.use_cases.open_cohort import OpenCohort, OpenedCohort

PURPLES = PURPLE_LEARNING.name
Open = Callable[..., OpenedCohort]


def furnished() -> MemoryStorage:
    storage = MemoryStorage()
    with storage.begin() as work:
        work.providers.put_lead_providers(LEAD_PROVIDERS, at=FURNISHED_AT)
        work.commit()
    return storage


def opening(storage: MemoryStorage) -> Open:
    do = OpenCohort(
        begin=storage.begin, look=storage.look, clock=SettableClock(), new_id=SequentialIds()
    )

    def open_(files: CohortFiles, **how: Any) -> OpenedCohort:
        return do(files, by=ADMINISTRATOR, **how)

    return open_


def standing_of(storage: MemoryStorage) -> CohortStanding:
    with storage.look() as facts:
        return facts.cohort_standing(2024)


def changes_of(opened: OpenedCohort) -> list[Planned]:
    return [step for step in opened.plan.steps if step.action is not Action.UNCHANGED]


def updates(**changed: tuple[Any, Any]) -> dict[str, Any]:
    return {
        "action": Action.UPDATE,
        "before": {name: old for name, (old, _) in changed.items()},
        "after": {name: new for name, (_, new) in changed.items()},
    }
