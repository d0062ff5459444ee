from datetime import datetime
from typing import Protocol

from ecf_core.model.ids import PartnershipId, SchoolId
from ecf_core.model.partnership import Partnership
from ecf_core.model.school_cohort import InductionProgramme, SchoolCohort


class Partnerships(Protocol):
    """The partnerships.

    Two things hold whoever writes: a school has one current partnership in a cohort, and one
    partnership with the same lead provider and delivery partner.
    """

    def find(self, partnership_id: PartnershipId) -> Partnership | None: ...

    def add(self, partnership: Partnership) -> None:
        """Raises :class:`~ecf_core.errors.StaleWrite` if there is such a one already."""
        ...

    def save(self, partnership: Partnership) -> None:
        """Replaces the stored version of it, which then counts one more.

        Raises :class:`~ecf_core.errors.StaleWrite` if that version is stored no longer, or if
        there is another such one.
        """
        ...


class SchoolCohorts(Protocol):
    """Schools' choices for cohorts, with their induction programmes."""

    def find(self, school_id: SchoolId, cohort: int) -> SchoolCohort | None: ...

    def add(self, school_cohort: SchoolCohort) -> None:
        """Raises :class:`~ecf_core.errors.StaleWrite` if the school has one for the cohort."""
        ...

    def save(self, school_cohort: SchoolCohort) -> None:
        """Replaces the stored version of it, which then counts one more.

        A default programme that is a default no longer stays among the school cohort's
        programmes. Raises :class:`~ecf_core.errors.StaleWrite` if that version is stored no
        longer.
        """
        ...

    def add_programme(
        self, school_id: SchoolId, cohort: int, programme: InductionProgramme, *, at: datetime
    ) -> None:
        """Adds an induction programme to a school cohort that is there, beside its default."""
        ...
