"""What opening a cohort would do: every thing that it creates, changes or leaves as it is.

A cell left blank says nothing: what is stored stays.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from attrs import AttrsInstance, asdict, evolve, field, frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import BAND_LETTERS, Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId, StatementId
from ecf_core.model.schedule import Milestone, Schedule
from ecf_core.model.statement import Statement
from ecf_core.rules.opening_a_cohort.contracts import bands_of
from ecf_core.rules.opening_a_cohort.files import CohortFiles, CohortLine, ContractLine
from ecf_core.rules.opening_a_cohort.schedules import by_schedule
from ecf_core.rules.opening_a_cohort.standing import CohortStanding

T = TypeVar("T")

_OPEN_BAND: Final = "d"


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
    def changes_anything(self) -> bool:
        return any(step.action is not Action.UNCHANGED for step in self.steps)


def _values(thing: AttrsInstance) -> dict[str, Any]:
    """A thing's values by name; those of its bands too, as ``band_a_max``."""
    values = asdict(thing, recurse=False)
    values.pop("milestones", None)
    for letter, band in zip(BAND_LETTERS, values.pop("bands", ()), strict=False):
        values |= {f"band_{letter}_{name}": value for name, value in asdict(band).items()}
    return values


def _step(entity: str, key: str, before: AttrsInstance | None, after: AttrsInstance) -> Planned:
    if before is None:
        return Planned(entity=entity, key=key, action=Action.CREATE)
    old, new = _values(before), _values(after)
    changed = [name for name in new if old.get(name) != new[name]]
    return Planned(
        entity=entity,
        key=key,
        action=Action.UPDATE if changed else Action.UNCHANGED,
        before={name: old.get(name) for name in changed},
        after={name: new[name] for name in changed},
    )


def plan(
    files: CohortFiles, standing: CohortStanding, new_id: Callable[[], StatementId]
) -> CohortPlan:
    """The plan for files in which there is no problem."""
    names = {lp.name: lp.id for lp in standing.lead_providers}
    steps: list[Planned] = []
    cohort = _cohort(files.cohort[0], standing.cohort)
    steps.append(_step("cohort", str(cohort.start_year), standing.cohort, cohort))

    admitted = []
    for line in files.lead_providers:
        lead_provider = names[line.lead_provider_name]
        there = lead_provider in standing.admitted
        action = Action.UNCHANGED if there else Action.CREATE
        steps.append(Planned(entity="lead_provider", key=line.lead_provider_name, action=action))
        if not there:
            admitted.append(lead_provider)

    contracts = _contracts(files, standing, names, steps)
    mentor_contracts = _mentor_contracts(files, standing, names, steps)
    schedules = _schedules(files, standing, steps)
    contracted = {c.lead_provider_id for c in (*standing.contracts, *contracts)}
    statements = _statements(files, standing, contracted, new_id, steps)
    return CohortPlan(
        cohort=cohort,
        admitted=tuple(admitted),
        contracts=_different(contracts, standing.contracts),
        mentor_contracts=_different(mentor_contracts, standing.mentor_contracts),
        schedules=_different(schedules, standing.schedules),
        statements=_different(statements, standing.statements),
        steps=tuple(steps),
    )


def _different(wanted: Iterable[T], stored: Iterable[T]) -> tuple[T, ...]:
    there = list(stored)
    return tuple(thing for thing in wanted if thing not in there)


def _stated(**values: Any) -> dict[str, Any]:
    """Those values that are said."""
    return {name: value for name, value in values.items() if value is not None}


def _cohort(line: CohortLine, stored: Cohort | None) -> Cohort:
    before = stored or Cohort(
        start_year=line.start_year,
        automatic_assignment_period_end_date=date(line.start_year + 1, 3, 31),
    )
    return evolve(
        before,
        **_stated(
            registration_start_date=line.registration_start_date,
            academic_year_start_date=line.academic_year_start_date,
            automatic_assignment_period_end_date=line.automatic_assignment_period_end_date,
            payments_frozen_at=line.payments_frozen_at,
            mentor_funding=line.mentor_funding,
            detailed_evidence_types=line.detailed_evidence_types,
        ),
    )


