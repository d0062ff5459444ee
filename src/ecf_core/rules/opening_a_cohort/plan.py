"""What opening a cohort would do: every thing that it creates, changes or leaves as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from attrs import AttrsInstance, asdict, define, field, frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import BAND_LETTERS, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId, StatementId
from ecf_core.model.schedule import Schedule
from ecf_core.model.statement import Statement
from ecf_core.rules.opening_a_cohort.files import CohortFiles
from ecf_core.rules.opening_a_cohort.intended import (
    cohort_of,
    contract_of,
    mentor_contract_of,
    schedule_of,
    statement_of,
)
from ecf_core.rules.opening_a_cohort.schedules import by_schedule
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

T = TypeVar("T", bound=AttrsInstance)


class Action(StrEnum):
    """What becomes of a thing."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"


@frozen(kw_only=True)
class Planned:
    """What becomes of one thing; an update has the values that change, old and new."""

    entity: str
    key: str
    action: Action
    before: Mapping[str, Any] = field(factory=dict)
    after: Mapping[str, Any] = field(factory=dict)

    @classmethod
    def of(
        cls, entity: str, key: str, before: AttrsInstance | None, after: AttrsInstance
    ) -> "Planned":
        if before is None:
            return cls(entity=entity, key=key, action=Action.CREATE)
        old, new = _values(before), _values(after)
        changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
        return cls(
            entity=entity,
            key=key,
            action=Action.UPDATE if changed else Action.UNCHANGED,
            before={name: old.get(name) for name in changed},
            after={name: new.get(name) for name in changed},
        )


def _values(thing: AttrsInstance) -> dict[str, Any]:
    """A thing's values by name; those of its bands too, as ``band_a_max``."""
    values = asdict(thing, recurse=False)
    values.pop("milestones", None)
    for letter, band in zip(BAND_LETTERS, values.pop("bands", ()), strict=False):
        values |= {f"band_{letter}_{name}": value for name, value in asdict(band).items()}
    return values


@frozen(kw_only=True)
class CohortPlan:
    """The cohort as it will be, what has to be written for it, and how that differs from now."""

    cohort: Cohort
    admitted: tuple[LeadProviderId, ...]
    contracts: tuple[CallOffContract, ...]
    mentor_contracts: tuple[MentorCallOffContract, ...]
    schedules: tuple[Schedule, ...]
    statements: tuple[Statement, ...]
    steps: tuple[Planned, ...]

    @property
    def cohort_changes(self) -> bool:
        """Whether the cohort itself does, and not only what it has."""
        return self.steps[0].action is not Action.UNCHANGED

    @property
    def changes_anything(self) -> bool:
        return any(step.action is not Action.UNCHANGED for step in self.steps)


def plan(
    files: CohortFiles, standing: CohortStanding, new_id: Callable[[], StatementId]
) -> CohortPlan:
    """The plan for files in which there is no problem."""
    planning = _Planning(files, standing)
    cohort = planning.cohort()
    admitted = tuple(planning.admitted())
    contracts = tuple(planning.contracts())
    mentor_contracts = tuple(planning.mentor_contracts())
    schedules = tuple(planning.schedules())
    contracted = {c.lead_provider_id for c in (*standing.contracts, *contracts)}
    return CohortPlan(
        cohort=cohort,
        admitted=admitted,
        contracts=contracts,
        mentor_contracts=mentor_contracts,
        schedules=schedules,
        statements=tuple(planning.statements(contracted, new_id)),
        steps=tuple(planning.steps),
    )


@define
class _Planning:
    """Goes through the files in their order, and notes what becomes of everything.

    What comes out is what has to be written.
    """

    _files: CohortFiles
    _standing: CohortStanding
    steps: list[Planned] = field(factory=list, init=False)

    @property
    def _ids(self) -> dict[str, LeadProviderId]:
        return {lp.name: lp.id for lp in self._standing.lead_providers}

    def _note(self, entity: str, key: str, before: T | None, after: T) -> Iterator[T]:
        self.steps.append(Planned.of(entity, key, before, after))
        if before != after:
            yield after

    def cohort(self) -> Cohort:
        before = self._standing.cohort
        after = cohort_of(self._files.cohort[0], before)
        self.steps.append(Planned.of("cohort", str(after.start_year), before, after))
        return after

    def admitted(self) -> Iterator[LeadProviderId]:
        for line in self._files.lead_providers:
            name = line.lead_provider_name
            there = name in self._standing.admitted_names
            action = Action.UNCHANGED if there else Action.CREATE
            self.steps.append(Planned(entity="lead_provider", key=name, action=action))
            if not there:
                yield self._ids[name]

    def contracts(self) -> Iterator[CallOffContract]:
        for line in self._files.contracts:
            name = line.lead_provider_name
            before = self._standing.contract_of(name)
            yield from self._note(
                "contract", name, before, contract_of(line, self._ids[name], before)
            )

    def mentor_contracts(self) -> Iterator[MentorCallOffContract]:
        stored = {c.lead_provider_id: c for c in self._standing.mentor_contracts}
        for line in self._files.mentor_contracts or ():
            name = line.lead_provider_name
            before = stored.get(self._ids[name])
            after = mentor_contract_of(line, self._ids[name], before)
            yield from self._note("mentor_contract", name, before, after)

    def schedules(self) -> Iterator[Schedule]:
        stored = {schedule.identifier: schedule for schedule in self._standing.schedules}
        for identifier, lines in by_schedule(self._files.schedules).items():
            before = stored.get(identifier)
            after = schedule_of(lines, before)
            yield from self._note("schedule", identifier, before, after)
            old = {m.declaration_type: m for m in before.milestones} if before else {}
            for milestone in after.milestones:
                kind = milestone.declaration_type
                step = Planned.of("milestone", f"{identifier} {kind}", old.get(kind), milestone)
                self.steps.append(step)

    def statements(
        self, contracted: Iterable[LeadProviderId], new_id: Callable[[], StatementId]
    ) -> Iterator[Statement]:
        """Every statement, for every lead provider with a contract."""
        whose = {lp.id: lp.name for lp in self._standing.lead_providers}
        theirs: dict[LeadProviderId, dict[str, Statement]] = {id_: {} for id_ in contracted}
        for statement in self._standing.statements:
            theirs.setdefault(statement.lead_provider_id, {})[statement.name] = statement
        for line in self._files.statements:
            for id_ in sorted(contracted, key=lambda id_: whose[id_]):
                before = theirs[id_].get(line.name)
                after = statement_of(line, id_, theirs[id_], new_id)
                key = f"{whose[id_]} {line.name}"
                yield from self._note("statement", key, before, after)
