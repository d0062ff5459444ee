"""What on-boarding a participant is decided on: what a school says, and what is there already."""

from datetime import date, datetime

from attrs import frozen

from ecf_core.model.appropriate_body import AppropriateBody
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import InductionProgrammeId, ParticipantId, SchoolId
from ecf_core.model.instants import midnight
from ecf_core.model.participant import ParticipantType, Person, email_key
from ecf_core.model.partnership import Partnership
from ecf_core.model.providers import squished
from ecf_core.model.schedule import Schedule
from ecf_core.model.school import School
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort
from ecf_core.model.trn import trn_from


@frozen(kw_only=True)
class EnrolmentRequest:
    """What a school says of a participant. ``None`` is what was left out or left blank.

    A mentor is named by id, or by e-mail address; without a programme it is the school cohort's
    default, without a start date the schedule's first milestone's.

    Guide: "On-boarding a participant".
    """

    urn: str | None
    cohort: int | None
    type: str | None
    full_name: str | None
    email: str | None
    trn: str | None = None
    appropriate_body: str | None = None
    mentor_id: ParticipantId | None = None
    mentor_email: str | None = None
    programme_id: InductionProgrammeId | None = None
    start_date: date | None = None


@frozen(kw_only=True)
class Place:
    """Where an induction record of a person's training is, and from when on.

    It is withdrawn where the school has said that the person has gone for good.
    """

    type: ParticipantType
    school_id: SchoolId
    cohort: int
    since: datetime
    withdrawn: bool = False


@frozen(kw_only=True)
class Known:
    """A person who is there already, and where their training leads, oldest first.

    ``formerly`` is what they were registered as besides, before it was found out.
    """

    person: Person
    places: tuple[Place, ...]
    formerly: tuple[Person, ...] = ()

    @property
    def everyone(self) -> tuple[Person, ...]:
        """The person, under every id and address that is known to be theirs."""
        return self.person, *self.formerly

    def keeps(self, email: str) -> bool:
        """It is an address of a former registration: the person is reached at their own."""
        return any(former.email_key == email_key(email) for former in self.formerly)

    def place(self, type_: str | None, at: datetime | None = None) -> Place | None:
        """Where the person trains at an instant, or is to begin; without one, in the end."""
        places = [place for place in self.places if place.type == type_]
        begun = [place for place in places if at is None or place.since <= at] or places[:1]
        return begun[-1] if begun else None


@frozen(kw_only=True)
class ProposedEnrolment:
    """The request and everything it names. ``None`` means that there is no such thing.

    ``programmes`` are all of the school cohort, ``partnerships`` those that they have. ``schedule``
    is the cohort's default. ``named_mentor`` may be no mentor, or one of another school. ``at`` is
    now.
    """

    request: EnrolmentRequest
    cohort: Cohort | None
    school: School | None
    school_cohort: SchoolCohort | None
    programmes: tuple[InductionProgramme, ...]
    partnerships: tuple[Partnership, ...]
    schedule: Schedule | None
    appropriate_body: AppropriateBody | None
    named_mentor: Known | None
    with_trn: Known | None
    with_email: Known | None
    at: datetime

    @property
    def starts(self) -> datetime:
        """As the school says, else when the schedule's first milestone starts."""
        if self.request.start_date is not None:
            return midnight(self.request.start_date)
        milestones = self.schedule.milestones if self.schedule else ()
        return midnight(milestones[0].start_date) if milestones else self.at

    @property
    def mentor(self) -> ParticipantId | None:
        """The one named, if they are a mentor of the school now, or by when training begins.

        Who has been removed as a mentor is none any more.
        """
        if self.named_mentor is None or self.school is None:
            return None
        in_the_end = self.named_mentor.place(ParticipantType.MENTOR)
        if in_the_end is None or in_the_end.withdrawn:
            return None
        place = self.named_mentor.place(ParticipantType.MENTOR, max(self.starts, self.at))
        here = place is not None and place.school_id == self.school.id
        return self.named_mentor.person.id if here else None

    @property
    def programme(self) -> InductionProgramme | None:
        """The programme named, or the school cohort's default."""
        if self.request.programme_id is None:
            return self.school_cohort.default_programme if self.school_cohort else None
        return next((p for p in self.programmes if p.id == self.request.programme_id), None)

    @property
    def challenged(self) -> bool:
        """The school has challenged the partnership of the programme that is joined."""
        joined = self.programme.partnership_id if self.programme else None
        return any(p.id == joined and p.challenge is not None for p in self.partnerships)

    @property
    def trn(self) -> str | None:
        return trn_from(self.request.trn or "")

    @property
    def known(self) -> Known | None:
        """The participant, if already there: by TRN, else by e-mail address and name.

        Two names under one TRN or at one address, or two TRNs, are two people.
        """
        if self.with_trn is not None:
            return self.with_trn if self._is_called_as(self.with_trn.person) else None
        if self.with_email is None or not self._is_called_as(self.with_email.person):
            return None
        two_trns = None not in {self.with_email.person.trn, self.trn}
        return None if two_trns else self.with_email

    @property
    def trn_is_anothers(self) -> bool:
        return self.with_trn is not None and not self._is_called_as(self.with_trn.person)

    def _is_called_as(self, person: Person) -> bool:
        return squished(self.request.full_name or "").lower() == person.full_name.lower()

    @property
    def email_is_anothers(self) -> bool:
        if self.with_email is None:
            return False
        return self.known is None or self.known.person.id != self.with_email.person.id

    @property
    def wants_mentor(self) -> bool:
        return self.request.mentor_id is not None or bool(self.request.mentor_email)

    @property
    def met_again(self) -> bool:
        """The participant is enrolled as that, at that school and in that cohort, already."""
        place = self.known.place(self.request.type) if self.known else None
        return (
            place is not None
            and self.school is not None
            and self.cohort is not None
            and (place.school_id, place.cohort) == (self.school.id, self.cohort.start_year)
        )
