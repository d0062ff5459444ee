"""The agreement between a lead provider, a delivery partner and a school, for one cohort."""

from datetime import datetime, timedelta
from enum import StrEnum

from attrs import evolve, frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, PartnershipId, SchoolId
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school import School


class ChallengeReason(StrEnum):
    """Why a school says that a partnership is not right."""

    ANOTHER_PROVIDER = "another_provider"
    NOT_CONFIRMED = "not_confirmed"
    DO_NOT_RECOGNISE = "do_not_recognise"
    NO_ECTS = "no_ects"
    MISTAKE = "mistake"


@frozen
class Challenge:
    """A school's word that a partnership is not right.

    Guide: "Clarifying terms".
    """

    reason: ChallengeReason
    at: datetime


@frozen(kw_only=True)
class Partnership:
    """An active relationship between a lead provider, school and delivery partner for a cohort.

    A *relationship partnership* exists for one participant's transfer: it is not the school's
    partnership for the cohort, and has no challenge deadline.

    Guide: "Clarifying terms".
    """

    id: PartnershipId
    school_id: SchoolId
    cohort: int
    lead_provider_id: LeadProviderId
    delivery_partner_id: DeliveryPartnerId
    relationship: bool = False
    challenge: Challenge | None = None
    challenge_deadline: datetime | None = None
    created_at: datetime
    updated_at: datetime
    version: int = 1

    @property
    def current(self) -> bool:
        """It is the school's partnership for the cohort: unchallenged, and no relationship one."""
        return self.challenge is None and not self.relationship

    def in_challenge_window(self, at: datetime) -> bool:
        """The school may still challenge it: before the deadline, not at it."""
        return self.challenge_deadline is not None and at < self.challenge_deadline

    def reported(
        self, *, delivery_partner_id: DeliveryPartnerId, challenge_deadline: datetime, at: datetime
    ) -> "Partnership":
        """The lead provider reports it (again): unchallenged, the school's own, a new window."""
        return evolve(
            self,
            delivery_partner_id=delivery_partner_id,
            relationship=False,
            challenge=None,
            challenge_deadline=challenge_deadline,
            updated_at=max(self.updated_at, at),
        )

    def challenged(self, reason: ChallengeReason, *, at: datetime) -> "Partnership":
        """The school says that it is not right."""
        return evolve(self, challenge=Challenge(reason, at), updated_at=max(self.updated_at, at))


@frozen(kw_only=True)
class Agreement:
    """A partnership together with the three parties that it joins."""

    partnership: Partnership
    school: School
    lead_provider: LeadProvider
    delivery_partner: DeliveryPartner

    def changed_to(self, partnership: Partnership, *, at: datetime) -> Partnership:
        """What the partnership becomes: later than all that was shown, also by a clock set back."""
        moves_on = self.updated_at + timedelta(microseconds=1)
        return evolve(partnership, updated_at=at if at >= self.updated_at else moves_on)

    @property
    def updated_at(self) -> datetime:
        """When anything changed of what a lead provider sees of the partnership."""
        tutor = self.school.induction_tutor
        return max(
            self.partnership.updated_at,
            self.school.updated_at,
            self.delivery_partner.updated_at,
            *([tutor.updated_at] if tutor else []),
        )
