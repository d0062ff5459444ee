from datetime import datetime, timedelta

import pytest
from attrs import evolve

from ecf_core.errors import StaleWrite
from ecf_core.model.participant import (
    Enrolment,
    IdChange,
    ParticipantType,
)
from ecf_core.ports.facts import Look
from ecf_core.ports.storage import Storage
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_amendment import AmendmentRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.testing.contracts.at_one_school import (
    ADA,
    ADAS_RECORD,
    BO,
    CY,
    TOMORROW,
    AtOneSchool,
    whole,
)
from ecf_core.testing.contracts.enrolled import (
    A_MENTOR,
    LONG_AGO,
)
from ecf_core.testing.examples import (
    NOW,
)
from ecf_core.testing.participants import an_enrolment


class ChangesOfIdContract(AtOneSchool):
    """What a storage keeps of ids that were given up, and of whose mentors they were."""

    @pytest.mark.usefixtures("at_school")
    def test_an_id_that_was_given_up_names_who_has_another(
        self, storage: Storage, ask: Look
    ) -> None:
        first = self._merge(storage, BO, CY, TOMORROW)
        second = self._merge(storage, CY, A_MENTOR, TOMORROW + timedelta(hours=1))
        found = {self.find(ask, each.person.id) for each in (BO, CY, A_MENTOR)}
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
        mentored = self.find(ask, ADA.person.id)
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
        assert self.find(ask, ADA.person.id) == whole(evolve(ADA, record=left))
        assert self.find(ask, BO.person.id) == whole(evolve(BO, record=over))

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
