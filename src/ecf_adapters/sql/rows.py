"""How rows become the model's values. A row of an outer join that found nothing is ``None``."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from attrs import fields

from ecf_adapters.sql.tables import (
    cohorts,
    delivery_partners,
    induction_programmes,
    induction_tutors,
    lead_providers,
    partnerships,
    school_cohorts,
    schools,
)
from ecf_core.model.cohort import Cohort
from ecf_core.model.establishment import Establishment
from ecf_core.model.partnership import Challenge, ChallengeReason, Partnership
from ecf_core.model.providers import DeliveryPartner, LeadProvider
from ecf_core.model.school import InductionTutor, School
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)

Found: TypeAlias = Mapping[Any, Any]
"""A row, by its columns."""

ESTABLISHMENT: Final = tuple(field.name for field in fields(Establishment))
"""The columns of a school that the register fills."""

_cohort: Final = tuple((field.name, cohorts.c[field.name]) for field in fields(Cohort))
_establishment: Final = tuple((name, schools.c[name]) for name in ESTABLISHMENT)


def cohort_from(row: Found) -> Cohort | None:
    if row[cohorts.c.start_year] is None:
        return None
    return Cohort(**{name: row[column] for name, column in _cohort})


def lead_provider_from(row: Found) -> LeadProvider | None:
    c = lead_providers.c
    return None if row[c.id] is None else LeadProvider(id=row[c.id], name=row[c.name])


def delivery_partner_from(row: Found, table: Any = delivery_partners) -> DeliveryPartner | None:
    c = table.c
    if row[c.id] is None:
        return None
    return DeliveryPartner(
        id=row[c.id],
        name=row[c.name],
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
        discarded_at=row[c.discarded_at],
    )


def school_from(row: Found) -> School | None:
    """A school with its induction tutor: the row joins both."""
    c, tutor = schools.c, induction_tutors.c
    if row[c.id] is None:
        return None
    return School(
        id=row[c.id],
        establishment=Establishment(**{name: row[column] for name, column in _establishment}),
        induction_tutor=None
        if row[tutor.school_id] is None
        else InductionTutor(
            name=row[tutor.name], email=row[tutor.email], updated_at=row[tutor.updated_at]
        ),
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
    )


def programme_from(row: Found) -> InductionProgramme | None:
    c = induction_programmes.c
    if row[c.id] is None:
        return None
    return InductionProgramme(
        id=row[c.id],
        training_programme=TrainingProgramme(row[c.training_programme]),
        partnership_id=row[c.partnership_id],
    )


def school_cohort_from(row: Found) -> SchoolCohort | None:
    """A school cohort with its default programme: the row joins both, if there is one."""
    c = school_cohorts.c
    if row[c.school_id] is None:
        return None
    return SchoolCohort(
        school_id=row[c.school_id],
        cohort=row[c.cohort],
        choice=ProgrammeChoice(row[c.choice]),
        default_programme=programme_from(row) if row[induction_programmes.c.is_default] else None,
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
        version=row[c.version],
    )


def partnership_from(row: Found, table: Any = partnerships) -> Partnership | None:
    c = table.c
    if row[c.id] is None:
        return None
    return Partnership(
        id=row[c.id],
        school_id=row[c.school_id],
        cohort=row[c.cohort],
        lead_provider_id=row[c.lead_provider_id],
        delivery_partner_id=row[c.delivery_partner_id],
        relationship=row[c.relationship],
        challenge=None
        if row[c.challenged_at] is None
        else Challenge(ChallengeReason(row[c.challenge_reason]), row[c.challenged_at]),
        challenge_deadline=row[c.challenge_deadline],
        created_at=row[c.created_at],
        updated_at=row[c.updated_at],
        version=row[c.version],
    )


def row_of_partnership(partnership: Partnership) -> dict[str, Any]:
    challenge = partnership.challenge
    return {
        "id": partnership.id,
        "school_id": partnership.school_id,
        "cohort": partnership.cohort,
        "lead_provider_id": partnership.lead_provider_id,
        "delivery_partner_id": partnership.delivery_partner_id,
        "relationship": partnership.relationship,
        "challenge_reason": challenge.reason.value if challenge else None,
        "challenged_at": challenge.at if challenge else None,
        "challenge_deadline": partnership.challenge_deadline,
        "created_at": partnership.created_at,
        "updated_at": partnership.updated_at,
        "version": partnership.version,
    }
