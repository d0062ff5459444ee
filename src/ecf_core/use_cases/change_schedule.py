from datetime import datetime

from attrs import evolve, frozen

from ecf_core.events import ScheduleChanged
from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.participant_in_training import PlacedRecord
from ecf_core.model.schedule import Schedule
from ecf_core.model.school_cohort import InductionProgramme, TrainingProgramme
from ecf_core.ports.facts import Facts
from ecf_core.rules.changing_a_schedule import Agreed, ProposedScheduleChange, ScheduleRequest
from ecf_core.use_cases.training_action import ActedOn, Action, TrainingAction


@frozen(kw_only=True)
class ChangeSchedule(TrainingAction[ScheduleRequest, ProposedScheduleChange]):
    """A lead provider puts a participant on another schedule, maybe of another cohort.

    In another cohort the participant trains under the lead provider's partnership with the school
    for that cohort. Raises :class:`~ecf_core.errors.Refused`. Live service, ``ChangeSchedule``.
    """

    def _proposed(self, facts: Facts, request: ScheduleRequest) -> ProposedScheduleChange:
        return facts.proposed_schedule_change(request)

    def _action(self, proposed: ProposedScheduleChange, *, at: datetime) -> Action:
        allowed = self._allowed(self.rules.changing_a_schedule, proposed)
        match proposed:
            case ProposedScheduleChange(schedule=Schedule() as schedule, usable=Agreed() as agreed):
                pass
            case _:  # the rules refuse whatever is not found
                raise AssertionError(proposed)
        programme = proposed.programme if proposed.moves else None
        added = self._under(agreed) if proposed.moves and programme is None else None
        to = _placed(allowed.placed, schedule, agreed, programme or added)
        records = self._records(allowed, to, at=at)
        training = allowed.training.put(*records)
        changed = ScheduleChanged(
            participant_id=allowed.participant.person.id,
            training_record_id=training.record.id,
            lead_provider_id=allowed.lead_provider_id,
            from_cohort=allowed.placed.cohort,
            from_schedule=allowed.placed.record.schedule,
            cohort=to.cohort,
            schedule=to.record.schedule,
            programme_id=to.record.programme_id,
        )
        return Action(
            acted_on=ActedOn(participant=allowed.participant.put(training), training=training),
            records=records,
            event=changed,
            added_programme=added,
        )

    def _under(self, agreed: Agreed) -> InductionProgramme:
        """A programme for a partnership that has none of its own."""
        return InductionProgramme(
            id=InductionProgrammeId(self.new_id()),
            training_programme=TrainingProgramme.PROVIDER_LED,
            partnership_id=agreed.partnership.id,
        )


def _placed(
    placed: PlacedRecord,
    schedule: Schedule,
    agreed: Agreed,
    programme: InductionProgramme | None,
) -> PlacedRecord:
    """The record on the schedule: where it is, or in the programme of the schedule's cohort."""
    record = evolve(placed.record, schedule=schedule.identifier)
    if programme is None:
        return evolve(placed, record=record)
    return evolve(
        placed,
        record=evolve(record, programme_id=programme.id),
        cohort=schedule.cohort,
        partnership=agreed.partnership,
        delivery_partner=agreed.delivery_partner,
    )
