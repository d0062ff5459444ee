"""What support records about a participant is decided on: the request, and whom it concerns."""

from datetime import date
from enum import StrEnum

from attrs import frozen

from ecf_core.model.ids import ParticipantId, TrainingRecordId
from ecf_core.model.participant import ParticipantType, Person
from ecf_core.model.participant_in_training import Participant, Training
from ecf_core.model.trn import trn_from


class Eligibility(StrEnum):
    """Whether a participant is eligible for funding, as far as that has been decided."""

    ELIGIBLE = "true"
    INELIGIBLE = "false"
    UNKNOWN = "unknown"

    @property
    def decided(self) -> bool | None:
        return None if self is Eligibility.UNKNOWN else self is Eligibility.ELIGIBLE


@frozen(kw_only=True)
class AmendmentRequest:
    """What is to be recorded about whom. ``None`` is what was left out, and stays as it is.

    It concerns every training of the participant that goes on, or that of the type alone, or of
    whose training record it is the id.
    """

    participant_id: ParticipantId | TrainingRecordId | None
    type: str | None = None
    email: str | None = None
    trn: str | None = None
    trn_validated: bool | None = None
    eligible_for_funding: str | None = None
    pupil_premium_uplift: bool | None = None
    sparsity_uplift: bool | None = None
    induction_end_date: date | None = None
    mentor_funding_end_date: date | None = None
    mentor_funding_end_reason: str | None = None


@frozen(kw_only=True)
class ProposedAmendment:
    """The request, the participant, and who is registered with the e-mail address and the TRN.

    That may be a former registration of the participant's.
    """

    request: AmendmentRequest
    participant: Participant | None
    with_email: Person | None
    with_trn: Person | None

    @property
    def trn(self) -> str | None:
        """The TRN as it would be."""
        known = self.participant.person.trn if self.participant else None
        return trn_from(self.request.trn or "") or known

    @property
    def changes_trn(self) -> bool:
        return self.participant is not None and self.trn != self.participant.person.trn

    @property
    def trainings(self) -> tuple[Training, ...]:
        """What it concerns."""
        if self.participant is None:
            return ()
        return self.participant.named(self.request.participant_id, self.request.type)

    def training_as(self, type_: ParticipantType) -> Training | None:
        return next((t for t in self.trainings if t.record.type is type_), None)

    def is_anothers(self, holder: Person | None) -> bool | None:
        if self.participant is None:
            return None
        return holder is not None and holder.id not in self.participant.ids
