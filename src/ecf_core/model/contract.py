"""What a lead provider is paid for the participants of a cohort. Money is in pounds."""

from decimal import Decimal
from typing import Final

from attrs import frozen

from ecf_core.model.ids import LeadProviderId

FIRST_VERSION: Final = "0.0.1"
BAND_LETTERS: Final = ("a", "b", "c", "d")


@frozen(kw_only=True)
class Band:
    """A price for a range of participants, both ends included; percentages are of the price."""

    min: int
    max: int
    per_participant: Decimal
    output_payment_percentage: int = 60
    service_fee_percentage: int = 40


@frozen(kw_only=True)
class CallOffContract:
    """A lead provider's contract for a cohort: its bands, by letter, and its fees.

    Without an uplift amount the contract has no uplift; without a monthly service fee, the fee is
    computed from the bands. ``uplift_target`` is a fraction.
    """

    lead_provider_id: LeadProviderId
    cohort: int
    version: str = FIRST_VERSION
    uplift_target: Decimal | None = None
    uplift_amount: Decimal | None = None
    recruitment_target: int
    set_up_fee: Decimal
    monthly_service_fee: Decimal | None = None
    bands: tuple[Band, ...]


@frozen(kw_only=True)
class MentorCallOffContract:
    """A lead provider's contract for the mentors of a cohort that funds them separately."""

    lead_provider_id: LeadProviderId
    cohort: int
    version: str = FIRST_VERSION
    recruitment_target: int
    payment_per_participant: Decimal
