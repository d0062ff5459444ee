from attrs import frozen

from ecf_core.errors import Refused
from ecf_core.model.actor import Actor
from ecf_core.ports.clock import Clock
from ecf_core.ports.facts import Look
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import Begin, UnitOfWork
from ecf_core.rules.migrating_participants import (
    MigrationRequest,
    Move,
    Moved,
    PlacedProgramme,
    ProposedMigration,
)
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.rule import violations
from ecf_core.use_cases.moving import move_participants, would_move
from ecf_core.use_cases.transaction import in_transaction


@frozen(kw_only=True)
class MigrateParticipants:
    """Moves the participants of one induction programme of a school cohort to another of it.

    Those who are still to come from another school stay, unless their programme has no
    unchallenged partnership. Raises :class:`~ecf_core.errors.Refused`. Guide: "Induction
    records".
    """

    begin: Begin
    look: Look
    clock: Clock
    new_id: NewId
    rules: RuleProfile

    def __call__(self, request: MigrationRequest, *, by: Actor, dry_run: bool = False) -> Moved:
        """How many moved; with ``dry_run``, how many would, and nothing stored."""
        if dry_run:
            with self.look() as facts:
                source, target = self._judge(facts.proposed_migration(request))
                return would_move(facts, _move(source, target), at=self.clock.now())

        def decide(work: UnitOfWork) -> Moved:
            source, target = self._judge(work.facts.proposed_migration(request))
            now = self.clock.now()
            moved, migrated = move_participants(
                work,
                _move(source, target),
                school_id=source.school_id,
                cohort=source.cohort,
                batch=self.new_id(),
                at=now,
            )
            if migrated:
                work.record(*migrated, by=by, at=now)
            return moved

        return in_transaction(self.begin, decide)

    def _judge(self, proposed: ProposedMigration) -> tuple[PlacedProgramme, PlacedProgramme]:
        if broken := violations(self.rules.migrating_participants, proposed):
            raise Refused(*broken)
        match proposed:
            case ProposedMigration(
                source=PlacedProgramme() as source, target=PlacedProgramme() as target
            ):
                return source, target
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)


def _move(source: PlacedProgramme, target: PlacedProgramme) -> Move:
    return Move(
        from_programmes=(source.programme.id,),
        to_programme=target.programme.id,
        transferring_in=not source.partnered,
    )
