"""When two registrations are one person, and what becomes of them. The messages are ours.

The person keeps the id, name and e-mail address of the one that goes on. All of the training goes
with them; where both train as the same, the training of the id that is given up ends.
"""

from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.induction_record import InductionRecord, InductionStatus
from ecf_core.model.participant import Person, TrainingRecord
from ecf_core.model.participant_in_training import Participant
from ecf_core.rules.rule import Rule


@frozen(kw_only=True)
class MergeRequest:
    """Which id is given up for which. ``None`` is what was left out."""

    from_id: ParticipantId | None
    to_id: ParticipantId | None


@frozen(kw_only=True)
class ProposedMerge:
    """The request and whom it names; an id that was given up names who has it now."""

    request: MergeRequest
    given_up: Participant | None
    goes_on: Participant | None

    @property
    def both(self) -> tuple[Participant, Participant] | None:
        if self.given_up is None or self.goes_on is None:
            return None
        return self.given_up, self.goes_on


def from_not_found(p: ProposedMerge) -> bool:
    return p.given_up is None


def from_was_given_up_before(p: ProposedMerge) -> bool | None:
    return None if p.given_up is None else p.given_up.person.id != p.request.from_id


def to_not_found(p: ProposedMerge) -> bool:
    return p.goes_on is None


def to_was_given_up_before(p: ProposedMerge) -> bool | None:
    return None if p.goes_on is None else p.goes_on.person.id != p.request.to_id


def participants_are_the_same(p: ProposedMerge) -> bool | None:
    return p.both and p.both[0].person.id == p.both[1].person.id


def participants_have_different_trns(p: ProposedMerge) -> bool | None:
    if p.both is None:
        return None
    trns = {each.person.trn for each in p.both} - {None}
    return len(trns) > 1


def one_is_the_mentor_of_the_other(p: ProposedMerge) -> bool | None:
    if p.both is None:
        return None
    ids = {each.person.id for each in p.both}
    return any(
        training.latest.record.mentor_id in ids for each in p.both for training in each.trainings
    )


MERGING_PARTICIPANTS: Final[tuple[Rule[ProposedMerge], ...]] = (
    Rule("from", "invalid", "Enter a valid '#/from'.", from_not_found),
    Rule(
        "from",
        "given_up",
        "The id '#/from' has been given up for another already.",
        from_was_given_up_before,
    ),
    Rule("to", "invalid", "Enter a valid '#/to'.", to_not_found),
    Rule(
        "to",
        "given_up",
        "The id '#/to' has been given up for another. Merge into that one.",
        to_was_given_up_before,
    ),
    Rule(
        "to",
        "same_participant",
        "The '#/to' must not be the participant that '#/from' is.",
        participants_are_the_same,
    ),
    Rule(
        "to",
        "different_trns",
        "The participants have different TRNs, so they are two people."
        " If they are not, correct the TRN first.",
        participants_have_different_trns,
    ),
    Rule(
        "to",
        "own_mentor",
        "One of the participants is the mentor of the other, so they are two people.",
        one_is_the_mentor_of_the_other,
    ),
)


@frozen(kw_only=True)
class Merged:
    """What a merge writes, what is given up first; and the training records that end with it."""

    people: tuple[Person, Person]
    training_records: tuple[TrainingRecord, ...]
    records: tuple[InductionRecord, ...]
    ended: tuple[TrainingRecordId, ...]


def merged(given_up: Participant, goes_on: Participant, *, at: datetime) -> Merged:
    """What the merge of two participants comes to, once the rules have passed."""
    instead = {t.record.type: t for t in goes_on.trainings if t.record.merged_into is None}
    ends = [
        t for t in given_up.trainings if t.record.merged_into is None and t.record.type in instead
    ]
    return Merged(
        people=(
            evolve(given_up.person, trn=None, updated_at=max(given_up.person.updated_at, at)),
            evolve(
                goes_on.person,
                trn=goes_on.person.trn or given_up.person.trn,
                updated_at=max(goes_on.person.updated_at, at),
            ),
        ),
        training_records=tuple(
            evolve(
                training.record,
                participant_id=goes_on.person.id,
                merged_into=instead[training.record.type].record.id
                if training in ends
                else training.record.merged_into,
                updated_at=max(training.record.updated_at, at),
            )
            for training in given_up.trainings
        ),
        records=tuple(
            _kept(record, given_up.person.email, ends=record is last, at=at)
            for training in given_up.trainings
            for last in [training.latest.record if training in ends else None]
            for record in (placed.record for placed in training.history)
        ),
        ended=tuple(training.record.id for training in ends),
    )


def _kept(record: InductionRecord, email: str, *, ends: bool, at: datetime) -> InductionRecord:
    """The record keeps its e-mail address; the last one ends, if the training does."""
    kept = evolve(record, email=record.email or email, updated_at=max(record.updated_at, at))
    if not ends or record.ended(at):
        return kept
    end = max(record.start_date, at)
    return evolve(kept, end_date=end, induction_status=InductionStatus.CHANGED)