def _bands(line: ContractLine, stored: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands of a line; band D is paid on output alone, and stays where it is left blank."""
    bands: list[Band] = []
    for number, cells in enumerate(bands_of(line)):
        if cells.min is None or cells.max is None or cells.per_participant is None:
            bands += stored[number : number + 1]
        elif cells.letter == _OPEN_BAND:
            bands.append(
                Band(
                    min=cells.min,
                    max=cells.max,
                    per_participant=cells.per_participant,
                    output_payment_percentage=100,
                    service_fee_percentage=0,
                )
            )
        else:
            bands.append(Band(min=cells.min, max=cells.max, per_participant=cells.per_participant))
    return tuple(bands)


def _contracts(
    files: CohortFiles,
    standing: CohortStanding,
    names: Mapping[str, LeadProviderId],
    steps: list[Planned],
) -> list[CallOffContract]:
    stored = {contract.lead_provider_id: contract for contract in standing.contracts}
    wanted = []
    for line in files.contracts:
        before = stored.get(names[line.lead_provider_name])
        stated = _stated(
            uplift_target=line.uplift_target,
            uplift_amount=line.uplift_amount,
            recruitment_target=line.recruitment_target,
            set_up_fee=line.set_up_fee,
            monthly_service_fee=line.monthly_service_fee,
            bands=_bands(line, before.bands if before else ()),
        )
        after = (
            evolve(before, **stated)
            if before
            else CallOffContract(
                lead_provider_id=names[line.lead_provider_name],
                cohort=line.cohort_start_year,
                **stated,
            )
        )
        steps.append(_step("contract", line.lead_provider_name, before, after))
        wanted.append(after)
    return wanted


def _mentor_contracts(
    files: CohortFiles,
    standing: CohortStanding,
    names: Mapping[str, LeadProviderId],
    steps: list[Planned],
) -> list[MentorCallOffContract]:
    stored = {contract.lead_provider_id: contract for contract in standing.mentor_contracts}
    wanted = []
    for line in files.mentor_contracts or ():
        after = MentorCallOffContract(
            lead_provider_id=names[line.lead_provider_name],
            cohort=line.cohort_start_year,
            recruitment_target=line.recruitment_target,
            payment_per_participant=line.payment_per_participant,
        )
        before = stored.get(after.lead_provider_id)
        steps.append(_step("mentor_contract", line.lead_provider_name, before, after))
        wanted.append(after)
    return wanted


def _schedules(
    files: CohortFiles, standing: CohortStanding, steps: list[Planned]
) -> list[Schedule]:
    stored = {schedule.identifier: schedule for schedule in standing.schedules}
    wanted = []
    for identifier, lines in by_schedule(files.schedules).items():
        before = stored.get(identifier)
        old = {m.declaration_type: m for m in before.milestones} if before else {}
        milestones = []
        for line in lines:
            kind = line.milestone_declaration_type
            was = old.get(kind)
            milestone = Milestone(
                declaration_type=kind,
                name=line.milestone_name,
                start_date=line.milestone_start_date,
                milestone_date=line.milestone_date or (was.milestone_date if was else None),
                payment_date=line.milestone_payment_date,
            )
            milestones.append((was, milestone))
        after = Schedule(
            cohort=lines[0].schedule_cohort_year,
            identifier=identifier,
            name=lines[0].schedule_name,
            type=lines[0].type,
            milestones=tuple(milestone for _, milestone in milestones),
        )
        steps.append(_step("schedule", identifier, before, after))
        for was, milestone in milestones:
            key = f"{identifier} {milestone.declaration_type}"
            steps.append(_step("milestone", key, was, milestone))
        wanted.append(after)
    return wanted


def _statements(
    files: CohortFiles,
    standing: CohortStanding,
    contracted: set[LeadProviderId],
    new_id: Callable[[], StatementId],
    steps: list[Planned],
) -> list[Statement]:
    """Every statement, for every lead provider with a contract."""
    stored = {(s.lead_provider_id, s.name): s for s in standing.statements}
    wanted = []
    for line in files.statements:
        for lead_provider in standing.lead_providers:
            if lead_provider.id not in contracted:
                continue
            before = stored.get((lead_provider.id, line.name))
            after = Statement(
                id=before.id if before else new_id(),
                lead_provider_id=lead_provider.id,
                cohort=line.cohort,
                name=line.name,
                deadline_date=line.deadline_date,
                payment_date=line.payment_date,
                output_fee=line.output_fee,
            )
            steps.append(_step("statement", f"{lead_provider.name} {line.name}", before, after))
            wanted.append(after)
    return wanted
