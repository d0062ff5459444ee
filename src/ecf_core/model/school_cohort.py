"""How a school trains the participants of one cohort."""

from datetime import datetime
from enum import StrEnum

from attrs import evolve, field, frozen

from ecf_core.model.ids import InductionProgrammeId, PartnershipId, SchoolId


class TrainingProgramme(StrEnum):
    """Who provides the training: a lead provider, or the school itself."""

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"


class ProgrammeChoice(StrEnum):
    """What a school says for a cohort about its training.

    Guide: "Confirming induction programme type".
    """

    PROVIDER_LED = "provider_led"
    SCHOOL_LED = "school_led"
    NOT_YET_KNOWN = "not_yet_known"
    NO_ECTS = "no_early_career_teachers"

    @property
    def training_programme(self) -> TrainingProgramme | None:
        """The training that the choice asks for, if it asks for any."""
        return {
            ProgrammeChoice.PROVIDER_LED: TrainingProgramme.PROVIDER_LED,
            ProgrammeChoice.SCHOOL_LED: TrainingProgramme.SCHOOL_LED,
        }.get(self)


@frozen(kw_only=True)
class InductionProgramme:
    """What participants of a school cohort join; a provider-led one may have a partnership."""

    id: InductionProgrammeId
    training_programme: TrainingProgramme
    partnership_id: PartnershipId | None = None


def _default_programme_fits(
    school_cohort: "SchoolCohort", _: object, default: InductionProgramme | None
) -> None:
    wanted = school_cohort.choice.training_programme
    if (default.training_programme if default else None) is not wanted:
        msg = f"a school cohort that chose {school_cohort.choice} has no default such as {default}"
        raise ValueError(msg)


@frozen(kw_only=True)
class SchoolCohort:
    """A school's choice for a cohort, with the programme its participants join by default.

    There is a default programme if and only if the choice asks for training, and it is of
    the training chosen. Every change of the school's standing in a cohort passes through this
    row, whose ``version`` serialises them.

    Guide: "Confirming induction programme type".
    """

    school_id: SchoolId
    cohort: int
    choice: ProgrammeChoice
    default_programme: InductionProgramme | None = field(
        default=None, validator=_default_programme_fits
    )
    created_at: datetime
    updated_at: datetime
    version: int = 1

    def confirmed(
        self, choice: ProgrammeChoice, default: InductionProgramme | None, *, at: datetime
    ) -> "SchoolCohort":
        """The school chooses anew: participants join ``default`` from now on."""
        return evolve(
            self, choice=choice, default_programme=default, updated_at=max(self.updated_at, at)
        )

    def touched(self, *, at: datetime) -> "SchoolCohort":
        """Something that is shown with the school cohort has changed."""
        return evolve(self, updated_at=max(self.updated_at, at))
