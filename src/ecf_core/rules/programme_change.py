"""What a partnership changes in a school cohort (guide: "Induction records"; decision D-10)."""

from collections.abc import Iterable
from typing import assert_never

from attrs import evolve, frozen

from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme


@frozen
class Adopt:
    """The default programme is provider-led and has no partnership: it takes this one."""

    programme: InductionProgramme


@frozen
class Replace:
    """The default programme's partnership is challenged: a new default takes its place."""

    programme: InductionProgramme


@frozen
class Start:
    """There is no provider-led default: the school becomes provider-led with a new default."""


@frozen
class LeaveAlone:
    """The default programme has this partnership already, or another unchallenged one."""

    programme: InductionProgramme


ProgrammeChange = Adopt | Replace | Start | LeaveAlone


def programme_change(
    default: InductionProgramme | None,
    partnership: Partnership,
    partnership_of_default: Partnership | None,
) -> ProgrammeChange:
    """What forming ``partnership`` means for the school cohort's default programme."""
    if default is None or default.training_programme is not TrainingProgramme.PROVIDER_LED:
        return Start()
    if default.partnership_id is None:
        return Adopt(default)
    if default.partnership_id == partnership.id:
        return LeaveAlone(default)
    if partnership_of_default is None or partnership_of_default.challenge is not None:
        return Replace(default)
    return LeaveAlone(default)


def default_programme_after(
    change: ProgrammeChange, partnership: Partnership, fresh: InductionProgramme
) -> InductionProgramme:
    """The default programme once the change is made; ``fresh`` is used where a new one is due."""
    match change:
        case Adopt(programme):
            return evolve(programme, partnership_id=partnership.id)
        case Replace() | Start():
            return fresh
        case LeaveAlone(programme):
            return programme
        case _:
            assert_never(change)


def programmes_left(
    change: ProgrammeChange,
    partnerships: Iterable[Partnership],
    programmes: Iterable[InductionProgramme],
    *,
    former: InductionProgramme | None,
    default: InductionProgramme,
) -> tuple[InductionProgrammeId, ...]:
    """Whose participants go to the default programme once the change is made.

    ``partnerships`` and ``programmes`` are all of the school and the cohort, the partnerships as
    they are now. It is those of provider-led programmes whose partnership is none or challenged,
    and those of the ``former`` default where training starts. Live service, "move unpartnered".
    """
    if isinstance(change, LeaveAlone):
        return ()
    partnered = {p.id for p in partnerships if p.challenge is None}
    return tuple(
        programme.id
        for programme in programmes
        if programme.id != default.id
        and (
            (former is not None and programme.id == former.id)
            or (
                programme.training_programme is TrainingProgramme.PROVIDER_LED
                and programme.partnership_id not in partnered
            )
        )
    )
