from collections.abc import Iterable
from datetime import datetime
from typing import Literal, assert_never

from attrs import frozen

from ecf_core.errors import Refused
from ecf_core.events import ProgrammeChanged, ProgrammeTerms
from ecf_core.model.actor import Actor
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.ports.clock import Clock
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.changing_the_partnership import (
    PartnershipChangeRequest,
    ProposedPartnershipChange,
)
from ecf_core.rules.migrating_participants import Move, Moved
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.programme_change import (
    Adopt,
    LeaveAlone,
    ProgrammeChange,
    Replace,
    Start,
    default_programme_after,
    programme_change,
    programmes_left,
)
from ecf_core.rules.rule import violations
from ecf_core.use_cases.moving import move_participants
from ecf_core.use_cases.transaction import in_transaction

Action = Literal["adopted", "replaced", "started", "unchanged"]


@frozen(kw_only=True)
class PartnershipChange:
    """What a partnership changes in a school cohort, before any of it is written."""

    change: ProgrammeChange
    school_cohort: SchoolCohort
    move: Move

    @property
    def action(self) -> Action:
        match self.change:
            case Adopt():
                return "adopted"
            case Replace():
                return "replaced"
            case Start():
                return "started"
            case LeaveAlone():
                return "unchanged"
            case _:
                assert_never(self.change)


def change_partnership(
    school_cohort: SchoolCohort | None,
    partnership: Partnership,
    partnerships: Iterable[Partnership],
    programmes: Iterable[InductionProgramme],
    *,
    fresh_id: InductionProgrammeId,
    at: datetime,
) -> PartnershipChange:
    """The school cohort once its participants train under the partnership, and who moves.

    ``partnerships`` and ``programmes`` are all those of the school and the cohort; ``fresh_id``
    is for a new default programme, where one is due. Guide: "Induction records".
    """
    others = [p for p in partnerships if p.id != partnership.id]
    former = school_cohort.default_programme if school_cohort else None
    of_former = former.partnership_id if former else None
    change = programme_change(
        former, partnership, next((p for p in others if p.id == of_former), None)
    )
    fresh = InductionProgramme(
        id=fresh_id,
        training_programme=TrainingProgramme.PROVIDER_LED,
        partnership_id=partnership.id,
    )
    default = default_programme_after(change, partnership, fresh)
    left = programmes_left(
        change, (*others, partnership), programmes, former=former, default=default
    )
    if school_cohort is None:
        after = SchoolCohort(
            school_id=partnership.school_id,
            cohort=partnership.cohort,
            choice=ProgrammeChoice.PROVIDER_LED,
            default_programme=default,
            created_at=at,
            updated_at=at,
        )
    else:
        after = school_cohort.confirmed(ProgrammeChoice.PROVIDER_LED, default, at=at)
    return PartnershipChange(
        change=change,
        school_cohort=after,
        move=Move(from_programmes=left, to_programme=default.id),
    )


@frozen(kw_only=True)
class ProgrammeRepaired:
    """What changing the partnership by hand did."""

    action: Action
    school_cohort: SchoolCohort
    moved: Moved | None

    @property
    def migrated(self) -> int:
        return self.moved.participants if self.moved else 0


@frozen(kw_only=True)
class ChangePartnership:
    """Puts a school's participants under its partnership, as forming it does: for repair.

    Raises :class:`~ecf_core.errors.Refused`. Guide: "Induction records".
    """

    begin: Begin
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: PartnershipChangeRequest, *, by: Actor) -> ProgrammeRepaired:
        def decide(work: UnitOfWork) -> ProgrammeRepaired:
            proposed = work.facts.proposed_partnership_change(request)
            now = self.clock.now()
            changed = self._change(proposed, at=now)
            before = proposed.school_cohort
            if before is not None and isinstance(changed.change, LeaveAlone):
                return ProgrammeRepaired(action="unchanged", school_cohort=before, moved=None)
            after = changed.school_cohort
            if before is None:
                work.school_cohorts.add(after)
            else:
                work.school_cohorts.save(after)
            repaired = ProgrammeChanged(
                school_id=after.school_id,
                cohort=after.cohort,
                partnership_id=request.partnership_id,  # type: ignore[arg-type]
                before=ProgrammeTerms.of(before),
                after=ProgrammeTerms.of(after),
            )
            moved, events = move_participants(
                work,
                changed.move,
                school_id=after.school_id,
                cohort=after.cohort,
                batch=self.new_id(),
                at=now,
            )
            work.record(repaired, *events, by=by, at=now)
            return ProgrammeRepaired(action=changed.action, school_cohort=after, moved=moved)

        return in_transaction(self.begin, decide)

    def _change(self, proposed: ProposedPartnershipChange, *, at: datetime) -> PartnershipChange:
        if broken := violations(self.rules.changing_the_partnership, proposed):
            raise Refused(*broken)
        if proposed.partnership is None:  # the rules refuse whatever is not found
            raise AssertionError(proposed)
        return change_partnership(
            proposed.school_cohort,
            proposed.partnership,
            proposed.partnerships,
            proposed.programmes,
            fresh_id=InductionProgrammeId(self.new_id()),
            at=at,
        )
