from datetime import date

from attrs import frozen

from ecf_core.model.contract import FIRST_VERSION
from ecf_core.model.ids import LeadProviderId, StatementId


@frozen(kw_only=True)
class Statement:
    """What a lead provider is paid at one date for a cohort; named by its month.

    Declarations made until the end of the deadline are on it. Without an output fee, it pays the
    service fee alone. The versions are those of the contracts that it is computed by.
    """

    id: StatementId
    lead_provider_id: LeadProviderId
    cohort: int
    name: str
    deadline_date: date
    payment_date: date
    output_fee: bool
    contract_version: str = FIRST_VERSION
    mentor_contract_version: str = FIRST_VERSION
