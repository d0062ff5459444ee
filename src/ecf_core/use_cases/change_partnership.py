from collections.abc import Iterable
from datetime import datetime

from ecf_core.model.ids import InductionProgrammeId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import (
    InductionProgramme,
    ProgrammeChoice,
    SchoolCohort,
    TrainingProgramme,
)
from ecf_core.rules.programme_change import default_programme_after, programme_change


def change_partnership(
    school_cohort: SchoolCohort | None,
    partnership: Partnership,
    partnerships: Iterable[Partnership],
    *,
    fresh_id: InductionProgrammeId,
    at: datetime,
) -> SchoolCohort:
    """The school cohort once its participants train under the partnership.

    ``partnerships`` are all those of the school and the cohort; ``fresh_id`` is for a new default
    programme, where one is due. Guide: "Induction records".
    """
    default = school_cohort.default_programme if school_cohort else None
    of_default = default.partnership_id if default else None
    change = programme_change(
        default, partnership, next((p for p in partnerships if p.id == of_default), None)
    )
    fresh = InductionProgramme(
        id=fresh_id,
        training_programme=TrainingProgramme.PROVIDER_LED,
        partnership_id=partnership.id,
    )
    becomes = default_programme_after(change, partnership, fresh)
    if school_cohort is None:
        return SchoolCohort(
            school_id=partnership.school_id,
            cohort=partnership.cohort,
            choice=ProgrammeChoice.PROVIDER_LED,
            default_programme=becomes,
            created_at=at,
            updated_at=at,
        )
    return school_cohort.confirmed(ProgrammeChoice.PROVIDER_LED, becomes, at=at)
