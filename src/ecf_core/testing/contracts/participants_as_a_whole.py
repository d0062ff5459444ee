from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.ids import InductionProgrammeId, ParticipantId, TrainingStateId
from ecf_core.model.induction_record import TrainingStatus
from ecf_core.model.participant import (
    Enrolment,
    IdChange,
    MentorFundingEndReason,
    ParticipantType,
)
from ecf_core.model.participant_in_training import Participant, PlacedRecord, Training
from ecf_core.model.training_state import DeferralReason, TrainingState, WithdrawalReason
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.asking import AskingContract
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    A_WHOLE_RECORD,
    AN_ENROLMENT,
    LONG_AGO,
    enrolment,
    prepare,
)
from ecf_core.testing.contracts.facts_of_changes import NO_SUCH_ID
from ecf_core.testing.contracts.partnerships import A_PARTNERSHIP, A_PROGRAMME
from ecf_core.testing.examples import (
    COHORT_2024,
    GREENDALE,
    GREENDALE_ID,
    NORTH_HUB,
    NOW,
    ORANGE_INSTITUTE,
    PURPLE_LEARNING,
)
from ecf_core.testing.participants import an_enrolment

TOMORROW = NOW + timedelta(days=1)
PARTNERED = evolve(
    A_PROGRAMME,
    id=InductionProgrammeId(UUID("40000000-0000-4000-8000-000000000004")),
    partnership_id=A_PARTNERSHIP.id,
)
ADAS_RECORD = evolve(A_WHOLE_RECORD, programme_id=PARTNERED.id)
ADA = evolve(AN_ENROLMENT, record=ADAS_RECORD)
BO, CY = enrolment(3), enrolment(4)
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


def _whole(
    of: Enrolment,
    *states: TrainingState,
    changes: tuple[IdChange, ...] = (),
) -> Participant:
    """The participant that an enrolment at the first school comes to."""
    partnered = of.record.programme_id == PARTNERED.id
    placed = PlacedRecord(
        record=of.record,
        school_id=GREENDALE_ID,
        urn=GREENDALE.urn,
        cohort=COHORT_2024.start_year,
        partnership=A_PARTNERSHIP if partnered else None,
        delivery_partner=NORTH_HUB if partnered else None,
    )
    training = Training(record=of.training_record, history=(placed,), states=states)
    return Participant(person=of.person, trainings=(training,), id_changes=changes)


