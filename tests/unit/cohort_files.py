"""The smallest sound files that open a cohort, as values; tests change what they are about."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from attrs import evolve, fields

from ecf_core.model.instants import midnight
from ecf_core.model.schedule import DeclarationType, ScheduleType
from ecf_core.rules.opening_a_cohort import CohortFile, CohortFiles, CohortStanding
from ecf_core.rules.opening_a_cohort import problems as problems_of
from ecf_core.rules.opening_a_cohort.files import (
    CohortLine,
    ContractLine,
    LeadProviderLine,
    Line,
    MentorContractLine,
    MilestoneLine,
    StatementLine,
)
from ecf_core.testing.examples import LEAD_PROVIDERS, ORANGE_INSTITUTE, PURPLE_LEARNING

L = TypeVar("L", bound=Line)


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def but(line: L, /, **values: Any) -> L:
    """A line that says something else, in its cells too."""
    changed = evolve(line, **values)
    hyphens = not isinstance(line, StatementLine)
    cells = {
        (f.name.replace("_", "-") if hyphens else f.name): _written(getattr(changed, f.name))
        for f in fields(type(line))
        if f.name not in {"line", "cells"}
    }
    return evolve(changed, cells=cells)


COHORT = but(
    CohortLine(
        line=2,
        cells={},
        start_year=2024,
        registration_start_date=midnight(date(2024, 6, 25)),
        academic_year_start_date=midnight(date(2024, 9, 1)),
        automatic_assignment_period_end_date=None,
        payments_frozen_at=None,
        mentor_funding=False,
        detailed_evidence_types=False,
    )
)
PURPLE = but(
    LeadProviderLine(
        line=2, cells={}, lead_provider_name=PURPLE_LEARNING.name, cohort_start_year=2024
    )
)
ORANGE = but(PURPLE, line=3, lead_provider_name=ORANGE_INSTITUTE.name)
CONTRACT = but(
    ContractLine(
        line=2,
        cells={},
        lead_provider_name=PURPLE_LEARNING.name,
        cohort_start_year=2024,
        uplift_target=Decimal("0.33"),
        uplift_amount=Decimal(100),
        recruitment_target=4500,
        revised_target=None,
        set_up_fee=Decimal(0),
        monthly_service_fee=None,
        band_a_min=0,
        band_a_max=90,
        band_a_per_participant=Decimal("895.50"),
        band_b_min=91,
        band_b_max=199,
        band_b_per_participant=Decimal(700),
        band_c_min=200,
        band_c_max=299,
        band_c_per_participant=Decimal(600),
        band_d_min=300,
        band_d_max=400,
        band_d_per_participant=Decimal(500),
    )
)
MENTOR_CONTRACT = but(
    MentorContractLine(
        line=2,
        cells={},
        lead_provider_name=PURPLE_LEARNING.name,
        cohort_start_year=2024,
        recruitment_target=4500,
        payment_per_participant=Decimal(1000),
    )
)
_DECLARATIONS = list(DeclarationType)


def a_milestone(number: int) -> MilestoneLine:
    """One of the nine, in the order of the training."""
    start = date(2024 + number // 4, 1 + number % 4 * 3, 1)
    line = MilestoneLine(
        line=2 + number,
        cells={},
        type=ScheduleType.STANDARD,
        schedule_identifier="ecf-standard-september",
        schedule_name="ECF Standard September",
        schedule_cohort_year=2024,
        milestone_name=f"Output {number + 1}",
        milestone_declaration_type=_DECLARATIONS[number],
        milestone_start_date=start,
        milestone_date=start.replace(month=start.month + 2),
        milestone_payment_date=start.replace(month=start.month + 2, day=30),
    )
    return but(line)


MILESTONES = tuple(map(a_milestone, range(6)))
STATEMENT = but(
    StatementLine(
        line=2,
        cells={},
        type="ecf",
        name="November 2024",
        cohort=2024,
        deadline_date=date(2024, 10, 31),
        payment_date=date(2024, 11, 25),
        output_fee=True,
    )
)
SOUND = CohortFiles(
    cohort=(COHORT,),
    lead_providers=(PURPLE, ORANGE),
    contracts=(CONTRACT, but(CONTRACT, line=3, lead_provider_name=ORANGE_INSTITUTE.name)),
    mentor_contracts=(),
    schedules=MILESTONES,
    statements=(STATEMENT,),
)
FUNDED = evolve(
    SOUND,
    cohort=(but(COHORT, mentor_funding=True),),
    mentor_contracts=(
        MENTOR_CONTRACT,
        but(MENTOR_CONTRACT, line=3, lead_provider_name=ORANGE_INSTITUTE.name),
    ),
)
"""The same, where mentors are funded separately."""

NOTHING_YET = CohortStanding(lead_providers=LEAD_PROVIDERS)


Found = tuple[CohortFile, int, str, str]

NAME = "lead-provider-name"
OF_ORANGE = SOUND.contracts[1]
MENTOR_OF_ORANGE = but(MENTOR_CONTRACT, line=3, lead_provider_name=ORANGE_INSTITUTE.name)
NO_D: Mapping[str, Any] = {
    "band_d_min": None,
    "band_d_max": None,
    "band_d_per_participant": None,
}


def problems(files: CohortFiles, standing: CohortStanding = NOTHING_YET) -> list[Found]:
    """What is wrong with files, without the words."""
    return [(CohortFile(p.file), p.line, p.column, p.code) for p in problems_of(files, standing)]


def with_milestone(number: int, **values: Any) -> dict[str, Any]:
    """Files of which one milestone says something else."""
    changed = but(MILESTONES[number], **values)
    return {"schedules": (*MILESTONES[:number], changed, *MILESTONES[number + 1 :])}


def with_contract(**values: Any) -> dict[str, Any]:
    """Files of which one contract says something else."""
    return {"contracts": (but(CONTRACT, **values), OF_ORANGE)}
