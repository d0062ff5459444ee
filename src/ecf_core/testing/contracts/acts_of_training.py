"""What lead providers say of participants' training, in any order."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ecf_core.errors import Refused
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import ParticipantType
from ecf_core.model.providers import LeadProvider
from ecf_core.model.training_state import Course
from ecf_core.queries.provider_participants import shown_to
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.testing.contracts.acts import LEAD_PROVIDERS
from ecf_core.testing.contracts.acts_of_induction import InductionActs
from ecf_core.testing.examples import ADMINISTRATOR

COURSES = {
    ParticipantType.ECT.value: Course.ECT_INDUCTION,
    ParticipantType.MENTOR.value: Course.MENTOR,
}


class TrainingActs(InductionActs):
    """Defers, withdraws and resumes; looks whether it did so to one record, and to no other."""

    @precondition(lambda self: self.participants())
    @rule(
        data=st.data(), lead_provider=LEAD_PROVIDERS, status=st.sampled_from(list(TrainingStatus))
    )
    def a_lead_provider_says_how_training_stands(
        self, data: st.DataObject, lead_provider: LeadProvider, status: TrainingStatus
    ) -> None:
        before = self.participants()
        chosen = data.draw(st.sampled_from(sorted(before, key=str)))
        was = before.pop(chosen)
        request = TrainingActionRequest(
            participant_id=was.id,
            lead_provider_id=lead_provider.id,
            course=COURSES[was.type],
            reason="other",
        )
        with self.storage.look() as facts:
            acted_on = facts.proposed_training_action(request).record
        says = {
            TrainingStatus.ACTIVE: self.use_cases.resume_training,
            TrainingStatus.DEFERRED: self.use_cases.defer_training,
            TrainingStatus.WITHDRAWN: self.use_cases.withdraw_training,
        }[status]
        try:
            foreseen = says(request, by=ADMINISTRATOR, dry_run=True)
        except Refused:
            if acted_on is not None:
                assert acted_on.record.training_status in {status, TrainingStatus.WITHDRAWN}
            return
        assert acted_on is not None
        assert acted_on.record.training_status is not status
        done = says(request, by=ADMINISTRATOR)
        shown = shown_to(lead_provider.id, done.participant)
        assert len(shown.enrolments) == len(
            shown_to(lead_provider.id, foreseen.participant).enrolments
        )
        after = self.participants()
        now = after.pop(chosen)
        assert after == before
        others = [r for r in was.induction_records if r.id != acted_on.record.id]
        assert [r for r in now.induction_records if r.id in {o.id for o in others}] == others
        (new,) = (e for e in shown.enrolments if e.training_record_id == chosen)
        assert new.training_status == status
        assert new.urn == acted_on.urn
