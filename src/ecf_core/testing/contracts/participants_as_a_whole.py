from datetime import date, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.ids import ParticipantId, TrainingStateId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import (
    MentorFundingEndReason,
)
from ecf_core.model.training_state import DeferralReason, TrainingState, WithdrawalReason
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.testing.contracts.at_one_school import ADA, BO, CY, TOMORROW, AtOneSchool, whole
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.examples import (
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)

DEFERRED = TrainingState(
    id=TrainingStateId(UUID(int=(0x63 << 120) + 1)),
    training_record_id=ADA.training_record.id,
    lead_provider_id=PURPLE_LEARNING.id,
    state=TrainingStatus.DEFERRED,
    reason=DeferralReason.CAREER_BREAK,
    at=NOW,
)
RESUMED = TrainingState(
    id=TrainingStateId(UUID(int=(0x63 << 120) + 2)),
    training_record_id=ADA.training_record.id,
    lead_provider_id=ORANGE_INSTITUTE.id,
    state=TrainingStatus.ACTIVE,
    at=NOW + timedelta(minutes=1),
)
WITHDRAWN = TrainingState(
    id=TrainingStateId(UUID(int=(0x63 << 120) + 3)),
    training_record_id=ADA.training_record.id,
    lead_provider_id=PURPLE_LEARNING.id,
    state=TrainingStatus.WITHDRAWN,
    reason=WithdrawalReason.OTHER,
    at=NOW + timedelta(minutes=2),
)


class ParticipantsAsAWholeContract(AtOneSchool):
    """What a storage keeps of participants beside their records, and finds again."""

    @pytest.mark.usefixtures("at_school")
    def test_a_participant_is_found_whole_or_not_at_all(self, ask: Look) -> None:
        assert self.find(ask, ADA.person.id) == whole(ADA)
        assert self.find(ask, ParticipantId(NO_SUCH_ID)) is None
        assert self.find(ask, None) is None

    @pytest.mark.usefixtures("at_school")
    def test_everything_known_of_a_training_is_kept(self, storage: Storage, ask: Look) -> None:
        known = evolve(
            ADA.training_record,
            trn_validated=True,
            eligible_for_funding=False,
            pupil_premium_uplift=True,
            sparsity_uplift=True,
            induction_end_date=date(2026, 7, 31),
            mentor_funding_end_date=date(2026, 8, 1),
            mentor_funding_end_reason=MentorFundingEndReason.STARTED_NOT_COMPLETED,
            cohort_changed_after_payments_frozen=True,
            updated_at=TOMORROW,
        )
        reached = evolve(ADA.record, email="elsewhere@example.org")
        with storage.begin() as work:
            work.participants.put_training_records(known)
            work.participants.put_records(reached)
            work.commit()
        kept = evolve(ADA, training_record=known, record=reached)
        assert self.find(ask, ADA.person.id) == whole(kept)
        assert self.find(ask, BO.person.id) == whole(BO)

    @pytest.mark.usefixtures("at_school")
    def test_what_providers_say_is_kept_oldest_first(self, storage: Storage, ask: Look) -> None:
        with storage.begin() as work:
            for state in (WITHDRAWN, DEFERRED, RESUMED):
                work.participants.add_state(state)
            work.commit()
        assert self.find(ask, ADA.person.id) == whole(ADA, DEFERRED, RESUMED, WITHDRAWN)

    @pytest.mark.usefixtures("at_school")
    def test_a_person_is_replaced(self, storage: Storage, ask: Look) -> None:
        after = evolve(ADA.person, email="Ada@example.com", trn="7654321", updated_at=TOMORROW)
        with storage.begin() as work:
            work.participants.put_people(after)
            work.commit()
        assert self.find(ask, after.id) == whole(evolve(ADA, person=after))

    @pytest.mark.usefixtures("at_school")
    def test_two_people_take_over_from_one_another(self, storage: Storage, ask: Look) -> None:
        after = tuple(
            evolve(one.person, email=other.person.email, trn=other.person.trn)
            for one, other in ((BO, CY), (CY, BO))
        )
        with storage.begin() as work:
            work.participants.put_people(*after)
            work.commit()
        assert self.find(ask, BO.person.id) == whole(evolve(BO, person=after[0]))
        assert self.find(ask, CY.person.id) == whole(evolve(CY, person=after[1]))

    @pytest.mark.usefixtures("at_school")
    @pytest.mark.parametrize("taken", ["email", "trn"])
    def test_nobody_takes_what_is_anothers(self, storage: Storage, taken: str) -> None:
        theirs = {taken: getattr(BO.person, taken)}
        with storage.begin() as work, pytest.raises(StaleWrite):
            work.participants.put_people(evolve(ADA.person, **theirs))
            work.commit()

    @pytest.mark.usefixtures("at_school")
    def test_who_has_an_address_and_a_trn_is_known(self, ask: Look) -> None:
        asked = AmendmentRequest(
            participant_id=ADA.person.id, email="Teacher.3@Example.org ", trn="4"
        )
        with ask() as facts:
            proposed = facts.proposed_amendment(evolve(asked, trn="0000004"))
            nobodys = facts.proposed_amendment(evolve(asked, email="new@example.org", trn=None))
        assert (proposed.with_email, proposed.with_trn) == (BO.person, CY.person)
        assert (nobodys.with_email, nobodys.with_trn) == (None, None)