class ParticipantsAsAWholeContract(AskingContract):
    """What a storage keeps of participants beside their records, and finds again."""

    @pytest.fixture
    def at_school(self, storage: Storage) -> None:
        """A mentor and three ECTs at one school, one of them under a partnership."""
        prepare(storage)
        with storage.begin() as work:
            work.partnerships.add(A_PARTNERSHIP)
            work.school_cohorts.add_programme(
                GREENDALE_ID, COHORT_2024.start_year, PARTNERED, at=NOW
            )
            work.participants.enrol([A_MENTOR, ADA, BO, CY])
            work.commit()

    def _find(self, ask: Look, id_: ParticipantId | None) -> Participant | None:
        with ask() as facts:
            return facts.proposed_removal(RemovalRequest(participant_id=id_)).participant

    @pytest.mark.usefixtures("at_school")
    def test_a_participant_is_found_whole_or_not_at_all(self, ask: Look) -> None:
        assert self._find(ask, ADA.person.id) == _whole(ADA)
        assert self._find(ask, ParticipantId(NO_SUCH_ID)) is None
        assert self._find(ask, None) is None

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
        assert self._find(ask, ADA.person.id) == _whole(kept)
        assert self._find(ask, BO.person.id) == _whole(BO)

    @pytest.mark.usefixtures("at_school")
    def test_what_providers_say_is_kept_oldest_first(self, storage: Storage, ask: Look) -> None:
        with storage.begin() as work:
            for state in (WITHDRAWN, DEFERRED, RESUMED):
                work.participants.add_state(state)
            work.commit()
        assert self._find(ask, ADA.person.id) == _whole(ADA, DEFERRED, RESUMED, WITHDRAWN)

    @pytest.mark.usefixtures("at_school")
    def test_a_person_is_replaced(self, storage: Storage, ask: Look) -> None:
        after = evolve(ADA.person, email="Ada@example.com", trn="7654321", updated_at=TOMORROW)
        with storage.begin() as work:
            work.participants.put_people(after)
            work.commit()
        assert self._find(ask, after.id) == _whole(evolve(ADA, person=after))

    @pytest.mark.usefixtures("at_school")
    def test_two_people_take_over_from_one_another(self, storage: Storage, ask: Look) -> None:
        after = tuple(
            evolve(one.person, email=other.person.email, trn=other.person.trn)
            for one, other in ((BO, CY), (CY, BO))
        )
        with storage.begin() as work:
            work.participants.put_people(*after)
            work.commit()
        assert self._find(ask, BO.person.id) == _whole(evolve(BO, person=after[0]))
        assert self._find(ask, CY.person.id) == _whole(evolve(CY, person=after[1]))

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

    @pytest.mark.usefixtures("at_school")
    def test_an_id_that_was_given_up_names_who_has_another(
        self, storage: Storage, ask: Look
    ) -> None:
        first = self._merge(storage, BO, CY, TOMORROW)
        second = self._merge(storage, CY, A_MENTOR, TOMORROW + timedelta(hours=1))
        found = {self._find(ask, each.person.id) for each in (BO, CY, A_MENTOR)}
        assert len(found) == 1
        (participant,) = found
        assert participant is not None
        assert participant.person.id == A_MENTOR.person.id
        assert participant.id_changes == (second, first)
        with ask() as facts:
            proposed = facts.proposed_merge(MergeRequest(from_id=BO.person.id, to_id=ADA.person.id))
            holder = facts.proposed_amendment(
                AmendmentRequest(participant_id=ADA.person.id, email=BO.person.email)
            )
            (enrolment,) = facts.proposed_enrolments(
                [evolve(an_enrolment(), email=BO.person.email, mentor_id=CY.person.id)], at=NOW
            )
        for known in (enrolment.with_email, enrolment.named_mentor):
            assert known is not None
            assert known.person.id == A_MENTOR.person.id
            assert known.formerly == (BO.person, CY.person)
            assert [place.type for place in known.places] == [ParticipantType.MENTOR]
        assert proposed.given_up == participant
        assert proposed.goes_on is not None
        assert holder.with_email == BO.person

    @pytest.mark.usefixtures("at_school")
    def test_an_id_is_given_up_once(self, storage: Storage) -> None:
        self._merge(storage, BO, CY, TOMORROW)
        with pytest.raises(StaleWrite):
            self._merge(storage, BO, A_MENTOR, TOMORROW)

    @pytest.mark.usefixtures("at_school")
    def test_a_mentor_has_the_new_id_in_the_records_of_others(
        self, storage: Storage, ask: Look
    ) -> None:
        self._merge(storage, A_MENTOR, CY, TOMORROW)
        mentored = self._find(ask, ADA.person.id)
        assert mentored is not None
        record = mentored.trainings[0].latest.record
        assert (record.mentor_id, record.updated_at) == (CY.person.id, TOMORROW)

    @pytest.mark.usefixtures("at_school")
    def test_nobody_is_mentored_any_more_but_in_what_is_over(
        self, storage: Storage, ask: Look
    ) -> None:
        over = evolve(BO.record, mentor_id=A_MENTOR.person.id, end_date=LONG_AGO)
        with storage.begin() as work:
            work.participants.put_records(over)
            work.participants.leave_mentor(A_MENTOR.person.id, at=TOMORROW)
            work.commit()
        left = evolve(ADAS_RECORD, mentor_id=None, updated_at=TOMORROW)
        assert self._find(ask, ADA.person.id) == _whole(evolve(ADA, record=left))
        assert self._find(ask, BO.person.id) == _whole(evolve(BO, record=over))

    def _merge(
        self, storage: Storage, given_up: Enrolment, goes_on: Enrolment, at: datetime
    ) -> IdChange:
        """All training of the one goes to the other, and ends where there is such a one."""
        change = IdChange(from_id=given_up.person.id, to_id=goes_on.person.id, changed_at=at)
        with storage.begin() as work:
            found = work.facts.proposed_removal(RemovalRequest(participant_id=change.from_id))
            assert found.participant is not None
            work.participants.put_training_records(
                *(
                    evolve(
                        training.record,
                        participant_id=change.to_id,
                        merged_into=goes_on.training_record.id,
                    )
                    for training in found.participant.trainings
                )
            )
            work.participants.give_up_id(change)
            work.commit()
        return change
