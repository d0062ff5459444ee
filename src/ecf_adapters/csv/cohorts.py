"""Files of cohorts, and of the lead providers that are active in them."""

from datetime import date
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from ecf_adapters.csv.cells import Column, boolean, day, instant, optional, required, year
from ecf_adapters.csv.table import Layout
from ecf_adapters.csv.text import opened
from ecf_core.model.cohort import Cohort


@frozen(kw_only=True)
class CohortLeadProviderRow:
    """A line that says that a lead provider is active in a cohort."""

    line: int
    lead_provider_name: str
    cohort: int


_COHORTS: Final = Layout(
    row=Cohort,
    columns={
        "start_year": Column(header="start-year", reads=required(year), unique=True),
        "registration_start_date": Column(
            header="registration-start-date", reads=optional(instant)
        ),
        "academic_year_start_date": Column(
            header="academic-year-start-date", reads=optional(instant)
        ),
        "automatic_assignment_period_end_date": Column(
            header="automatic-assignment-period-end-date", reads=optional(day)
        ),
        "payments_frozen_at": Column(header="payments-frozen-at", reads=optional(instant)),
        "mentor_funding": Column(header="mentor-funding", reads=required(boolean)),
        "detailed_evidence_types": Column(
            header="detailed-evidence-types", reads=required(boolean)
        ),
    },
    others_ignored=False,
)

_LEAD_PROVIDERS: Final = Layout(
    row=CohortLeadProviderRow,
    columns={
        "lead_provider_name": Column(header="lead-provider-name", reads=required()),
        "cohort": Column(header="cohort-start-year", reads=required(year)),
    },
    others_ignored=False,
)


def read_cohorts(file: Path) -> tuple[Cohort, ...]:
    """Cohorts; where it is left blank, automatic assignment ends on 31 March of the next year."""
    with opened(file) as text:
        return tuple(
            cohort
            if cohort.automatic_assignment_period_end_date
            else evolve(
                cohort,
                automatic_assignment_period_end_date=date(cohort.start_year + 1, 3, 31),
            )
            for cohort in _COHORTS.all_rows(text)
        )


def read_cohort_lead_providers(file: Path) -> tuple[CohortLeadProviderRow, ...]:
    """Which lead providers are active in which cohorts, by name."""
    with opened(file) as text:
        return _LEAD_PROVIDERS.all_rows(text)
