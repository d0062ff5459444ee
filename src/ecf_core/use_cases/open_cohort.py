from attrs import frozen

from ecf_core.errors import RowProblem, RowsRefused
from ecf_core.events import CohortOpened, Step
from ecf_core.model.actor import Actor
from ecf_core.model.ids import StatementId
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.opening_a_cohort import CohortFiles, CohortStanding, problems, warnings
from ecf_core.rules.opening_a_cohort.plan import Action, CohortPlan, plan
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class OpenedCohort:
    """What opening a cohort did, or would do; and what looks wrong in the files."""

    plan: CohortPlan
    applied: bool
    warnings: tuple[RowProblem, ...]


@frozen(kw_only=True)
class OpenCohort:
    """Opens a cohort from its six files: all of them, or nothing.

    Opening it again changes what is different, and blanks nothing. Raises
    :class:`~ecf_core.errors.RowsRefused` with everything that is wrong. Guide: "Cohort creation
    and opening registration".
    """

    begin: Begin
    look: Look
    clock: Clock
    new_id: NewId

    def __call__(self, files: CohortFiles, *, by: Actor, dry_run: bool = False) -> OpenedCohort:
        if dry_run:
            with self.look() as facts:
                found = self._plan(files, facts.cohort_standing(files.year))
            return OpenedCohort(plan=found, applied=False, warnings=warnings(files))

        def decide(work: UnitOfWork) -> OpenedCohort:
            planned = self._plan(files, work.facts.cohort_standing(files.year))
            if planned.changes_anything:
                self._write(planned, work, by=by)
            return OpenedCohort(plan=planned, applied=True, warnings=warnings(files))

        return in_transaction(self.begin, decide)

    def _plan(self, files: CohortFiles, standing: CohortStanding) -> CohortPlan:
        if found := problems(files, standing):
            raise RowsRefused(*found)
        return plan(files, standing, lambda: StatementId(self.new_id()))

    def _write(self, planned: CohortPlan, work: UnitOfWork, *, by: Actor) -> None:
        now = self.clock.now()
        year = planned.cohort.start_year
        if planned.cohort_changes:
            work.cohorts.put(planned.cohort, at=now)
        work.cohorts.admit(year, planned.admitted, at=now)
        work.cohorts.put_contracts(planned.contracts, at=now)
        work.cohorts.put_mentor_contracts(planned.mentor_contracts, at=now)
        work.cohorts.put_schedules(planned.schedules, at=now)
        work.cohorts.put_statements(planned.statements, at=now)
        opened = CohortOpened(
            cohort=year,
            steps=tuple(
                Step(
                    entity=step.entity,
                    key=step.key,
                    action=step.action.value,
                    before=step.before,
                    after=step.after,
                )
                for step in planned.steps
                if step.action is not Action.UNCHANGED
            ),
        )
        work.record(opened, by=by, at=now)
