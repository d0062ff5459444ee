"""What has happened: written in the transaction of the change, and never changed again.

``name`` and ``version`` identify the shape of an event for ever; a different shape is a new
version. ``subject`` names the field that holds whom the event happened to.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

from attrs import frozen

from ecf_core.model.ids import (
    DeliveryPartnerId,
    InductionProgrammeId,
    LeadProviderId,
    PartnershipId,
    SchoolId,
    TokenId,
)
from ecf_core.model.partnership import ChallengeReason, Partnership
from ecf_core.model.school_cohort import ProgrammeChoice, SchoolCohort


class Event(Protocol):
    """Something that happened to one subject."""

    name: ClassVar[str]
    version: ClassVar[int]
    subject: ClassVar[str]


def subject_id(event: Event) -> UUID | None:
    """Whom an event happened to; nobody in particular for an import."""
    return getattr(event, event.subject) if event.subject else None


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
class Step:
    """One thing that opening a cohort created, or changed, with the values that changed."""

    entity: str
    key: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@frozen(kw_only=True)
class CohortOpened:
    """A cohort was opened, or opened again with other files; with all that was different."""

    name: ClassVar[str] = "cohort_opened"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    cohort: int
    steps: tuple[Step, ...]


@frozen(kw_only=True)
class LeadProvidersImported:
    """A file of lead providers was loaded; with each that was added or renamed."""

    name: ClassVar[str] = "lead_providers_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: tuple[LeadProviderId, ...]
    updated: tuple[LeadProviderId, ...]
    unchanged: int


@frozen(kw_only=True)
class DeliveryPartnersImported:
    """A file of delivery partners was loaded; with each that was added, renamed or revived."""

    name: ClassVar[str] = "delivery_partners_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: tuple[DeliveryPartnerId, ...]
    updated: tuple[DeliveryPartnerId, ...]
    unchanged: int


@frozen(kw_only=True)
class DeliveryPartnerSetUp:
    """An administrator set up a delivery partner, or with whom one works."""

    name: ClassVar[str] = "delivery_partner_set_up"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "delivery_partner_id"

    delivery_partner_id: DeliveryPartnerId
    created: bool
    revived: bool
    works_with: tuple[tuple[LeadProviderId, int], ...]


@frozen(kw_only=True)
class DeliveryPartnerDiscarded:
    """A delivery partner was discarded with all of its provider relationships."""

    name: ClassVar[str] = "delivery_partner_discarded"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "delivery_partner_id"

    delivery_partner_id: DeliveryPartnerId
    worked_with: tuple[tuple[LeadProviderId, int], ...]


@frozen(kw_only=True)
class ProviderRelationshipsImported:
    """A file said which delivery partners work with which lead providers in a cohort."""

    name: ClassVar[str] = "provider_relationships_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    cohort: int
    created: tuple[tuple[LeadProviderId, DeliveryPartnerId], ...]
    unchanged: int


@frozen(kw_only=True)
class ProviderRelationshipDiscarded:
    """A lead provider and a delivery partner no longer work together in a cohort."""

    name: ClassVar[str] = "provider_relationship_discarded"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "delivery_partner_id"

    lead_provider_id: LeadProviderId
    delivery_partner_id: DeliveryPartnerId
    cohort: int


@frozen(kw_only=True)
class SchoolsImported:
    """An extract of the register of establishments was loaded."""

    name: ClassVar[str] = "schools_imported"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = ""

    created: int
    updated: int
    unchanged: int


@frozen(kw_only=True)
class SchoolEligibilityChanged:
    """The register's new entry made a school eligible for funding, or no longer so."""

    name: ClassVar[str] = "school_eligibility_changed"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    before: bool
    after: bool


@frozen(kw_only=True)
class InductionTutorSet:
    """A school has a new induction tutor. Who it is stands with the school, not in its history."""

    name: ClassVar[str] = "induction_tutor_set"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "school_id"

    school_id: SchoolId
    replaced: bool


@frozen(kw_only=True)
class TokenIssued:
    """A lead provider was given a key to the API."""

    name: ClassVar[str] = "token_issued"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "token_id"

    token_id: TokenId
    lead_provider_id: LeadProviderId
    expires: date | None


@frozen(kw_only=True)
class TokenRevoked:
    """A lead provider's key to the API was taken back."""

    name: ClassVar[str] = "token_revoked"
    version: ClassVar[int] = 1
    subject: ClassVar[str] = "token_id"

    token_id: TokenId
    lead_provider_id: LeadProviderId
