"""Whose induction records go from one programme to another, and when they may be told to."""

from datetime import datetime
from typing import Final, Literal

from attrs import frozen

from ecf_core.model.ids import InductionProgrammeId, SchoolId
from ecf_core.model.induction_record import InductionRecord
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class Move:
    """The participants of some induction programmes are to train in another.

    ``transferring_in`` takes along those who are still to come from another school: they stay
    where they are only while their programme has an unchallenged partnership.
    """

    from_programmes: tuple[InductionProgrammeId, ...]
    to_programme: InductionProgrammeId
    transferring_in: bool = True


@frozen(kw_only=True)
class Moved:
    """How many participants moved, or would, and from where to where."""

    from_programmes: tuple[InductionProgrammeId, ...]
    to_programme: InductionProgrammeId
    participants: int


Whereabouts = Literal["active", "transferring in", "neither"]
"""How a participant stands in the programme of a record."""


def whereabouts(record: InductionRecord, *, at: datetime) -> Whereabouts:
    """How the participant of a record stands at an instant."""
    if record.active(at):
        return "active"
    return "transferring in" if record.transferring_in(at) else "neither"


def is_moved(record: InductionRecord, move: Move, *, at: datetime) -> bool:
    """A move takes this record along. This is where it is defined; storages are proven by it."""
    if record.programme_id not in move.from_programmes or record.ended(at):
        return False
    stands = whereabouts(record, at=at)
    return stands == "active" or (stands == "transferring in" and move.transferring_in)


@frozen(kw_only=True)
class PlacedProgramme:
    """An induction programme with its school, its cohort, and its partnership if it has one."""

    programme: InductionProgramme
    school_id: SchoolId
    cohort: int
    partnership: Partnership | None

    @property
    def partnered(self) -> bool:
        return self.partnership is not None and self.partnership.challenge is None


@frozen(kw_only=True)
class MigrationRequest:
    """From which programme to which the participants are to go. ``None`` is what was left out.

    Guide: "Induction records".
    """

    from_programme: InductionProgrammeId | None
    to_programme: InductionProgrammeId | None


@frozen(kw_only=True)
class ProposedMigration:
    """The request and the programmes that it names. ``None`` means that there is no such thing."""

    request: MigrationRequest
    source: PlacedProgramme | None
    target: PlacedProgramme | None


def from_programme_not_specified(p: ProposedMigration) -> bool:
    return p.request.from_programme is None


def from_programme_not_found(p: ProposedMigration) -> bool:
    return p.source is None


def to_programme_not_specified(p: ProposedMigration) -> bool:
    return p.request.to_programme is None


def to_programme_not_found(p: ProposedMigration) -> bool:
    return p.target is None


def to_programme_is_the_same(p: ProposedMigration) -> bool:
    return p.request.to_programme == p.request.from_programme


def to_programme_is_of_another_school_or_cohort(p: ProposedMigration) -> bool | None:
    if p.source is None or p.target is None:
        return None
    return (p.source.school_id, p.source.cohort) != (p.target.school_id, p.target.cohort)


def to_programme_has_a_challenged_partnership(p: ProposedMigration) -> bool | None:
    if p.target is None:
        return None
    return p.target.partnership is not None and not p.target.partnered


MIGRATING_PARTICIPANTS: Final[tuple[Rule[ProposedMigration], ...]] = (
    Rule("from_programme", "blank", "Enter a '#/from_programme'.", from_programme_not_specified),
    Rule(
        "from_programme",
        "invalid",
        "The '#/from_programme' you have entered is invalid."
        " Check programme details and try again.",
        from_programme_not_found,
    ),
    Rule("to_programme", "blank", "Enter a '#/to_programme'.", to_programme_not_specified),
    Rule(
        "to_programme",
        "invalid",
        "The '#/to_programme' you have entered is invalid. Check programme details and try again.",
        to_programme_not_found,
    ),
    Rule(
        "to_programme",
        "same_programme",
        "The '#/to_programme' must not be the programme that participants come from.",
        to_programme_is_the_same,
    ),
    Rule(
        "to_programme",
        "another_school_cohort",
        "The '#/to_programme' must be of the same school and cohort."
        " A participant goes to another school by a transfer.",
        to_programme_is_of_another_school_or_cohort,
    ),
    Rule(
        "to_programme",
        "partnership_challenged",
        "The partnership of the '#/to_programme' has been challenged by the school.",
        to_programme_has_a_challenged_partnership,
    ),
)
