from attrs import evolve, frozen

from ecf_adapters.memory.state import State
from ecf_core.rules.changing_a_schedule import Agreed, ProposedScheduleChange, ScheduleRequest
from ecf_core.rules.training_action import ProposedTrainingAction, TrainingActionRequest


@frozen
class MemoryTrainingFacts:
    """What lead providers' actions on training are decided on."""

    _state: State

    def proposed_training_action(self, request: TrainingActionRequest) -> ProposedTrainingAction:
        return ProposedTrainingAction(
            request=request, participant=self._state.participant(request.participant_id)
        )

    def proposed_schedule_change(self, request: ScheduleRequest) -> ProposedScheduleChange:
        state = self._state
        asked = ProposedScheduleChange(
            request=request, participant=state.participant(request.participant_id)
        )
        if asked.record is None or asked.cohort is None:
            return asked
        there = (asked.record.school_id, asked.cohort)
        return evolve(
            asked,
            schedule=state.schedules.get((asked.cohort, request.schedule or "")),
            partnerships=tuple(
                Agreed(p, state.delivery_partners[p.delivery_partner_id])
                for p in state.partnerships_of(*there)
            ),
            school_cohort=state.school_cohorts.get(there),
            programmes=tuple(state.programmes.get(there, {}).values()),
        )
