"""What a transfer is decided on, and what the participant joins at the new school.

Guide: "Clarifying terms"; live service, "Transfers".
"""

from datetime import date, datetime
from enum import StrEnum

from attrs import frozen

from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import ParticipantId, PartnershipId
from ecf_core.model.induction_record import InductionHistory
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

    Guide: "Clarifying terms".
    """

    participant_id: ParticipantId | None
    to_urn: str | None
    programme: str | None
    start_date: date | None = None


@frozen(kw_only=True)
class InTraining:
    """A participant with their history, and the programme of the latest record of it."""

    person: Person
    training_record: TrainingRecord
    history: InductionHistory
    at: PlacedProgramme

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


@frozen(kw_only=True)
class ProposedTransfer:
    """The request, the participant, and the new school's standing in the participant's cohort.

    Who has trained twice transfers in the training begun last. ``provider_relationship`` is
    between the providers of the participant's partnership, in that cohort.
    """

    request: TransferRequest
    participant: InTraining | None
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


@frozen
class Join:
    """There is such a programme: the participant joins it."""

    programme: InductionProgramme


@frozen
class AddProgramme:
    """The school trains so, but has no programme of it beside its default: one is added.

    ``partnership`` is the one that the school has with the participant's providers already; a
    school-led programme has none.
    """

    partnership: Partnership | None


@frozen
class Relate:
    """The school has no partnership with the participant's providers: a relationship one is made.

    A programme is added for it.
    """


@frozen
class BeginTraining:
    """The school has chosen no training for the cohort: it takes up the participant's.

    A provider-led one comes with a partnership of the school's own.
    """


Destination = Join | AddProgramme | Relate | BeginTraining


def destination(p: ProposedTransfer) -> Destination:
    """What the participant joins, once the rules have passed."""
    if not p.continues and p.default is not None:
        return Join(p.default)
    training_chosen = p.default is not None
    if not p.provider_led:
        led_by_school = p.programme_of(TrainingProgramme.SCHOOL_LED, None)
        if led_by_school is not None:
            return Join(led_by_school)
        return AddProgramme(None) if training_chosen else BeginTraining()
    if p.continued is not None:
        under_it = p.programme_of(TrainingProgramme.PROVIDER_LED, p.continued.id)
        return Join(under_it) if under_it is not None else AddProgramme(p.continued)
    return Relate() if training_chosen else BeginTraining()
