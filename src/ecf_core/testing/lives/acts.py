"""What may happen in the life of a school, each as a value that can be let happen."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, Protocol, TypeVar

from attrs import frozen

from ecf_core.model.establishment import Establishment
from ecf_core.model.ids import school_id_of
from ecf_core.model.participant import ParticipantType
from ecf_core.model.partnership import ChallengeReason
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school_cohort import ProgrammeChoice
from ecf_core.model.training_state import Course, DeferralReason, WithdrawalReason
from ecf_core.queries import Queries
from ecf_core.queries.participants import ParticipantRow, ParticipantsFilter
from ecf_core.queries.partnerships import PartnershipRow, PartnershipsFilter
from ecf_core.rules.challenging_a_partnership import ChallengeRequest
from ecf_core.rules.confirming_a_programme import ProgrammeRequest
from ecf_core.rules.merging_participants import MergeRequest
from ecf_core.rules.proposed_transfer import TransferRequest
from ecf_core.rules.removing_a_participant import RemovalRequest
from ecf_core.rules.training_action import TrainingActionRequest
from ecf_core.rules.updating_a_partnership import UpdateRequest
from ecf_core.testing.examples import ADMINISTRATOR, COHORT_2024, LEAD_PROVIDERS, a_request
from ecf_core.testing.fakes import SettableClock
from ecf_core.testing.participants import an_enrolment
from ecf_core.use_cases import UseCases

T = TypeVar("T")


class NothingThereError(Exception):
    """There is no partnership yet, or nobody is trained."""


def _nth(rows: Sequence[T], which: int) -> T:
    """Counting goes round."""
    if not rows:
        raise NothingThereError
    return rows[which % len(rows)]


@frozen(kw_only=True)
class Scene:
    """Where a life happens."""

    use_cases: UseCases
    queries: Queries
    clock: SettableClock

    def partnership(self, which: int) -> PartnershipRow:
        return _nth(self.queries.partnerships.all(PartnershipsFilter()), which)

    def participant(self, which: int) -> ParticipantRow:
        return _nth(self.queries.participants.all(ParticipantsFilter()), which)

    def action(self, which: int, reason: str | None = None) -> TrainingActionRequest:
        """By the lead provider of the latest record; by any, where it has none to show."""
        row = self.participant(which)
        course = Course.ECT_INDUCTION if row.type == ParticipantType.ECT else Course.MENTOR
        named = [lp for lp in LEAD_PROVIDERS if lp.name == row.latest.lead_provider]
        return TrainingActionRequest(
            participant_id=row.id,
            lead_provider_id=(*named, *LEAD_PROVIDERS)[0].id,
            course=course.value,
            reason=reason,
        )


class Act(Protocol):
    """Something that may happen.

    ``which`` counts the partnerships, or the participants, that there are by then.
    """

    def happen(self, scene: Scene) -> None:
        """Raises :class:`~ecf_core.errors.Refused`, or that there is nothing it could happen to."""
        ...


@frozen
class Wait:
    """Time passes."""

    days: int

    def happen(self, scene: Scene) -> None:
        scene.clock.advance(days=self.days)


@frozen
class Choose:
    """A school says how it trains."""

    school: Establishment
    programme: ProgrammeChoice

    def happen(self, scene: Scene) -> None:
        chosen = ProgrammeRequest(
            school_id=school_id_of(self.school.urn),
            cohort=COHORT_2024.start_year,
            programme=self.programme.value,
        )
        scene.use_cases.confirm_programme(chosen, by=ADMINISTRATOR)


@frozen
class Report:
    """A lead provider forms a partnership with a school."""

    lead_provider: LeadProvider
    school: Establishment
    delivery_partner: DeliveryPartner

    def happen(self, scene: Scene) -> None:
        wanted = a_request(
            school=school_id_of(self.school.urn),
            lead_provider=self.lead_provider,
            delivery_partner=self.delivery_partner,
        )
        scene.use_cases.create_partnership(wanted, by=ADMINISTRATOR)


@frozen
class Update:
    """The lead provider of a partnership changes the delivery partner."""

    which: int
    delivery_partner: DeliveryPartner

    def happen(self, scene: Scene) -> None:
        row = scene.partnership(self.which)
        change = UpdateRequest(
            partnership_id=row.id,
            lead_provider_id=row.lead_provider_id,
            delivery_partner_id=self.delivery_partner.id,
        )
        scene.use_cases.update_partnership(change, by=ADMINISTRATOR)


@frozen
class Challenge:
    """The school of a partnership says that it is not right."""

    which: int
    reason: ChallengeReason

    def happen(self, scene: Scene) -> None:
        challenged = scene.partnership(self.which).id
        challenge = ChallengeRequest(partnership_id=challenged, reason=self.reason.value)
        scene.use_cases.challenge_partnership(challenge, by=ADMINISTRATOR)


@frozen
class Enrol:
    """A school on-boards a participant."""

    name: str
    type: ParticipantType
    school: Establishment

    def happen(self, scene: Scene) -> None:
        enrolment = an_enrolment(self.name, type_=self.type, school=self.school)
        scene.use_cases.enrol_participant(enrolment, by=ADMINISTRATOR)


@frozen
class Transfer:
    """A participant goes to another school, in so many days."""

    which: int
    to: Establishment
    how: Literal["school", "continue"]
    days: int

    def happen(self, scene: Scene) -> None:
        on = (scene.clock.now() + timedelta(days=self.days)).date() if self.days else None
        transfer = TransferRequest(
            participant_id=scene.participant(self.which).training_record_id,
            to_urn=self.to.urn,
            programme=self.how,
            start_date=on,
        )
        scene.use_cases.transfer_participant(transfer, by=ADMINISTRATOR)


@frozen
class Defer:
    """A lead provider puts a participant's training off."""

    which: int
    reason: DeferralReason

    def happen(self, scene: Scene) -> None:
        action = scene.action(self.which, self.reason.value)
        scene.use_cases.defer_training(action, by=ADMINISTRATOR)


@frozen
class Withdraw:
    """A lead provider gives a participant's training up."""

    which: int
    reason: WithdrawalReason

    def happen(self, scene: Scene) -> None:
        action = scene.action(self.which, self.reason.value)
        scene.use_cases.withdraw_training(action, by=ADMINISTRATOR)


@frozen
class Resume:
    """A lead provider goes on with a participant's training."""

    which: int

    def happen(self, scene: Scene) -> None:
        scene.use_cases.resume_training(scene.action(self.which), by=ADMINISTRATOR)


@frozen
class Remove:
    """A school says that a participant has gone for good."""

    which: int

    def happen(self, scene: Scene) -> None:
        gone = scene.participant(self.which).training_record_id
        scene.use_cases.remove_participant(RemovalRequest(participant_id=gone), by=ADMINISTRATOR)


@frozen
class Merge:
    """Two participants turn out to be one person."""

    given_up: int
    goes_on: int

    def happen(self, scene: Scene) -> None:
        merge = MergeRequest(
            from_id=scene.participant(self.given_up).id, to_id=scene.participant(self.goes_on).id
        )
        scene.use_cases.merge_participants(merge, by=ADMINISTRATOR)
