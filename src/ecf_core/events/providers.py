"""What happened to providers, to who works with whom, and to the keys to the API."""

from datetime import date
from typing import ClassVar

from attrs import frozen

from ecf_core.model.ids import DeliveryPartnerId, LeadProviderId, TokenId


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
