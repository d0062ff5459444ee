"""What the lines of the files make of what is stored.

A cell left blank says nothing: what is stored stays.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from attrs import evolve

from ecf_core.model.cohort import Cohort
from ecf_core.model.contract import FIRST_VERSION, Band, CallOffContract, MentorCallOffContract
from ecf_core.model.ids import LeadProviderId, StatementId
from ecf_core.model.schedule import DeclarationType, Milestone, Schedule
from ecf_core.model.statement import Statement
from ecf_core.rules.opening_a_cohort.files import (
    CohortLine,
    ContractLine,
    MentorContractLine,
    MilestoneLine,
    StatementLine,
)

_ON_OUTPUT_ALONE: Final = "d"
_ORDER: Final = tuple(DeclarationType)


def _stated(**values: Any) -> dict[str, Any]:
    """Those values that are said."""
    return {name: value for name, value in values.items() if value is not None}


def cohort_of(line: CohortLine, stored: Cohort | None) -> Cohort:
    """The cohort; the assignment period of a new one ends on 31 March unless it says otherwise."""
    before = stored or Cohort(
        start_year=line.start_year,
        automatic_assignment_period_end_date=date(line.start_year + 1, 3, 31),
    )
    return evolve(
        before,
        **_stated(
            registration_start_date=line.registration_start_date,
            academic_year_start_date=line.academic_year_start_date,
            automatic_assignment_period_end_date=line.automatic_assignment_period_end_date,
            payments_frozen_at=line.payments_frozen_at,
            mentor_funding=line.mentor_funding,
            detailed_evidence_types=line.detailed_evidence_types,
        ),
    )


def contract_of(
    line: ContractLine, lead_provider_id: LeadProviderId, stored: CallOffContract | None
) -> CallOffContract:
    """A lead provider's contract, with its bands."""
    stated = _stated(
        uplift_target=line.uplift_target,
        uplift_amount=line.uplift_amount,
        recruitment_target=line.recruitment_target,
        set_up_fee=line.set_up_fee,
        monthly_service_fee=line.monthly_service_fee,
        bands=_bands(line, stored.bands if stored else ()),
    )
    if stored is not None:
        return evolve(stored, **stated)
    return CallOffContract(
        lead_provider_id=lead_provider_id, cohort=line.cohort_start_year, **stated
    )


def _bands(line: ContractLine, stored: tuple[Band, ...]) -> tuple[Band, ...]:
    """The bands of a line; band D is paid on output alone, and stays where it is left blank."""
    bands: list[Band] = []
    for number, cells in enumerate(line.bands):
        if cells.min is None or cells.max is None or cells.per_participant is None:
            bands += stored[number : number + 1]
            continue
        band = Band(min=cells.min, max=cells.max, per_participant=cells.per_participant)
        if cells.letter == _ON_OUTPUT_ALONE:
            band = evolve(band, output_payment_percentage=100, service_fee_percentage=0)
        bands.append(band)
    return tuple(bands)


def mentor_contract_of(
    line: MentorContractLine,
    lead_provider_id: LeadProviderId,
    stored: MentorCallOffContract | None,
) -> MentorCallOffContract:
    """A lead provider's contract for mentors."""
    before = stored or MentorCallOffContract(
        lead_provider_id=lead_provider_id,
        cohort=line.cohort_start_year,
        recruitment_target=line.recruitment_target,
        payment_per_participant=line.payment_per_participant,
    )
    return evolve(
        before,
        recruitment_target=line.recruitment_target,
        payment_per_participant=line.payment_per_participant,
    )


def milestone_of(line: MilestoneLine, stored: Schedule | None) -> Milestone:
    """One milestone; a milestone date that is stored is not taken away."""
    kind = line.milestone_declaration_type
    milestones = stored.milestones if stored else ()
    before = next((m for m in milestones if m.declaration_type is kind), None)
    return Milestone(
        declaration_type=kind,
        name=line.milestone_name,
        start_date=line.milestone_start_date,
        milestone_date=line.milestone_date or (before.milestone_date if before else None),
        payment_date=line.milestone_payment_date,
    )


def schedule_of(lines: Sequence[MilestoneLine], stored: Schedule | None) -> Schedule:
    """A schedule with its milestones, in the order of the training."""
    milestones = (milestone_of(line, stored) for line in lines)
    return Schedule(
        cohort=lines[0].schedule_cohort_year,
        identifier=lines[0].schedule_identifier,
        name=lines[0].schedule_name,
        type=lines[0].type,
        milestones=tuple(sorted(milestones, key=lambda m: _ORDER.index(m.declaration_type))),
    )


def statement_of(
    line: StatementLine,
    lead_provider_id: LeadProviderId,
    stored: Mapping[str, Statement],
    new_id: Callable[[], StatementId],
) -> Statement:
    """A statement of a lead provider, whose others are by name; a new one is as its latest."""
    said: dict[str, Any] = {
        "deadline_date": line.deadline_date,
        "payment_date": line.payment_date,
        "output_fee": line.output_fee,
    }
    if before := stored.get(line.name):
        return evolve(before, **said)
    latest = max(stored.values(), key=lambda statement: statement.payment_date, default=None)
    return Statement(
        id=new_id(),
        lead_provider_id=lead_provider_id,
        cohort=line.cohort,
        name=line.name,
        contract_version=latest.contract_version if latest else FIRST_VERSION,
        mentor_contract_version=latest.mentor_contract_version if latest else FIRST_VERSION,
        **said,
    )
