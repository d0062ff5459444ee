"""What a transfer is decided on: a participant, and the school that they are to go to.

Guide: "Clarifying terms"; live service, "Transfers".
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from attrs import evolve, frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import ParticipantId, PartnershipId, SchoolId, TrainingRecordId
from ecf_core.model.induction_record import InductionHistory, InductionRecord, InductionStatus
from ecf_core.model.instants import midnight
from ecf_core.model.participant import Person, TrainingRecord
from ecf_core.model.partnership import Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort, TrainingProgramme
from ecf_core.rules.migrating_participants import PlacedProgramme


class TransferTo(StrEnum):
    """How a participant goes on at the new school."""

    SCHOOL = "school"
    CONTINUE = "continue"


@frozen(kw_only=True)
class TransferRequest:
    """Who goes where, and how they go on. ``None`` is what was left out; without a date, now.

    Who trains as both is told by ``type``, or by the id of the training record instead.

    Guide: "Clarifying terms".
    """

    participant_id: ParticipantId | TrainingRecordId | None
    to_urn: str | None
    programme: str | None
    start_date: date | None = None
    type: str | None = None


@frozen(kw_only=True)
class InTraining:
    """A participant with their history, and the programme of the latest record of it.

    A record that the new school's is to take the place of, ``to_come``, is not part of either.
    """

    person: Person
    training_record: TrainingRecord
    history: InductionHistory
    at: PlacedProgramme
    to_come: InductionRecord | None = None

    @property
    def earliest(self) -> datetime:
        """No transfer can be before: the latest record's end, or its start where it is open."""
        latest = self.history.latest
        return latest.end_date or latest.start_date

    def transferred_on(self, day: date | None, *, now: datetime) -> datetime:
        """The instant of a transfer: of the day given, else now, or when training would begin.

        A day is a whole one: the earliest possible day begins at the earliest instant.
        """
        if day is None:
            return max(now, self.earliest)
        return self.earliest if day == self.earliest.date() else midnight(day)


def in_training(
    person: Person,
    training_record: TrainingRecord,
    placed: Sequence[tuple[InductionRecord, PlacedProgramme]],
    *,
    to: SchoolId | None,
    at: datetime,
) -> InTraining:
    """A participant who is to go to a school, with the records and where each of them is.

    Of a transfer to that school which is still to come only the date is open, and how they go on:
    they leave from where they are before it, as if it had not been recorded.
    """
    records, places = zip(*placed, strict=True)
    whole = InTraining(
        person=person,
        training_record=training_record,
        history=InductionHistory(records),
        at=places[-1],
    )
    to_come = records[-1]
    if len(records) == 1 or places[-1].school_id != to or not to_come.transferring_in(at):
        return whole
    *before, left = records[:-1]
    if left.induction_status is InductionStatus.LEAVING and left.end_date == to_come.start_date:
        left = evolve(left, end_date=None)
    history = InductionHistory((*before, left))
    return evolve(whole, history=history, at=places[-2], to_come=to_come)


@frozen(kw_only=True)
class ProposedTransfer:
    """The request, the participant, and the new school's standing in the participant's cohort.

    ``participant`` is whom the request names; where that is two trainings of one person,
    ``trains_as_both``, it is neither. ``provider_relationship`` is between the providers of the
    participant's partnership, in that cohort.
    """

    request: TransferRequest
    participant: InTraining | None
    trains_as_both: bool
    cohort: Cohort | None
    school: School | None
    school_cohort: SchoolCohort | None
    programmes: tuple[InductionProgramme, ...]
    partnerships: tuple[Partnership, ...]
    provider_relationship: bool

    @property
    def continued(self) -> Partnership | None:
        """The new school's partnership with the participant's providers, challenged or not."""
        current = self.participant.at.partnership if self.participant else None
        if current is None:
            return None
        providers = (current.lead_provider_id, current.delivery_partner_id)
        return next(
            (
                p
                for p in self.partnerships
                if (p.lead_provider_id, p.delivery_partner_id) == providers
            ),
            None,
        )

    @property
    def default(self) -> InductionProgramme | None:
        return self.school_cohort.default_programme if self.school_cohort else None

    def programme_of(
        self, training: TrainingProgramme, partnership_id: PartnershipId | None
    ) -> InductionProgramme | None:
        """The new school's programme of that kind: its default if that is one."""
        wanted = (training, partnership_id)
        among = (self.default, *self.programmes)
        return next(
            (p for p in among if p and (p.training_programme, p.partnership_id) == wanted), None
        )

    @property
    def continues(self) -> bool:
        return self.request.programme == TransferTo.CONTINUE

    @property
    def provider_led(self) -> bool:
        training = self.participant.at.programme.training_programme if self.participant else None
        return training is TrainingProgramme.PROVIDER_LED
