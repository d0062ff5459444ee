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
        placed.record.mentor_id in ids
        for each in p.both
        for training in each.trainings
        for placed in training.history
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
    instead = _instead(given_up, goes_on)
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
                record,
                participant_id=goes_on.person.id,
                merged_into=instead.get(record.id, record.merged_into),
                updated_at=max(record.updated_at, at),
            )
            # What ends comes first: of a type only one training goes on.
            for record in sorted(
                (
                    training.record
                    for participant in (given_up, goes_on)
                    for training in participant.trainings
                    if participant is given_up or training.record.id in instead
                ),
                key=lambda record: record.id not in instead,
            )
        ),
        records=tuple(
            _kept(placed.record, participant.person, ends=training.record.id in instead, at=at)
            for participant in (given_up, goes_on)
            for training in participant.trainings
            for placed in training.history
            if participant is given_up or training.record.id in instead
        ),
        ended=tuple(instead),
    )


def _instead(
    given_up: Participant, goes_on: Participant
) -> dict[TrainingRecordId, TrainingRecordId]:
    """Which training ends for which, where both train as the same.

    That of the id which goes on stays, unless the school has removed it and not the other.
    """
    stays = {t.record.type: t for t in goes_on.trainings if t.record.merged_into is None}
    ends: dict[TrainingRecordId, TrainingRecordId] = {}
    for training in given_up.trainings:
        other = stays.get(training.record.type)
        if training.record.merged_into is not None or other is None:
            continue
        if training.goes_on and not other.goes_on:
            ends[other.record.id] = training.record.id
        else:
            ends[training.record.id] = other.record.id
    return ends


def _kept(record: InductionRecord, person: Person, *, ends: bool, at: datetime) -> InductionRecord:
    """The record keeps its e-mail address; of a training that ends, none is still to come."""
    kept = evolve(record, email=record.email or person.email, updated_at=max(record.updated_at, at))
    if not ends or record.ended(at):
        return kept
    return evolve(
        kept,
        end_date=max(record.start_date, at),
        induction_status=InductionStatus.CHANGED,
        school_transfer=record.school_transfer and record.start_date <= at,
    )
