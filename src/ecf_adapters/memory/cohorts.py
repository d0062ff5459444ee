from collections.abc import Iterable
from datetime import datetime

from attrs import define, evolve

from ecf_adapters.memory.state import State
from ecf_adapters.memory.unique import each_once
from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId
from ecf_core.model.schedule import DeclarationType, Schedule
from ecf_core.model.statement import Statement


@define
class MemoryCohorts:
    _state: State

    def find(self, start_year: int) -> Cohort | None:
        return self._state.cohorts.get(start_year)

    def put(self, cohort: Cohort, *, at: datetime) -> None:  # noqa: ARG002 - the port's
        self._state.cohorts[cohort.start_year] = cohort

    def lead_providers(self, start_year: int) -> frozenset[LeadProviderId]:
        return frozenset(lp for year, lp in self._state.admitted if year == start_year)

    def admit(
        self,
        start_year: int,
        lead_providers: Iterable[LeadProviderId],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.admitted |= {(start_year, lp) for lp in lead_providers}

    def put_contracts(
        self,
        contracts: Iterable[CallOffContract],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.contracts |= {(c.lead_provider_id, c.cohort, c.version): c for c in contracts}

    def put_mentor_contracts(
        self,
        contracts: Iterable[MentorCallOffContract],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        self._state.mentor_contracts |= {
            (c.lead_provider_id, c.cohort, c.version): c for c in contracts
        }

    def put_schedules(
        self,
        schedules: Iterable[Schedule],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        for schedule in schedules:
            key = (schedule.cohort, schedule.identifier)
            before = self._state.schedules.get(key)
            kept = {m.declaration_type: m for m in before.milestones} if before else {}
            kept |= {m.declaration_type: m for m in schedule.milestones}
            in_order = tuple(kept[kind] for kind in DeclarationType if kind in kept)
            self._state.schedules[key] = evolve(schedule, milestones=in_order)

    def put_statements(
        self,
        statements: Iterable[Statement],
        *,
        at: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        known = self._state.statements
        known |= {statement.id: statement for statement in statements}
        each_once((s.lead_provider_id, s.cohort, s.name) for s in known.values())
