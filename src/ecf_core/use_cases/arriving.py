"""What a school is given so that a participant who comes from another one can join it."""

from datetime import datetime
from typing import assert_never

from attrs import frozen

from ecf_core.events import (
    Event,
    PartnershipReported,
    PartnershipTerms,
    ProgrammeConfirmed,
    ProgrammeTerms,
    RelationshipPartnershipMade,
)
from ecf_core.model.cohort import Cohort
from ecf_core.model.ids import InductionProgrammeId, PartnershipId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school import School
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.ports.randomness import NewId
from ecf_core.ports.unit_of_work import UnitOfWork
from ecf_core.rules.challenge_deadline import challenge_deadline
from ecf_core.rules.destination import (
    AddProgramme,
    BeginTraining,
    Join,
    Relate,
    destination,
)
from ecf_core.rules.profile import RuleProfile
from ecf_core.rules.proposed_transfer import InTraining, ProposedTransfer
from ecf_core.use_cases.change_partnership import change_partnership
from ecf_core.use_cases.moving import move_participants

Prepared = tuple[InductionProgramme, list[Event]]
"""The programme that the participant joins, and what is to be told of making it."""


@frozen(kw_only=True)
class Arrival:
    """A transfer that the rules have passed, seen from the new school."""

    proposed: ProposedTransfer
    participant: InTraining
    school: School
    cohort: Cohort
    new_id: NewId
    rules: RuleProfile
    at: datetime

    def prepare(self, work: UnitOfWork) -> Prepared:
        """Writes what has to be there for the participant to join."""
        going_to = destination(self.proposed)
        match going_to:
            case Join(programme):
                return programme, []
            case AddProgramme(partnership):
                return self._added(work, self._under(partnership)), []
            case Relate():
                return self._related(work)
            case BeginTraining() if self.proposed.provider_led:
                return self._partnered(work)
            case BeginTraining():
                return self._led_by_school(work)
            case _:
                assert_never(going_to)

    def _under(self, partnership: Partnership | None) -> InductionProgramme:
        """A new programme under a partnership; without one, it is led by the school."""
        training = TrainingProgramme.PROVIDER_LED if partnership else TrainingProgramme.SCHOOL_LED
        return InductionProgramme(
            id=InductionProgrammeId(self.new_id()),
            training_programme=training,
            partnership_id=partnership.id if partnership else None,
        )

    def _added(self, work: UnitOfWork, programme: InductionProgramme) -> InductionProgramme:
        work.school_cohorts.add_programme(
            self.school.id, self.cohort.start_year, programme, at=self.at
        )
        return programme

    def _partnership(self, deadline: datetime | None) -> Partnership:
        """With the participant's providers; without a deadline, a relationship partnership."""
        current = self.participant.at.partnership
        if current is None:  # the rules refuse who has none
            raise AssertionError(self.proposed)
        return Partnership(
            id=PartnershipId(self.new_id()),
            school_id=self.school.id,
            cohort=self.cohort.start_year,
            lead_provider_id=current.lead_provider_id,
            delivery_partner_id=current.delivery_partner_id,
            relationship=deadline is None,
            challenge_deadline=deadline,
            created_at=self.at,
            updated_at=self.at,
        )

    def _related(self, work: UnitOfWork) -> Prepared:
        partnership = self._partnership(None)
        work.partnerships.add(partnership)
        made = RelationshipPartnershipMade(
            partnership_id=partnership.id,
            school_id=partnership.school_id,
            cohort=partnership.cohort,
            lead_provider_id=partnership.lead_provider_id,
            delivery_partner_id=partnership.delivery_partner_id,
            participant_id=self.participant.person.id,
        )
        return self._added(work, self._under(partnership)), [made]

    def _partnered(self, work: UnitOfWork) -> Prepared:
        """The school gets a partnership of its own, and whoever waits there moves into it."""
        partnership = self._partnership(
            challenge_deadline(
                self.rules.challenge_window,
                reported_at=self.at,
                academic_year_start=self.cohort.academic_year_start_date,
            )
        )
        before = self.proposed.school_cohort
        change = change_partnership(
            before,
            partnership,
            self.proposed.partnerships,
            self.proposed.programmes,
            fresh_id=InductionProgrammeId(self.new_id()),
            at=self.at,
        )
        work.partnerships.add(partnership)
        default = self._stored(work, change.school_cohort)
        _, migrated = move_participants(
            work,
            change.move,
            school_id=self.school.id,
            cohort=self.cohort.start_year,
            batch=self.new_id(),
            at=self.at,
        )
        reported = PartnershipReported(
            partnership_id=partnership.id,
            school_id=partnership.school_id,
            cohort=partnership.cohort,
            lead_provider_id=partnership.lead_provider_id,
            before=None,
            after=PartnershipTerms.of(partnership),
            programme_before=ProgrammeTerms.of(before),
            programme_after=ProgrammeTerms.of(change.school_cohort),
        )
        return default, [reported, *migrated]

    def _led_by_school(self, work: UnitOfWork) -> Prepared:
        before, default = self.proposed.school_cohort, self._under(None)
        if before is None:
            after = SchoolCohort(
                school_id=self.school.id,
                cohort=self.cohort.start_year,
                choice=ProgrammeChoice.SCHOOL_LED,
                default_programme=default,
                created_at=self.at,
                updated_at=self.at,
            )
        else:
            after = before.confirmed(ProgrammeChoice.SCHOOL_LED, default, at=self.at)
        confirmed = ProgrammeConfirmed(
            school_id=after.school_id,
            cohort=after.cohort,
            before=ProgrammeTerms.of(before),
            after=ProgrammeTerms.of(after),
        )
        return self._stored(work, after), [confirmed]

    def _stored(self, work: UnitOfWork, school_cohort: SchoolCohort) -> InductionProgramme:
        """The default programme of the school cohort, which is written."""
        if self.proposed.school_cohort is None:
            work.school_cohorts.add(school_cohort)
        else:
            work.school_cohorts.save(school_cohort)
        if school_cohort.default_programme is None:
            raise AssertionError(school_cohort)  # training has begun
        return school_cohort.default_programme
