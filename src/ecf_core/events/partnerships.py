"""What happened to partnerships, and to schools' choices."""

from datetime import datetime
from typing import ClassVar

from attrs import frozen

from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    ParticipantId,
    PartnershipId,
    SchoolId,
)
from ecf_core.model.partnership import ChallengeReason, Partnership
from ecf_core.model.school_cohort import ProgrammeChoice, SchoolCohort


@frozen(kw_only=True)
class PartnershipTerms:
    """What of a partnership can change, at one moment."""

    delivery_partner_id: DeliveryPartnerId
    relationship: bool
    challenge_reason: ChallengeReason | None
    challenged_at: datetime | None
    challenge_deadline: datetime | None

    @classmethod
    def of(cls, partnership: Partnership) -> "PartnershipTerms":
        challenge = partnership.challenge
        return cls(
            delivery_partner_id=partnership.delivery_partner_id,
            relationship=partnership.relationship,
            challenge_reason=challenge.reason if challenge else None,
            challenged_at=challenge.at if challenge else None,
            challenge_deadline=partnership.challenge_deadline,
        )


@frozen(kw_only=True)
class ProgrammeTerms:
    """What of a school cohort can change, at one moment."""

    choice: ProgrammeChoice
    default_programme_id: InductionProgrammeId | None
    partnership_id: PartnershipId | None

    @classmethod
    def of(cls, school_cohort: SchoolCohort | None) -> "ProgrammeTerms | None":
        if school_cohort is None:
            return None
        default = school_cohort.default_programme
        return cls(
            choice=school_cohort.choice,
            default_programme_id=default.id if default else None,
            partnership_id=default.partnership_id if default else None,
        )


@frozen(kw_only=True)
class PartnershipReported:
    """A lead provider formed a partnership: a new one, its challenged one, or a promoted one."""

    name: ClassVar[str] = "partnership_reported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "partnership_id"

    partnership_id: PartnershipId
    school_id: SchoolId
    cohort: int
    lead_provider_id: LeadProviderId
    before: PartnershipTerms | None
    after: PartnershipTerms
    programme_before: ProgrammeTerms | None
    programme_after: ProgrammeTerms | None


@frozen(kw_only=True)
class ChallengeLifted:
    """A challenged partnership was reported again and is unchallenged now."""

    name: ClassVar[str] = "challenge_lifted"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "partnership_id"

    partnership_id: PartnershipId
    reason: ChallengeReason
    challenged_at: datetime


@frozen(kw_only=True)
class PartnershipUpdated:
    """A lead provider changed the delivery partner; a new challenge window began."""

    name: ClassVar[str] = "partnership_updated"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "partnership_id"

    partnership_id: PartnershipId
    before: PartnershipTerms
    after: PartnershipTerms


@frozen(kw_only=True)
class PartnershipChallenged:
    """A school said that a partnership is not right."""

    name: ClassVar[str] = "partnership_challenged"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "partnership_id"

    partnership_id: PartnershipId
    reason: ChallengeReason
    before: PartnershipTerms
    after: PartnershipTerms
    programme_before: ProgrammeTerms | None
    programme_after: ProgrammeTerms | None


@frozen(kw_only=True)
class ProgrammeConfirmed:
    """A school said how it trains the participants of a cohort."""

    name: ClassVar[str] = "programme_confirmed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    cohort: int
    before: ProgrammeTerms | None
    after: ProgrammeTerms | None


@frozen(kw_only=True)
class ProgrammeChanged:
    """An administrator put a school's participants under its partnership, to repair something."""

    name: ClassVar[str] = "programme_changed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    cohort: int
    partnership_id: PartnershipId
    before: ProgrammeTerms | None
    after: ProgrammeTerms | None


@frozen(kw_only=True)
class RelationshipPartnershipMade:
    """A participant came who goes on with providers that the school has no partnership with."""

    name: ClassVar[str] = "relationship_partnership_made"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "partnership_id"

    partnership_id: PartnershipId
    school_id: SchoolId
    cohort: int
    lead_provider_id: LeadProviderId
    delivery_partner_id: DeliveryPartnerId
    participant_id: ParticipantId
