from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord
from ecf_core.model.participant import Enrolment, IdChange, Person, TrainingRecord
from ecf_core.model.training_state import TrainingState
from ecf_core.rules.migrating_participants import Move


class Participants(Protocol):
    """Who is trained, and the history of it.

    These hold whoever writes: a TRN is one person's and so is an e-mail address, compared by
    ``Person.email_key``; a person has one training record of a type; and the induction records of
    one training record do not overlap, at most one is open, and none ends before it starts.

    Whoever an induction record names as the mentor is touched by what writes it: ``updated_at`` is
    then no earlier than that. So are those whom it named until then; and, where records move to
    another programme, those whom they name. It never goes back.
    """

    def enrol(self, enrolments: Iterable[Enrolment]) -> None:
        """Adds training records, each with its first induction record.

        People are added, or replaced by those of the same id; of a person who comes twice, the
        later one counts. However many there are, it is a constant number of statements. Raises
        :class:`~ecf_core.errors.StaleWrite` if anything of what always holds would no longer.
        """
        ...

    def history(self, training_record_id: TrainingRecordId) -> InductionHistory | None: ...

    def put_records(self, *records: InductionRecord) -> None:
        """Adds induction records, or replaces those of the same id, in the order given.

        Raises :class:`~ecf_core.errors.StaleWrite` if two of a training record would overlap.
        """
        ...

    def put_people(self, *people: Person) -> None:
        """Replaces people by those of the same id; they may take over from one another.

        Raises :class:`~ecf_core.errors.StaleWrite` if another has the TRN or the e-mail address.
        """
        ...

    def put_training_records(self, *training_records: TrainingRecord) -> None:
        """Replaces training records by those of the same id.

        Raises :class:`~ecf_core.errors.StaleWrite` if a person would have two of a type that go on.
        """
        ...

    def add_state(self, state: TrainingState) -> None:
        """Adds what a lead provider says of a training."""
        ...

    def give_up_id(self, change: IdChange) -> None:
        """Keeps a change of id: the person has the new one wherever the old one named a mentor.

        What was changed into the old one before leads to the new one, too.
        """
        ...

    def leave_mentor(self, mentor_id: ParticipantId, *, at: datetime) -> None:
        """Nobody is mentored by the mentor in a record that has not ended."""
        ...

    def move(self, move: Move, *, at: datetime, batch: UUID) -> int:
        """Changes the programme of every record that the move takes along; how many there were.

        Which they are is said by ``ecf_core.rules.migrating_participants.is_moved``, and what
        becomes of each by ``ecf_core.rules.changing_an_induction_record``. It is a constant number
        of statements; the storage makes the new records' ids, and may keep ``batch`` with the
        records that ended, to find the batch again.
        """
        ...


class AppropriateBodies(Protocol):
    """The appropriate bodies; there are hundreds, and they are read whole."""

    def all(self) -> tuple[AppropriateBody, ...]: ...

    def put(self, bodies: Iterable[AppropriateBody], *, at: datetime) -> None:
        """Adds them, or replaces those of the same id.

        Raises :class:`~ecf_core.errors.StaleWrite` if another has the name.
        """
        ...
