from datetime import datetime

from attrs import frozen

from ecf_core.errors import Refused
from ecf_core.events import Event, ProgrammeConfirmed, ProgrammeTerms
from ecf_core.model.actor import Actor
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.school import School
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.confirming_a_programme import ProgrammeRequest, ProposedProgramme
from ecf_core.rules.migrating_participants import Move
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import violations
from ecf_core.use_cases.moving import move_participants
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class ConfirmProgramme:
    """A school says how it trains the participants of a cohort.

    A choice of training starts a new default programme, to which the participants of the former
    one move; without training they stay where they are. Saying the same again changes nothing.
    Raises :class:`~ecf_core.errors.Refused`. Guide: "Confirming induction programme type".
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: ProgrammeRequest, *, by: Actor) -> SchoolCohort:
        def decide(work: UnitOfWork) -> SchoolCohort:
            proposed = work.facts.proposed_programme(request)
            now = self.clock.now()
            before, after = self._confirm(proposed, at=now)
            if after == before:
                return after
            if before is None:
                work.school_cohorts.add(after)
            else:
                work.school_cohorts.save(after)
            confirmed = ProgrammeConfirmed(
                school_id=after.school_id,
                cohort=after.cohort,
                before=ProgrammeTerms.of(before),
                after=ProgrammeTerms.of(after),
            )
            migrated: list[Event] = []
            if move := _move(before, after):
                _, migrated = move_participants(
                    work,
                    move,
                    school_id=after.school_id,
                    cohort=after.cohort,
                    batch=self.new_id(),
                    at=now,
                )
            work.record(confirmed, *migrated, by=by, at=now)
            return after

        return in_transaction(self.begin, decide)

    def _confirm(
        self, proposed: ProposedProgramme, *, at: datetime
    ) -> tuple[SchoolCohort | None, SchoolCohort]:
        """The school cohort before and after."""
        if broken := violations(self.rules.confirming_a_programme, proposed):
            raise Refused(*broken)
        match proposed:
            case ProposedProgramme(school=School() as school, school_cohort=before):
                choice = ProgrammeChoice(proposed.request.programme or "")
                if before is None:
                    return None, SchoolCohort(
                        school_id=school.id,
                        cohort=proposed.request.cohort or 0,
                        choice=choice,
                        default_programme=self._default(choice.training_programme, proposed),
                        created_at=at,
                        updated_at=at,
                    )
                if before.choice is choice:
                    return before, before
                default = self._default(choice.training_programme, proposed)
                return before, before.confirmed(choice, default, at=at)
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)

    def _default(
        self, training: TrainingProgramme | None, proposed: ProposedProgramme
    ) -> InductionProgramme | None:
        """A new default programme; a provider-led one has the school's partnership, if any."""
        if training is None:
            return None
        current = proposed.current_partnership
        led = current is not None and training is TrainingProgramme.PROVIDER_LED
        return InductionProgramme(
            id=InductionProgrammeId(self.new_id()),
            training_programme=training,
            partnership_id=current.id if current is not None and led else None,
        )


def _move(before: SchoolCohort | None, after: SchoolCohort) -> Move | None:
    """The participants of the former default programme join the new one, where there is one."""
    former = before.default_programme if before else None
    if former is None or after.default_programme is None:
        return None
    return Move(from_programmes=(former.id,), to_programme=after.default_programme.id)
